"""The number that people say on the telephone: "2611-0342", month and sequence of a community."""

from datetime import date
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.tickets.models import TicketNumber


def next_number(session: Session, community_id: UUID, day: date) -> str:
    """The next number of a community in a month. Two writers never get the same one."""
    month = f"{day:%y%m}"
    last = _raise(session, community_id, month)
    if last is None:
        try:
            with session.begin_nested():
                session.add(TicketNumber(community_id=community_id, month=month, last=1))
            last = 1
        except IntegrityError:  # another writer was first with this month
            last = _raise(session, community_id, month)
    return f"{month}-{last:04}"


def _raise(session: Session, community_id: UUID, month: str) -> int | None:
    return session.scalar(
        update(TicketNumber)
        .where(TicketNumber.community_id == community_id, TicketNumber.month == month)
        .values(last=TicketNumber.last + 1)
        .returning(TicketNumber.last)
        .execution_options(synchronize_session=False)
    )
