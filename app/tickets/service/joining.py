"""One ticket is joined into another, and taken apart again: what this writes on both of them.

What is joined goes with the other one and is never itself joined into: what was joined into it goes
along. So there are no chains, and no circles.
"""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import Invalid, Stale
from app.core.events import publish
from app.identity.actor import Actor
from app.tickets.events_doubles import TicketLetOut, TicketTookIn
from app.tickets.models import Ticket
from app.tickets.queries import doubles
from app.tickets.rules import OVER, TicketStatus
from app.tickets.rules.doubles import ALONG, LET_OUT, TOOK_IN
from app.tickets.rules.refusals import CannotJoin
from app.tickets.service import timeline


def join(session: Session, actor: Actor, ticket: Ticket, head_id: UUID) -> Ticket:
    """Have a ticket go with another one from now on; the other one.

    Raises CannotJoin unless that is another, open ticket of the community that goes by itself.
    """
    head = _both(session, ticket, head_id)
    if not _takes(head, ticket):
        raise CannotJoin(errors={"into_id": [CannotJoin.title]})
    for one in doubles.joined_into(session, ticket.id):
        one.duplicate_of = head.id
        timeline.add_entry(one, ALONG, actor, {"into_number": head.number})
    ticket.duplicate_of = head.id
    ticket.came_from = _left_at(ticket.status)
    timeline.add_entry(head, TOOK_IN, actor, {"other_number": ticket.number})
    said = timeline.facts_for_others(head, actor)
    publish(session, TicketTookIn(other_id=ticket.id, **said))
    return head


def take_apart(session: Session, actor: Actor, ticket: Ticket, reason: str) -> None:
    """Have it go by itself again, from where it stood."""
    head = session.get_one(Ticket, ticket.duplicate_of)
    ticket.duplicate_of = ticket.came_from = None
    words = {"other_number": ticket.number, "reason": reason}
    timeline.add_entry(head, LET_OUT, actor, words)
    said = timeline.facts_for_others(head, actor)
    publish(session, TicketLetOut(other_id=ticket.id, **said))


def _both(session: Session, ticket: Ticket, head_id: UUID) -> Ticket:
    """The other one, with both held against whoever joins at the same moment."""
    version = ticket.version
    session.execute(
        select(Ticket)
        .where(Ticket.id.in_([ticket.id, head_id]))
        .order_by(Ticket.id)
        .with_for_update(of=Ticket),
        execution_options={"populate_existing": True},
    ).scalars().all()
    head = session.get(Ticket, head_id)
    if head is None:
        raise Invalid(errors={"into_id": [CannotJoin.title]})
    if ticket.version != version:
        raise Stale
    return head


def _takes(head: Ticket, ticket: Ticket) -> bool:
    return (
        head.id != ticket.id
        and head.community_id == ticket.community_id
        and head.duplicate_of is None
        and head.status not in OVER
    )


def _left_at(status: TicketStatus) -> TicketStatus:
    """Where it goes on when it is taken apart: a rest is over by then."""
    return TicketStatus.IN_PROGRESS if status is TicketStatus.SUSPENDED else status
