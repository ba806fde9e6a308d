"""The inbox of one person: mark one or all as read."""

from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.core import changes, clock
from app.core.errors import NotFound
from app.identity.actor import Actor
from app.notifications import queries
from app.notifications.models import InboxItem


def read(session: Session, actor: Actor, item_id: UUID) -> None:
    """Mark one of the actor's own items as read; reading it again changes nothing."""
    item = session.scalar(queries.inbox_of(actor).where(InboxItem.id == item_id))
    if item is None:
        raise NotFound
    item.read_at = item.read_at or clock.now()


def read_all(session: Session, actor: Actor) -> None:
    """Mark all of the actor's items as read."""
    read = session.scalars(
        update(InboxItem)
        .where(InboxItem.person_id == actor.id, InboxItem.read_at.is_(None))
        .values(read_at=clock.now())
        .returning(InboxItem.id),
        execution_options=changes.NOTED,
    )
    changes.note(session, "inbox", read)
