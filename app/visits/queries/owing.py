"""What planning has to know of many doors at once: a fixed number of SELECTs, however many doors.

Each takes the doors as a statement of their ids, and answers with plain rows in a fixed order.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session

from app.core import clock
from app.places.models import Household
from app.places.rules import CareLevel, VisitWish
from app.teams.models import HouseholdAssignment
from app.teams.rules.windows import Span
from app.tickets.models import Ticket
from app.tickets.queries.callbacks import WAITS
from app.tickets.rules.guards import SILENCE
from app.visits.models import Round, Visit, VisitPartner, VisitRecord
from app.visits.models_owing import DoorHours, Occasion, StopAsked
from app.visits.queries.planning import disturbed, whom_of
from app.visits.rules import Band, Outcome, Purpose, RoundState, VisitState
from app.visits.rules.cadence import FULL_RESULTS
from app.visits.rules.owing import Asked, Because
from app.visits.rules.states import OPEN
from app.visits.rules.windows import OTHER_BAND_FOR

Doors = Select[UUID]


@dataclass(frozen=True, kw_only=True)
class DoorRow:
    """A household as it stands, with the persons who look after it."""

    id: UUID
    community_id: UUID
    grid_id: UUID | None
    building_id: UUID
    unit_id: UUID
    walk_order: str
    floor: int | None
    care_level: CareLevel
    care_confirmed_on: date | None
    known_since: date
    wish: VisitWish
    spans: frozenset[Span]
    main: UUID | None
    backup: UUID | None


@dataclass(frozen=True, kw_only=True)
class VisitRow:
    """An open visit, or one that was made. `along` go too."""

    id: UUID
    household_id: UUID
    person_id: UUID
    state: VisitState
    on: date
    window_from: time | None
    window_to: time | None
    by_itself: bool  # neither of a round nor a second try
    along: tuple[UUID, ...]

    @property
    def people(self) -> tuple[UUID, ...]:
        return (self.person_id, *self.along)


@dataclass(frozen=True)
class Called:
    """When a door gave a full result last, and when it was rung at last."""

    full: date | None
    rung: date | None


NEVER = Called(None, None)


def of_grid(grid_id: UUID) -> Doors:
    """The doors of a grid."""
    return select(Household.id).where(Household.grid_id == grid_id)


def door_rows(session: Session, doors: Doors) -> list[DoorRow]:
    """The doors, as one walks past them."""
    rows = session.execute(
        select(
            Household.id,
            Household.community_id,
            Household.grid_id,
            Household.building_id,
            Household.unit_id,
            Household.walk_order,
            Household.floor,
            Household.care_level,
            Household.care_confirmed_on,
            func.coalesce(Household.known_since, clock.today()).label("known_since"),
            Household.wish,
            DoorHours.spans,
            HouseholdAssignment.main_person_id.label("main"),
            HouseholdAssignment.backup_person_id.label("backup"),
        )
        .outerjoin(HouseholdAssignment, HouseholdAssignment.household_id == Household.id)
        .outerjoin(DoorHours, DoorHours.household_id == Household.id)
        .where(Household.id.in_(doors))
        .order_by(Household.walk_order, Household.id)
    ).mappings()
    return [
        DoorRow(**{**row, "spans": frozenset(Span(one) for one in row["spans"] or ())})
        for row in rows
    ]


def called(session: Session, doors: Doors) -> dict[UUID, Called]:
    """When each door was called at last."""
    full = VisitRecord.outcome.in_(sorted(FULL_RESULTS))
    rows = session.execute(
        select(
            VisitRecord.household_id,
            func.max(case((full, VisitRecord.on))),
            func.max(case((disturbed(), VisitRecord.on))),
        )
        .where(VisitRecord.household_id.in_(doors), full)
        .group_by(VisitRecord.household_id)
    )
    return {door: Called(last, rung) for door, last, rung in rows}


def unanswered(session: Session, doors: Doors, today: date) -> dict[UUID, tuple[date, Band]]:
    """Where nobody answered lately: the last time, and its time band."""
    rows = session.execute(
        select(VisitRecord.household_id, VisitRecord.on, VisitRecord.slot)
        .where(
            VisitRecord.household_id.in_(doors),
            VisitRecord.outcome == Outcome.NOT_HOME,
            VisitRecord.on > today - OTHER_BAND_FOR,
        )
        .order_by(VisitRecord.on, VisitRecord.received_at, VisitRecord.visit_id)
    )
    return {door: (on, slot) for door, on, slot in rows}


def visit_rows(
    session: Session, doors: Doors, people: Collection[UUID], first: date, last: date
) -> list[VisitRow]:
    """The visits of some days that are open or done, to these doors or by these people."""
    along = select(VisitPartner.visit_id).where(VisitPartner.person_id.in_(people))
    wanted = and_(
        Visit.on.between(first, last),
        Visit.state.in_((*OPEN, VisitState.DONE)),
        or_(Visit.household_id.in_(doors), Visit.person_id.in_(people), Visit.id.in_(along)),
    )
    partners = _partners(session, wanted)
    rows = session.execute(
        select(
            Visit.id,
            Visit.household_id,
            Visit.person_id,
            Visit.state,
            Visit.on,
            Visit.window_from,
            Visit.window_to,
            and_(Visit.round_id.is_(None), Visit.follows_id.is_(None)).label("by_itself"),
        )
        .where(wanted)
        .order_by(Visit.on, Visit.window_from, Visit.id)
    ).mappings()
    return [VisitRow(**row, along=tuple(partners[row["id"]])) for row in rows]


def _partners(session: Session, wanted: ColumnElement[bool]) -> dict[UUID, list[UUID]]:
    found: dict[UUID, list[UUID]] = defaultdict(list)
    rows = session.execute(
        select(VisitPartner.visit_id, VisitPartner.person_id)
        .join(Visit, Visit.id == VisitPartner.visit_id)
        .where(wanted)
        .order_by(VisitPartner.visit_id, VisitPartner.person_id)
    )
    for visit_id, person_id in rows:
        found[visit_id].append(person_id)
    return found


def rounds_running(session: Session, community_id: UUID, first: date, last: date) -> list[Asked]:
    """What the rounds ask for that are out on some of these days."""
    rows = session.scalars(
        select(Round)
        .where(
            Round.community_id == community_id,
            Round.state == RoundState.PUBLISHED,
            Round.starts_on <= last,
            Round.ends_on >= first,
        )
        .order_by(Round.ends_on, Round.id)
    )
    return [of_round(row) for row in rows]


def of_round(row: Round) -> Asked:
    """A round as the rules take it."""
    whom = whom_of(row)
    return Asked(
        id=row.id,
        because=Because.ROUND,
        purpose=row.purpose,
        title=row.title,
        first=row.starts_on,
        last=row.ends_on,
        levels=frozenset(whom.care_levels),
        buildings=frozenset(whom.building_ids),
        doors=frozenset(whom.household_ids),
    )


def occasions(session: Session, community_id: UUID, first: date, last: date) -> list[Asked]:
    """The occasions of some of these days."""
    rows = session.scalars(
        select(Occasion)
        .where(
            Occasion.community_id == community_id,
            Occasion.starts_on <= last,
            Occasion.ends_on >= first,
        )
        .order_by(Occasion.ends_on, Occasion.id)
    )
    return [
        Asked(
            id=row.id,
            because=Because.OCCASION,
            purpose=row.purpose,
            title=row.title,
            first=row.starts_on,
            last=row.ends_on,
            levels=frozenset(CareLevel(one) for one in row.care_levels),
        )
        for row in rows
    ]


def stops_asked(session: Session, doors: Doors) -> dict[UUID, list[Asked]]:
    """The stops of their own that each door is owed, unless it has been called at since."""
    rows = session.scalars(
        select(StopAsked)
        .where(StopAsked.household_id.in_(doors), StopAsked.withdrawn_at.is_(None))
        .order_by(StopAsked.due_on, StopAsked.id)
    )
    found: dict[UUID, list[Asked]] = defaultdict(list)
    for row in rows:
        found[row.household_id].append(
            Asked(
                id=row.id,
                because=Because.ASKED,
                purpose=row.purpose,
                title="",
                first=row.asked_on,
                last=row.due_on,
                doors=frozenset({row.household_id}),
            )
        )
    return found


def call_backs(session: Session, doors: Doors) -> dict[UUID, list[Asked]]:
    """The settled matters of each door whose reporter waits for a word, until silence closes."""
    rows = session.execute(
        select(Ticket.id, Ticket.household_id, Ticket.stage_at)
        .where(Ticket.household_id.in_(doors), WAITS)
        .order_by(Ticket.stage_at, Ticket.id)
    )
    found: dict[UUID, list[Asked]] = defaultdict(list)
    for ticket_id, door, since in rows:
        if door is not None:
            day = since.astimezone(clock.LOCAL).date()
            found[door].append(
                Asked(
                    id=ticket_id,
                    because=Because.CALL_BACK,
                    purpose=Purpose.CALL_BACK,
                    title="",
                    first=day,
                    last=day + SILENCE,
                    doors=frozenset({door}),
                )
            )
    return found
