"""Tables of what is owed beside the cadence: occasions that the committee sets for many doors, a
stop that one door is owed by itself, and the hours in which residents like visits."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, Versioned, enum_type, uuid7
from app.identity.models import Person
from app.places.models import Household, Place
from app.visits.rules import Purpose


class Occasion(Versioned, Base):
    """Between two dates every door of these care levels (none named: every door) is called at once
    for a purpose: the safety check before winter."""

    __tablename__ = "visit_occasion"
    __table_args__ = (Index(None, "community_id", "ends_on", "id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    community_id: Mapped[UUID] = mapped_column(ForeignKey(Place.id))
    title: Mapped[str] = mapped_column(String(30))
    purpose: Mapped[Purpose] = mapped_column(enum_type(Purpose, "occasion_purpose"))
    care_levels: Mapped[list[str]] = mapped_column(JSON)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    made_by: Mapped[UUID] = mapped_column(ForeignKey(Person.id))


class StopAsked(Base):
    """One door is owed a stop of its own: residents ask for somebody, or have just moved in. It is
    settled by the first full result from `asked_on` on, or withdrawn."""

    __tablename__ = "visit_stop_asked"
    __table_args__ = (Index(None, "household_id", "due_on"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    household_id: Mapped[UUID] = mapped_column(ForeignKey(Household.id))
    purpose: Mapped[Purpose] = mapped_column(enum_type(Purpose, "stop_purpose"))
    asked_on: Mapped[date]
    due_on: Mapped[date]
    made_by: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    withdrawn_at: Mapped[datetime | None]


class DoorHours(Versioned, Base):
    """The windows of the week in which the residents like visits; without a row, all of them."""

    __tablename__ = "visit_door_hours"

    household_id: Mapped[UUID] = mapped_column(ForeignKey(Household.id), primary_key=True)
    spans: Mapped[list[str]] = mapped_column(JSON)
