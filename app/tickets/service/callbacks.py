"""Calls a reporter back. Who is reached answers the two questions, and the ticket is closed; who is
not may be tried again, three times at most. Nobody has to call: silence closes too."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app.core.errors import Invalid, NotFound, Stale
from app.core.events import publish
from app.identity.actor import Actor
from app.identity.events import PhoneShown
from app.identity.models import Person
from app.tickets import queries
from app.tickets.events_recheck import TicketCallTried
from app.tickets.models import Ticket
from app.tickets.models_recheck import TicketCallback
from app.tickets.queries import callbacks
from app.tickets.rules import Seat, Verb, is_own_work, seats_of
from app.tickets.rules.callbacks import MOST_TRIES
from app.tickets.rules.refusals import OwnCallback
from app.tickets.rules.refusals_recheck import NoTelephone, TriedOften
from app.tickets.service import calls, moving, timeline
from app.tickets.service.calls import Call
from app.tickets.service.effects import Change
from app.tickets.service.facts import work_of

ENTRY = "call_tried"


def record(
    session: Session, actor: Actor, ticket_id: UUID, version: int, call: Call
) -> TicketCallback:
    """Write a call down; one in which the reporter answered closes the ticket.

    Raises NotFound, Stale, OwnCallback, TriedOften, Invalid, or what closing raises.
    """
    ticket = _ticket(session, actor, ticket_id)
    if ticket.version != version:
        raise Stale
    return (
        _answered(session, actor, ticket, call)
        if call.reached
        else _missed(session, actor, ticket, call)
    )


def show_phone(session: Session, actor: Actor, ticket_id: UUID, reason: str) -> str:
    """The reporter's number for who may call; that it was shown, and why, is logged.

    Raises NotFound, OwnCallback, NoTelephone.
    """
    ticket = _ticket(session, actor, ticket_id)
    reporter = session.get_one(Person, ticket.reporter_id)
    if reporter.guest:
        raise NoTelephone
    publish(session, PhoneShown(subject_id=reporter.id, actor_id=actor.id, reason=reason))
    return reporter.phone


def _ticket(session: Session, actor: Actor, ticket_id: UUID) -> Ticket:
    """A ticket that the actor may call about. OwnCallback for work of their own that they see."""
    try:
        return callbacks.to_call_one(session, actor, ticket_id)
    except NotFound:
        seen = queries.get(session, actor, ticket_id)
        if is_own_work(seen, queries.standing(actor, seen)):
            raise OwnCallback from None
        raise


def _missed(session: Session, actor: Actor, ticket: Ticket, call: Call) -> TicketCallback:
    if call.solved or call.satisfied:
        raise Invalid(errors={"reached": ["没有打通，就不用填解决没有、满意不满意。"]})
    tried = callbacks.tries_of(session, [ticket.id]).get(ticket.id, [])
    if sum(one.at >= ticket.stage_at for one in tried) >= MOST_TRIES:
        raise TriedOften
    row = calls.add(session, ticket, actor, call)
    timeline.add_entry(ticket, ENTRY, actor, {"reached": False, "call_back_note": call.note})
    session.flush()
    fact = timeline.facts_for_others(ticket, actor)
    publish(session, TicketCallTried(reached=False, **fact))
    return row


def _answered(session: Session, actor: Actor, ticket: Ticket, call: Call) -> TicketCallback:
    said: Mapping[str, Any] = {
        "solved": call.solved,
        "satisfied": call.satisfied,
        "call_back_note": call.note or "打通了",
    }
    who = queries.standing(actor, ticket)
    seats = seats_of(work_of(ticket), who) - {Seat.REPORTER}
    if callbacks.is_head(session, actor, ticket):
        seats |= {Seat.BUILDING_HEAD}
    change = Change(session, ticket, actor, who, said)
    moving.make(session, ticket, Verb.CLOSE, seats, change)
    return callbacks.tries_of(session, [ticket.id])[ticket.id][-1]
