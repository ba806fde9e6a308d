"""What stands behind one ticket: helping parties, photos, the timeline.
Takes a ticket that the actor was allowed to see."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.tickets.models import Ticket, TicketClock, TicketCo, TicketEntry, TicketPhoto
from app.tickets.rules import ClockKind, Holder, PhotoPhase


def co_of(session: Session, ticket: Ticket) -> Sequence[TicketCo]:
    """The helping parties."""
    return session.scalars(select(TicketCo).where(TicketCo.ticket_id == ticket.id)).all()


def photos_of(session: Session, ticket: Ticket) -> Sequence[TicketPhoto]:
    """The photos, oldest first."""
    return session.scalars(
        select(TicketPhoto)
        .where(TicketPhoto.ticket_id == ticket.id)
        .order_by(TicketPhoto.at, TicketPhoto.id)
    ).all()


def entries_of(session: Session, ticket: Ticket) -> Sequence[TicketEntry]:
    """The timeline, newest first."""
    return session.scalars(
        select(TicketEntry)
        .where(TicketEntry.ticket_id == ticket.id)
        .order_by(TicketEntry.at.desc(), TicketEntry.id.desc())
    ).all()


def has_photo(
    session: Session, ticket: Ticket, phases: Sequence[PhotoPhase], since: datetime | None = None
) -> bool:
    """Whether the ticket has a photo of one of these phases (taken since a moment)."""
    conditions = [TicketPhoto.ticket_id == ticket.id, TicketPhoto.phase.in_(phases)]
    if since is not None:
        conditions.append(TicketPhoto.at >= since)
    return bool(session.scalar(select(exists().where(*conditions))))


def lead_clocks(session: Session, ticket: Ticket) -> frozenset[ClockKind]:
    """What the lead still has to do in time."""
    running = (
        TicketClock.ticket_id == ticket.id,
        TicketClock.holder == Holder.LEAD,
        TicketClock.ended_at.is_(None),
    )
    return frozenset(session.scalars(select(TicketClock.kind).where(*running)))
