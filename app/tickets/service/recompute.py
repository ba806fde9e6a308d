"""Running clocks move when a category, a contract or the calendar changes: first shown, then done,
by the same reckoning. What has ended stays as it was; what has run has run.

It is done by a job, some tickets at a time, that begins when every process has heard of the change:
so what was moved or reported meanwhile by one that had not heard yet is put right as well.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Hashable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, update
from sqlalchemy.orm import Session

from app.core import calendar, changes, clock, jobs, known
from app.core.calendar import Almanac
from app.core.events import publish
from app.core.jobs import JobRow
from app.identity.queries import organisations_named
from app.tickets.catalogue import Districts
from app.tickets.events_catalogue import TicketRetimed
from app.tickets.models import Ticket, TicketClock
from app.tickets.queries import catalogue as queries
from app.tickets.queries.catalogue import Reach
from app.tickets.rules import Clock, next_due, replay
from app.tickets.rules.explain import name_of
from app.tickets.service import clocks

KIND = "retime"
SETTLING = timedelta(seconds=known.SETTLED_SECONDS)
LOT = 400
WRITTEN = 50  # at a time, so that nobody who writes has to wait for long
DESK = "社区"
WAYS = ("sooner", "later", "begun", "gone")
NOTHING: dict[str, Any] = {
    "count": 0,
    "tickets": 0,
    "ways": dict.fromkeys((*WAYS, "late"), 0),
    "communities": [],
    "next_offset": None,
    "items": [],
}

NEW_DUES = (
    update(Ticket)
    .where(Ticket.id == bindparam("its_id"))
    .values({"due_at": bindparam("due_at"), "warn_at": bindparam("warn_at")})
)


@dataclass(frozen=True)
class Change:
    """What is about to be so, and whom it can reach."""

    reach: Reach
    districts: Districts
    almanac: Almanac | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """One clock of a ticket that is due at another time; None where it begins or ceases to be."""

    ticket_id: UUID
    number: str
    community_id: UUID
    place_text: str
    clock_name: str
    organisation_id: UUID | None
    old_due: datetime | None
    new_due: datetime | None


def preview(session: Session, change: Change, offset: int, limit: int) -> dict[str, Any]:
    """Which clocks would move, those that are due first on top: how many of what kind and where,
    and a page of them."""
    ids = session.scalars(queries.reached(change.reach)).all()
    found = [
        one
        for start in range(0, len(ids), LOT)
        for _, _, moved in _retold(session, change, ids[start : start + LOT], lock=False)
        for one in moved
    ]
    found.sort(key=lambda one: (one.new_due or one.old_due, one.number, one.clock_name))
    page = found[offset : offset + limit]
    names = {None: DESK} | {
        key: one.name
        for key, one in organisations_named(
            session, {one.organisation_id for one in page if one.organisation_id}
        ).items()
    }
    following = offset + limit
    return {
        "count": len(found),
        "tickets": len({one.ticket_id for one in found}),
        "ways": _ways(found),
        "communities": _communities(session, found),
        "next_offset": following if following < len(found) else None,
        "items": [
            {
                "ticket_id": one.ticket_id,
                "number": one.number,
                "place_text": one.place_text,
                "clock_name": one.clock_name,
                "holder_name": names.get(one.organisation_id, ""),
                "old_due": one.old_due,
                "new_due": one.new_due,
            }
            for one in page
        ],
    }


def _ways(found: Sequence[Moved]) -> dict[str, int]:
    """How many clocks are due sooner, how many later, how many begin or cease to be; and how many
    would be over at once."""
    now = clock.now()
    ways = Counter(_way(one) for one in found)
    late = sum(
        1
        for one in found
        if one.new_due and one.new_due <= now and not (one.old_due and one.old_due <= now)
    )
    return {way: ways[way] for way in WAYS} | {"late": late}


def _way(one: Moved) -> str:
    if one.old_due is None:
        return "begun"
    if one.new_due is None:
        return "gone"
    return "sooner" if one.new_due < one.old_due else "later"


def _communities(session: Session, found: Sequence[Moved]) -> list[dict[str, Any]]:
    """In which communities how many tickets are, those with most first."""
    tickets = Counter({one.ticket_id: one.community_id for one in found}.values())
    names = queries.place_names(session, tickets)
    return [{"name": names[key], "tickets": count} for key, count in tickets.most_common()]


def start(session: Session, actor_id: UUID, reach: Reach) -> JobRow:
    """Have them moved as soon as every process has heard of the change."""
    return jobs.start(session, KIND, reach.said(), actor_id, after=SETTLING)


def apply(session: Session, actor_id: UUID, change: Change, ids: Sequence[UUID]) -> int:
    """Move those of these tickets, in the present transaction; how many clocks that were."""
    total, dues = 0, []
    for ticket, told, moved in _retold(session, change, ids, lock=True):
        due_at, warn_at = next_due(told)
        before = ticket.due_at
        clocks.write_rows(ticket, told)
        clocks.wake(session, ticket)
        dues.append({"its_id": ticket.id, "due_at": due_at, "warn_at": warn_at})
        retimed = TicketRetimed(
            subject_id=ticket.id, actor_id=actor_id, due_before=before, due_after=due_at
        )
        publish(session, retimed)
        total += len(moved)
    _write_dues(session, dues)
    return total


def _write_dues(session: Session, dues: Sequence[dict[str, Any]]) -> None:
    """When the tickets are due next. They stay the same version: phones have moves of them under
    way, which are as good as before."""
    if not dues:
        return
    session.flush()
    session.connection().execute(NEW_DUES, dues)
    changes.note(session, "ticket", [row["its_id"] for row in dues])
    session.expire_all()


def _counting(change: Change) -> AbstractContextManager[None]:
    return calendar.supposing(change.almanac) if change.almanac else nullcontext()


def _retold(
    session: Session, change: Change, ids: Sequence[UUID], *, lock: bool
) -> Iterator[tuple[Ticket, list[Clock], list[Moved]]]:
    """Those of these tickets of which a running clock moves, with their clocks told anew."""
    district_of = queries.districts(session)
    for ticket in queries.with_history(session, ids, lock=lock):
        held = change.districts.of_district(district_of[ticket.community_id])
        with _counting(change):
            told = replay(clocks.history(session, ticket), ticket.category, held)
            moved = list(_moved(ticket, told))
        if moved:
            yield ticket, told, moved


def _moved(ticket: Ticket, told: Sequence[Clock]) -> Iterator[Moved]:
    """Which running clocks are due at another time than their rows say, begin, or cease to be."""
    rows: defaultdict[Hashable, deque[datetime]] = defaultdict(deque)
    for row in ticket.clocks:
        if row.ended_at is None:
            rows[row.identity].append(row.due_at)
    for one in told:
        if one.runs:
            kept = rows[one.identity]
            old = kept.popleft() if kept else None
            if old != one.due_at:
                yield _as_moved(ticket, one, old, one.due_at)
    for row in ticket.clocks:
        if row.ended_at is None and rows[row.identity]:
            old = rows[row.identity].popleft()
            yield _as_moved(ticket, row, old, None)


def _as_moved(
    ticket: Ticket, one: Clock | TicketClock, old: datetime | None, new: datetime | None
) -> Moved:
    return Moved(
        ticket.id,
        ticket.number,
        ticket.community_id,
        ticket.place_text,
        name_of(one),
        one.organisation_id,
        old,
        new,
    )
