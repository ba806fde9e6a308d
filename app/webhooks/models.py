"""The table of addresses that are told."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Base, uuid7
from app.core.keys import Encrypted
from app.identity.models import Person
from app.places.models import Place


class Webhook(Base):
    """An address of another system, for one community or estate. The secret is shown once. A hook
    that is stopped waits until somebody resumes it."""

    __tablename__ = "webhook"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    name: Mapped[str] = mapped_column(String(40))
    url: Mapped[str] = mapped_column(String(1000))
    secret: Mapped[str] = mapped_column(Encrypted)
    kinds: Mapped[list[str]] = mapped_column(JSON)
    place_id: Mapped[UUID] = mapped_column(ForeignKey(Place.id), index=True)
    created_by: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    stopped_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]


class WebhookUse(Base):
    """How deliveries went: when one was last taken, how many in a row were not, since when; and
    the latest tries one by one, newest first."""

    __tablename__ = "webhook_use"

    webhook_id: Mapped[UUID] = mapped_column(ForeignKey(Webhook.id), primary_key=True)
    failures: Mapped[int] = mapped_column(default=0)
    failing_since: Mapped[datetime | None]
    last_taken_at: Mapped[datetime | None]
    recent: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
