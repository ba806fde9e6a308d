"""Tables of when people may visit. They say when, never why, and nothing that is past is kept."""

from datetime import date, time
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, Versioned, enum_type, uuid7
from app.identity.models import Person
from app.teams.rules.windows import Differs


class Availability(Versioned, Base):
    """A person's week in their own words; `pattern` is None for who took it back."""

    __tablename__ = "availability"

    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), primary_key=True)
    pattern: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))


class AvailabilityDate(Base):
    """Dates that differ from the week: days away, a window given up, a window more."""

    __tablename__ = "availability_date"
    __table_args__ = (Index(None, "person_id", "last"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    kind: Mapped[Differs] = mapped_column(enum_type(Differs, "availability_differs"))
    first: Mapped[date]
    last: Mapped[date] = mapped_column(index=True)
    window_from: Mapped[time | None]
    window_to: Mapped[time | None]
