"""Running clocks move when a category, a contract or the calendar changes: first shown, then done,
by the same reckoning. What has ended stays as it was; what has run has run.
"""

from collections import defaultdict, deque
from collections.abc import Hashable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, update
from sqlalchemy.orm import Session

from app.core import calendar, changes, clock, known, outbox
from app.core.calendar import Almanac
from app.core.events import publish
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
LOT = 400
DESK = "社区"


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


@dataclass(frozen=True)
class Moved:
    """One clock of a ticket that is due at another time; None where it begins or ceases to be."""

    ticket_id: UUID
    number: str
    place_text: str
    clock_name: str
    organisation_id: UUID | None
    old_due: datetime | None
    new_due: datetime | None


def preview(session: Session, change: Change, offset: int, limit: int) -> dict[str, Any]:
    """Which clocks would move, those that are due first on top: how many, and a page of them."""
    found = [one for _, _, moved in _retold(session, change, lock=False) for one in moved]
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


def apply(session: Session, actor_id: UUID | None, change: Change) -> int:
    """Move them, in the present transaction; how many clocks that were."""
    total, dues = 0, []
    for ticket, told, moved in _retold(session, change, lock=True):
        due_at, warn_at = next_due(told)
        before = ticket.due_at
        with _counting(change):
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


def again(session: Session, reach: Reach) -> None:
    """Once more when every process has heard of it: for what was moved or reported meanwhile."""
    said = {
        "code": reach.code,
        "district_id": str(reach.district_id) if reach.district_id else None,
        "company_id": str(reach.company_id) if reach.company_id else None,
        "first": reach.first.isoformat() if reach.first else None,
        "last": reach.last.isoformat() if reach.last else None,
    }
    at = clock.now() + timedelta(seconds=known.SETTLED_SECONDS)
    outbox.enqueue(session, KIND, said, f"{KIND}:{at.isoformat()}:{reach.code}", at)


def reach_of(said: dict[str, Any]) -> Reach:
    """What `again` has written down."""
    return Reach(
        code=said["code"],
        district_id=UUID(said["district_id"]) if said["district_id"] else None,
        company_id=UUID(said["company_id"]) if said["company_id"] else None,
        first=datetime.fromisoformat(said["first"]) if said["first"] else None,
        last=datetime.fromisoformat(said["last"]) if said["last"] else None,
    )


def _counting(change: Change) -> AbstractContextManager[None]:
    return calendar.supposing(change.almanac) if change.almanac else nullcontext()


def _retold(
    session: Session, change: Change, *, lock: bool
) -> Iterator[tuple[Ticket, list[Clock], list[Moved]]]:
    """Every ticket of which a running clock moves, with its clocks told anew."""
    ids = session.scalars(queries.reached(change.reach)).all()
    district_of = queries.districts(session)
    for start in range(0, len(ids), LOT):
        for ticket in queries.with_history(session, ids[start : start + LOT], lock=lock):
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
        ticket.place_text,
        name_of(one),
        one.organisation_id,
        old,
        new,
    )
