"""What the worker does when a clock of a ticket comes to a moment that somebody is to know of."""

from uuid import UUID

from sqlalchemy import select

from app.core import outbox
from app.core.db import transaction
from app.tickets.models import Ticket
from app.tickets.service import clocks


@outbox.handles(clocks.KIND)
def look_at_clocks(job: outbox.Job) -> None:
    """Look at the clocks of one ticket, which nobody moves meanwhile."""
    with transaction() as session:
        found = select(Ticket).where(Ticket.id == UUID(job.payload["ticket_id"])).with_for_update()
        ticket = session.scalar(found)
        if ticket is not None:
            clocks.look(session, ticket)
