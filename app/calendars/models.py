"""Tables of this area: secret addresses of calendars, and what each person's calendar has shown."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Base, uuid7
from app.identity.models import Person


class CalendarAddress(Base):
    """An address under which a person's calendar is read, without signing in. Only a digest of its
    secret is kept; nothing is kept of who reads it when. A row that is gone was revoked."""

    __tablename__ = "calendar_address"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), index=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(20))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class CalendarEntry(Base):
    """What a calendar last showed of one thing (`rules.entries.Said`), and how often it changed."""

    __tablename__ = "calendar_entry"

    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), primary_key=True)
    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    said: Mapped[dict[str, Any]] = mapped_column(JSON)
    ends_at: Mapped[datetime] = mapped_column(index=True)
    sequence: Mapped[int]
    changed_at: Mapped[datetime]
