"""Which photos are still kept, and which have been kept long enough. Asked by the system itself."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, aliased

from app.tickets.models import Ticket, TicketPhoto
from app.tickets.rules import OVER


def shows_photo(session: Session, digest: str) -> bool:
    """Whether any ticket shows this picture."""
    cites = select(TicketPhoto.id).where(TicketPhoto.hash == digest)
    return session.scalar(cites.limit(1)) is not None


def kept_long_enough(session: Session, before: datetime, most: int) -> Sequence[Ticket]:
    """Tickets with photos that ended before this moment, the oldest first. What was joined into
    another one ends with it."""
    head = aliased(Ticket)
    ended = and_(Ticket.status.in_(OVER), Ticket.moved_at < before)
    head_ended = and_(head.status.in_(OVER), head.moved_at < before)
    return session.scalars(
        select(Ticket)
        .outerjoin(head, head.id == Ticket.duplicate_of)
        .where(Ticket.photos.any(), ended, or_(head.id.is_(None), head_ended))
        .order_by(Ticket.moved_at, Ticket.id)
        .limit(most)
    ).all()
