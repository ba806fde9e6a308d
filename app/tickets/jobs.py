"""What time does to tickets, once a day."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock, duties
from app.tickets.models import Ticket
from app.tickets.rules import TicketStatus, Verb
from app.tickets.rules.guards import SILENCE
from app.tickets.service import move_by_system


@duties.daily("close_silent_tickets")
def close_silent(session: Session, _day: date) -> None:
    """Close what was reviewed and that nobody has answered for seven days, as "unrated"."""
    silent = session.scalars(
        select(Ticket).where(
            Ticket.status == TicketStatus.REVIEWED, Ticket.stage_at <= clock.now() - SILENCE
        )
    ).all()
    for ticket in silent:
        move_by_system(session, ticket, Verb.CLOSE)
