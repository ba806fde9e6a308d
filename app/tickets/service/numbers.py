"""The number that people say on the telephone: "2611-0342", month and sequence of a community."""

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from app.core.upsert import Upsert
from app.tickets.models import TicketNumber

COUNT = Upsert(
    TicketNumber.__table__,
    lambda insert: insert.on_conflict_do_update(
        index_elements=["community_id", "month"], set_={"last": TicketNumber.last + 1}
    ).returning(TicketNumber.last),
)


def next_number(session: Session, community_id: UUID, day: date) -> str:
    """The next number of a community in a month. Two writers never get the same one."""
    month = f"{day:%y%m}"
    first = {"community_id": community_id, "month": month, "last": 1}
    [counted] = COUNT.run(session, [first])
    return f"{month}-{counted.last:04}"
