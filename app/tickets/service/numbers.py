"""The number that people say on the telephone: "2611-0342", month and sequence of a community."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, literal_column
from sqlalchemy.orm import Session

from app.core.db import database
from app.core.prepared import Prepared
from app.core.upsert import BARE
from app.tickets.models import TicketNumber

# For the transaction of the count alone: its commit waits for no disk. That of the ticket does, and
# comes behind it in the log, so whoever knows a ticket's number knows that it was counted.
AT_EASE = func.set_config("synchronous_commit", "off", literal_column("true")).label("at_ease")


def _count(dialect: str) -> Any:
    row = BARE[dialect](TicketNumber.__table__)
    counted = row.on_conflict_do_update(
        index_elements=["community_id", "month"], set_={"last": TicketNumber.last + 1}
    ).returning(TicketNumber.last)
    return counted.returning(AT_EASE) if dialect == "postgresql" else counted


COUNT = Prepared(_count)


def next_number(session: Session, community_id: UUID, day: date) -> str:
    """The next number of a community in a month. Two writers never get the same one.

    On SQLite, where one writes at a time, it is part of the transaction. On PostgreSQL it is
    counted apart, and nobody waits for another's commit; a report that fails after that leaves a
    gap.
    """
    month = f"{day:%y%m}"
    first = {"community_id": community_id, "month": month, "last": 1}
    if session.get_bind().dialect.name == "sqlite":
        [counted] = COUNT.write(session, [first])
    else:
        with database().apart() as apart:
            [counted] = COUNT.write(apart, [first])
    return f"{month}-{counted.last:04}"
