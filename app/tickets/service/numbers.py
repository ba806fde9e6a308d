"""The number that people say on the telephone: "2611-0342", month and sequence of a community."""

from datetime import date
from uuid import UUID

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.tickets.models import TicketNumber


def next_number(session: Session, community_id: UUID, day: date) -> str:
    """The next number of a community in a month. Two writers never get the same one."""
    month = f"{day:%y%m}"
    values = {"community_id": community_id, "month": month, "last": 1}
    key = ["community_id", "month"]
    raised = {"last": TicketNumber.last + 1}
    if session.get_bind().dialect.name == "sqlite":
        counted = (
            sqlite.insert(TicketNumber)
            .values(values)
            .on_conflict_do_update(index_elements=key, set_=raised)
        )
        last = session.scalar(counted.returning(TicketNumber.last))
    else:
        row = (
            postgresql.insert(TicketNumber)
            .values(values)
            .on_conflict_do_update(index_elements=key, set_=raised)
        )
        last = session.scalar(row.returning(TicketNumber.last))
    return f"{month}-{last:04}"
