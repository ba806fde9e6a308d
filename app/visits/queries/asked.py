"""What is asked for beside the cadence: by rounds, occasions, residents, and settled matters."""

from collections import defaultdict
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core import clock
from app.places.rules import CareLevel
from app.tickets.models import Ticket
from app.tickets.queries.callbacks import WAITS
from app.tickets.rules.guards import SILENCE
from app.visits.models import Round, VisitRecord
from app.visits.models_owing import Occasion, StopAsked
from app.visits.queries.owing import Doors
from app.visits.queries.planning import whom_of
from app.visits.rules import Purpose, RoundState
from app.visits.rules.cadence import FULL_RESULTS
from app.visits.rules.owing import Asked, Because


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
        found[row.household_id].append(of_stop(row))
    return found


def of_stop(row: StopAsked) -> Asked:
    """A stop of its own as the rules take it."""
    return Asked(
        id=row.id,
        because=Because.ASKED,
        purpose=row.purpose,
        title="",
        first=row.asked_on,
        last=row.due_on,
        doors=frozenset({row.household_id}),
    )


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


def last_full(session: Session, household_id: UUID) -> date | None:
    """When a door gave a full result last."""
    return session.scalar(
        select(func.max(VisitRecord.on)).where(
            VisitRecord.household_id == household_id,
            VisitRecord.outcome.in_(sorted(FULL_RESULTS)),
        )
    )


def open_stops(session: Session, household_id: UUID, last: date | None) -> list[StopAsked]:
    """The stops of its own that a door is owed, when it was called at last on a day."""
    rows = session.scalars(
        select(StopAsked)
        .where(StopAsked.household_id == household_id, StopAsked.withdrawn_at.is_(None))
        .order_by(StopAsked.due_on, StopAsked.id)
    )
    return [row for row in rows if last is None or row.asked_on > last]
