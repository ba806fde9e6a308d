"""What planning has to know of many doors at once: a fixed number of SELECTs, however many doors.

Each takes the doors as a statement of their ids, and answers with plain rows in a fixed order.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, time
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session

from app.core import clock
from app.places.models import Household
from app.places.rules import CareLevel, VisitWish
from app.teams.models import HouseholdAssignment
from app.teams.rules.windows import Span
from app.visits.models import Visit, VisitPartner, VisitRecord
from app.visits.models_owing import DoorHours
from app.visits.queries.planning import disturbed
from app.visits.rules import Band, Outcome, VisitState
from app.visits.rules.cadence import FULL_RESULTS
from app.visits.rules.states import OPEN
from app.visits.rules.windows import OTHER_BAND_FOR

Doors = Select[UUID]


class DoorRow(NamedTuple):
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
    main: UUID | None
    backup: UUID | None
    spans: frozenset[Span]


@dataclass(frozen=True, kw_only=True)
class VisitRow:
    """An open visit, or one that was made or turned down. `along` go too."""

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
            func.coalesce(Household.known_since, clock.today()),
            Household.wish,
            HouseholdAssignment.main_person_id,
            HouseholdAssignment.backup_person_id,
            DoorHours.spans,
        )
        .outerjoin(HouseholdAssignment, HouseholdAssignment.household_id == Household.id)
        .outerjoin(DoorHours, DoorHours.household_id == Household.id)
        .where(Household.id.in_(doors))
        .order_by(Household.walk_order, Household.id)
    )
    return [DoorRow._make((*row[:-1], _spans(row[-1]))) for row in rows]


def _spans(kept: Any) -> frozenset[Span]:
    return frozenset(Span(one) for one in kept) if kept else frozenset()


def turns(session: Session, community_id: UUID) -> dict[UUID, tuple[int, int]]:
    """The how manieth each unit of a community is in its grid as one walks, of how many."""
    rows = session.execute(
        select(Household.grid_id, Household.unit_id)
        .where(Household.community_id == community_id)
        .group_by(Household.grid_id, Household.unit_id)
        .order_by(func.min(Household.walk_order), Household.unit_id)
    )
    grids: dict[UUID | None, list[UUID]] = defaultdict(list)
    for grid, unit in rows:
        grids[grid].append(unit)
    return {unit: (nth, len(some)) for some in grids.values() for nth, unit in enumerate(some)}


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


def coming_before(session: Session, doors: Doors, first: date) -> dict[UUID, date]:
    """The last visit to each door that is planned from today on and before a period begins."""
    if first <= clock.today():
        return {}
    rows = session.execute(
        select(Visit.household_id, func.max(Visit.on))
        .where(
            Visit.household_id.in_(doors),
            Visit.state.in_(OPEN),
            Visit.on >= clock.today(),
            Visit.on < first,
        )
        .group_by(Visit.household_id)
    )
    return dict(rows.all())


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
    return _visits(session, wanted)


def turned_down(
    session: Session, people: Collection[UUID], first: date, last: date
) -> list[VisitRow]:
    """What these people were asked to on some days and have said no to."""
    return _visits(
        session,
        and_(
            Visit.on.between(first, last),
            Visit.state == VisitState.TURNED_DOWN,
            Visit.person_id.in_(people),
        ),
    )


def _visits(session: Session, wanted: ColumnElement[bool]) -> list[VisitRow]:
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
