"""Tables of the inbox and of the devices that may be rung."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Base, enum_type, uuid7
from app.identity.models import Device, Person
from app.notifications.rules.telling import Kind

UNREAD = text("read_at IS NULL")
WAITING = text("digest_at IS NOT NULL AND read_at IS NULL")


class InboxItem(Base):
    """One thing one person is told. While it is unread, the same thing told again renews it.

    `seat`, and the organisation for which it is held, say why they are told. `digest_at` is the
    digest that tells of it, unless a device was rung at once, or is not rung at all.
    """

    __tablename__ = "inbox_item"
    __table_args__ = (
        Index(
            "uq_inbox_item_unread",
            "person_id",
            "kind",
            "about",
            unique=True,
            sqlite_where=UNREAD,
            postgresql_where=UNREAD,
        ),
        Index("ix_inbox_item_person_id_created_at_id", "person_id", "created_at", "id"),
        Index("ix_inbox_item_person_id_read_at", "person_id", "read_at"),
        Index("ix_inbox_item_about", "about"),
        Index(
            "ix_inbox_item_digest_at",
            "digest_at",
            sqlite_where=WAITING,
            postgresql_where=WAITING,
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"))
    kind: Mapped[Kind] = mapped_column(enum_type(Kind, "kind"))
    title: Mapped[str] = mapped_column(String(80))
    body: Mapped[str] = mapped_column(String(200))
    link: Mapped[str] = mapped_column(String(120))
    about: Mapped[UUID]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    read_at: Mapped[datetime | None]
    seat: Mapped[str | None] = mapped_column(String(20))
    organisation_id: Mapped[UUID | None]
    digest_at: Mapped[datetime | None]


class TellingChoice(Base):
    """How one person wishes to be told: by kind, and no ringing through a date."""

    __tablename__ = "telling_choice"

    person_id: Mapped[UUID] = mapped_column(
        ForeignKey(Person.id, ondelete="CASCADE"), primary_key=True
    )
    most: Mapped[dict[str, str]] = mapped_column(JSON)
    paused_until: Mapped[date | None]


class PushSubscription(Base):
    """A browser that may be rung. `device_id` is the sign-in it belongs to, and goes with it."""

    __tablename__ = "push_subscription"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"), index=True)
    device_id: Mapped[UUID | None] = mapped_column(
        ForeignKey(Device.id, ondelete="CASCADE"), index=True
    )
    endpoint: Mapped[str] = mapped_column(String(1000), unique=True)
    p256dh: Mapped[str] = mapped_column(String(128))
    auth: Mapped[str] = mapped_column(String(32))
    device_name: Mapped[str] = mapped_column(String(60))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    last_ok_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]
