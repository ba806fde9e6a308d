"""What others publish about a ticket may change the rates of months that are over."""

from sqlalchemy.orm import Session

from app.core.events import subscribe
from app.reports import service
from app.tickets.events import TicketMoved
from app.tickets.events_catalogue import TicketRetimed
from app.tickets.events_recheck import TicketRechecked
from app.tickets.models import Ticket


def register() -> None:
    """Listen to the facts; called once, with the application at hand."""
    subscribe(TicketMoved)(ticket_changed)
    subscribe(TicketRechecked)(ticket_changed)
    subscribe(TicketRetimed)(ticket_changed)


def ticket_changed(session: Session, event: TicketMoved | TicketRechecked | TicketRetimed) -> None:
    """No month before the report can change by it."""
    ticket = session.get(Ticket, event.subject_id)
    if ticket is not None:
        service.forget(session, ticket.community_id, ticket.created_at)
