"""The row of one call to a reporter, whichever way it was written down."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.core import clock
from app.identity.actor import Actor
from app.tickets.models import Ticket
from app.tickets.models_recheck import TicketCallback
from app.tickets.service import timeline


@dataclass(frozen=True)
class Call:
    """What came of one call."""

    reached: bool
    note: str = ""
    solved: str | None = None
    satisfied: str | None = None


def add(session: Session, ticket: Ticket, actor: Actor, call: Call) -> TicketCallback:
    """Who called, when, and what was answered."""
    row = TicketCallback(
        ticket_id=ticket.id,
        at=clock.now(),
        by_person_id=actor.id,
        by_org_id=timeline.acting_for(ticket, actor),
        reached=call.reached,
        solved=call.solved,
        satisfied=call.satisfied,
        note=call.note,
    )
    session.add(row)
    return row
