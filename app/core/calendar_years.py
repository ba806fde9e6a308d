"""The years of the calendar that an administrator has imported, and how every process gets them."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import JSON, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.core import calendar, clock, known
from app.core.calendar import Almanac, DayKind
from app.core.db import Base

KNOWN = "calendar"


class CalendarYear(Base):
    """A year: its days that are not as the day of the week says, each with its kind and the name
    of the feast. `by_person_id` is whoever imported it last."""

    __tablename__ = "calendar_year"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    imported_at: Mapped[datetime] = mapped_column(default=clock.now)
    by_person_id: Mapped[UUID]
    days: Mapped[dict[str, list[str]]] = mapped_column(JSON)


def days_of(row: CalendarYear) -> Mapping[date, DayKind]:
    return {date.fromisoformat(on): DayKind(kind) for on, (kind, _) in row.days.items()}


@known.loads(KNOWN)
def load(session: Session) -> Almanac:
    """Read the imported years; from here on this process counts by them."""
    rows = session.scalars(select(CalendarYear))
    almanac = Almanac({row.year: days_of(row) for row in rows})
    calendar.use(almanac)
    return almanac
