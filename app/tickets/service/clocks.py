"""Keeps the clocks of tickets: told anew from the timeline after every move, and written down.

What the rows add is only who has been told. A ticket from before there were clocks gets its own
the first time anybody looks.
"""

from collections import defaultdict, deque
from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import count
from types import MappingProxyType
from typing import Any
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.core import changes, clock, fresh, outbox
from app.core.events import publish
from app.identity.actor import Named
from app.identity.models import Organisation
from app.identity.rules import Party, party_of
from app.tickets import catalogue
from app.tickets.events import TicketNearlyDue, TicketOverdue
from app.tickets.models import Ticket, TicketClock, TicketEntry
from app.tickets.queries import details
from app.tickets.queries.parties import Choice
from app.tickets.rules import OVER, Clock, Step, Verb, next_due, replay
from app.tickets.service import timeline

KIND = "ticket_clocks"
NO_NEWS = timedelta(days=1)  # what is over for longer is seen in the lists, and nobody is rung
MOVES = frozenset(Verb) - {Verb.FINISH_PART}  # a part is done when its own row says so

Offices = Mapping[UUID, Named]
NONE_KNOWN: Offices = MappingProxyType({})


def history(session: Session, ticket: Ticket, known: Offices = NONE_KNOWN) -> list[Step]:
    """The moves of a ticket as its clocks ask for them, oldest first. `known`: organisations that
    need not be looked up."""
    told = reversed(details.timeline_of(ticket))
    steps = [_step(session, ticket, entry, known) for entry in told if entry.verb in MOVES]
    steps += [
        Step(Verb.FINISH_PART, part.done_at, to=part.organisation_id)
        for part in ticket.helpers
        if part.done_at
    ]
    return sorted(steps, key=lambda step: step.at)


def clocks_of(session: Session, ticket: Ticket, known: Offices = NONE_KNOWN) -> list[Clock]:
    """All clocks of a ticket, the oldest first."""
    held = catalogue.of(ticket.community_id)
    return replay(history(session, ticket, known), ticket.category, held)


def begin(session: Session, ticket: Ticket, takers: Sequence[Choice]) -> list[Clock]:
    """The clocks of a report, before it is written: at the desk, or with those who act at once."""
    ids = [one.id for one in takers]
    submitted = Step(
        Verb.SUBMIT,
        ticket.created_at,
        to=ids[0] if ids else None,
        helpers=tuple(ids[1:]),
        volunteers=volunteers(session, ids),
        category=ticket.category,
    )
    clocks = replay([submitted], ticket.category, catalogue.of(ticket.community_id))
    ticket.due_at, ticket.warn_at = next_due(clocks)
    return clocks


def keep(session: Session, ticket: Ticket) -> None:
    """After a move: tell the clocks anew, and write down how they stand."""
    with session.no_autoflush:
        write(session, ticket, clocks_of(session, ticket))


def write(session: Session, ticket: Ticket, clocks: Sequence[Clock]) -> None:
    """Write the clocks down, and have the worker look when the next moment comes."""
    ticket.due_at, ticket.warn_at = next_due(clocks)
    write_rows(ticket, clocks)
    wake(session, ticket)


def write_rows(ticket: Ticket, clocks: Sequence[Clock]) -> None:
    """Each clock keeps its row; one that is not told any more loses it. Times that a district has
    added or taken away since are why a row is found by what it is, not by its number."""
    numbers = count(max((row.no for row in ticket.clocks), default=-1) + 1)
    known: defaultdict[Hashable, deque[TicketClock]] = defaultdict(deque)
    for row in ticket.clocks:
        known[row.identity].append(row)
    for one in clocks:
        if one.limit.unit is not None:
            rows = known[one.identity]
            if rows:
                _copy(one, rows.popleft())
            else:
                row = fresh.made(TicketClock, no=next(numbers), **_said(one))
                ticket.clocks.append(row)
    for gone in known.values():
        for row in gone:
            ticket.clocks.remove(row)


def _catch_up(session: Session, ticket: Ticket) -> None:
    """The first clocks of a ticket from before there were any. It stays the same version: phones
    have moves of it under way."""
    clocks = clocks_of(session, ticket)
    due_at, warn_at = next_due(clocks)
    session.execute(
        update(Ticket).where(Ticket.id == ticket.id).values(due_at=due_at, warn_at=warn_at),
        execution_options=changes.NOTED,
    )
    changes.note(session, "ticket", [ticket.id])
    write_rows(ticket, clocks)


def look(session: Session, ticket: Ticket) -> None:
    """Tell of every moment that has come, once; then wait for the next."""
    if not ticket.clocks and ticket.status not in OVER:
        _catch_up(session, ticket)
    now = clock.now()
    for row in ticket.clocks:
        if row.ended_at is None and not row.late:
            _tell(session, ticket, row, now)
    wake(session, ticket)


def _tell(session: Session, ticket: Ticket, row: TicketClock, now: datetime) -> None:
    late = row.due_at <= now
    since = row.due_at if late else row.warn_at
    if since > now or (row.warned and not late):
        return
    row.warned, row.late = True, late
    if late:
        changes.note(session, "ticket", [ticket.id])  # phones show it
    if now - since > NO_NEWS:
        return
    event = TicketOverdue if late else TicketNearlyDue
    said = timeline.facts_for_others(ticket, None)
    publish(
        session,
        event(
            holder=row.holder,
            kind=row.kind,
            organisation_id=row.organisation_id,
            **said,
        ),
    )


def wake(session: Session, ticket: Ticket) -> None:
    moments = [
        row.due_at if row.warned else row.warn_at
        for row in ticket.clocks
        if row.ended_at is None and not row.late
    ]
    if moments:
        at = min(moments)
        payload = {"ticket_id": str(ticket.id)}
        outbox.enqueue(session, KIND, payload, f"{KIND}:{ticket.id}:{at.isoformat()}", at)


def _said(one: Clock) -> dict[str, Any]:
    names = ("holder", "organisation_id", "kind", "started_at", "ended_at", "met")
    return {name: getattr(one, name) for name in (*names, "warn_at", "due_at")}


def _copy(one: Clock, row: TicketClock) -> None:
    for name, value in _said(one).items():
        setattr(row, name, value)
    now = clock.now()  # a moment that moved ahead will be told of again
    row.warned = bool(row.warned) and row.warn_at <= now
    row.late = bool(row.late) and row.due_at <= now


def _step(session: Session, ticket: Ticket, entry: TicketEntry, known: Offices) -> Step:
    said = entry.said
    to = _id(said.get("lead_org_id"))
    if to is None and "dispatched_to" in said:  # from before the timeline kept whom
        to = ticket.lead_org_id
    helpers = tuple(UUID(one) for one in said.get("co_org_ids") or ())
    return Step(
        Verb(entry.verb),
        entry.at,
        to=to,
        helpers=helpers,
        volunteers=volunteers(session, [*helpers, *([to] if to else [])], known),
        category=said.get("category"),
        until=_day(said.get("until")),
        pending=said.get("pending"),
        due_on=_day(said.get("due_on")),
    )


def volunteers(
    session: Session, organisation_ids: Iterable[UUID], known: Offices = NONE_KNOWN
) -> frozenset[UUID]:
    """Those of these organisations that are asked, not ordered."""
    found = (known.get(one) or session.get(Organisation, one) for one in organisation_ids)
    return frozenset(one.id for one in found if one and party_of(one.kind) is Party.VOLUNTEER_TEAM)


def _id(said: Any) -> UUID | None:
    return UUID(said) if said else None


def _day(said: Any) -> date | None:
    return date.fromisoformat(said) if said else None
