"""What is known of an item on its way to a device. For the sender's own next step and the list of
people without a working channel; it leaves this area in no other way, and nothing adds it up."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Base, enum_type
from app.notifications.models import InboxItem
from app.notifications.rules.channels import Channel


class Delivery(Base):
    """One item by one address: a push subscription, or a channel of one's own (`address_id`; the
    row outlives it). `delivered_at`: the service behind the channel took it. Kept 90 days."""

    __tablename__ = "delivery"

    item_id: Mapped[UUID] = mapped_column(
        ForeignKey(InboxItem.id, ondelete="CASCADE"), primary_key=True
    )
    channel: Mapped[Channel] = mapped_column(enum_type(Channel, "channel"), primary_key=True)
    address_id: Mapped[UUID] = mapped_column(primary_key=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
    delivered_at: Mapped[datetime | None]
    shown_at: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]
