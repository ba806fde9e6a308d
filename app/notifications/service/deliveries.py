"""What became of an item on its way: a service took it, a device showed it, somebody opened it."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func
from sqlalchemy.orm import Session

from app.core import clock
from app.core.errors import NotFound
from app.core.upsert import Together
from app.notifications.models import InboxItem
from app.notifications.models_delivery import Delivery
from app.notifications.receipts import Slip
from app.notifications.rules.channels import SIGNS_KEPT, Channel, Sign

MOMENTS = ("delivered_at", "shown_at", "opened_at")
NOTE = Together(
    Delivery.__table__,
    lambda insert: insert.on_conflict_do_update(
        index_elements=["item_id", "channel", "address_id"],
        set_={
            name: func.coalesce(insert.excluded[name], getattr(Delivery, name)) for name in MOMENTS
        },
    ),
)


def took(session: Session, channel: Channel, pairs: Collection[tuple[UUID, UUID]]) -> None:
    """The service behind a channel took these: (item, address) of each."""
    rows = [
        _row(item_id, channel, address_id, "delivered_at") for item_id, address_id in sorted(pairs)
    ]
    if rows:
        NOTE.run(session, rows)


def signed(session: Session, slip: Slip, sign: Sign) -> None:
    """A device says that it showed an item, or that somebody opened it there. Opened is read.

    The latest time is kept, since an item may be told again. NotFound when the item is gone.
    """
    item = session.get(InboxItem, slip.item_id)
    if item is None:
        raise NotFound
    NOTE.run(session, [_row(item.id, Channel.PUSH, slip.subscription_id, f"{sign}_at")])
    if sign is Sign.OPENED:
        item.read_at = item.read_at or clock.now()


def _row(item_id: UUID, channel: Channel, address_id: UUID, what: str) -> dict[str, Any]:
    now = clock.now()
    row = dict.fromkeys(MOMENTS) | {what: now}
    return {
        "item_id": item_id,
        "channel": channel,
        "address_id": address_id,
        "created_at": now,
        **row,
    }


def forget(session: Session) -> None:
    """Drop what is older than 90 days."""
    session.execute(delete(Delivery).where(Delivery.created_at < clock.now() - SIGNS_KEPT))
