"""Looking at what was told: who has which unread words, and what will ring."""

from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.outbox import OutboxRow
from app.notifications.models import InboxItem
from tests.factories.notifications import Cast

NOON = datetime(2027, 3, 3, 4, 0, tzinfo=UTC)
NIGHT = datetime(2027, 3, 3, 14, 0, tzinfo=UTC)  # 22:00 in Nanjing
MORNING = datetime(2027, 3, 4, 0, 30, tzinfo=UTC)  # 08:30 in Nanjing


def told(session: Session, people: Cast) -> dict[str, str]:
    """Who has which unread words."""
    names = people.names()
    rows = session.scalars(select(InboxItem).where(InboxItem.read_at.is_(None)))
    return {names[item.person_id]: item.title for item in rows}


def outgoing(session: Session) -> list[OutboxRow]:
    return list(session.scalars(select(OutboxRow).where(OutboxRow.kind == "push")))


def items(session: Session) -> list[InboxItem]:
    return list(session.scalars(select(InboxItem).execution_options(populate_existing=True)))
