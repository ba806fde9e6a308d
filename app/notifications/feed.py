"""What phones may hold of the inbox: a person's own items, for two months."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import changes, clock
from app.core.changes import Held, Lies, Shown
from app.core.numbering import Scope
from app.identity.actor import Actor
from app.identity.feed import PERSON
from app.notifications.models import InboxItem
from app.notifications.present import present_item

KIND = "inbox"
HELD = timedelta(days=60)


def lies(item_id: UUID, person_id: UUID, created_at: datetime) -> Lies:
    """An item lies with whom it tells."""
    return Lies(item_id, Scope(PERSON, person_id), until(created_at))


def until(created_at: datetime) -> date:
    """The last day on which a phone holds an item."""
    return (created_at + HELD).astimezone(clock.LOCAL).date()


def where(session: Session, ids: Collection[UUID]) -> Iterator[Lies]:
    """Where these items lie."""
    rows = session.execute(
        select(InboxItem.id, InboxItem.person_id, InboxItem.created_at).where(InboxItem.id.in_(ids))
    )
    for item_id, person_id, created_at in rows:
        yield lies(item_id, person_id, created_at)


def show(
    session: Session, _actor: Actor, scope: Scope, ids: Collection[UUID]
) -> Mapping[UUID, Shown]:
    """Those of these items that tell this person."""
    items = session.scalars(
        select(InboxItem).where(InboxItem.id.in_(ids), InboxItem.person_id == scope.key)
    )
    return {item.id: Shown(present_item(item), until(item.created_at)) for item in items}


@changes.watch(InboxItem)
def item_changed(session: Session, row: InboxItem) -> None:
    """Somebody was told, or has read it."""
    changes.lies(session, KIND, lies(row.id, row.person_id, row.created_at))


changes.hold(Held(KIND, where, show))
