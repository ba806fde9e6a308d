"""Tables of who looked after which door: what stood before, changes of many doors at once that can
be undone, and how many doors a community finds right for one person."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, Versioned, enum_type, uuid7
from app.identity.models import Person
from app.places.models import Household, Place


class HouseholdAssignmentPast(Base):
    """The persons a household had before; `until` is the last day."""

    __tablename__ = "household_assignment_past"
    __table_args__ = (Index(None, "household_id", "until"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    household_id: Mapped[UUID] = mapped_column(ForeignKey(Household.id))
    main_person_id: Mapped[UUID | None] = mapped_column(ForeignKey(Person.id))
    backup_person_id: Mapped[UUID | None] = mapped_column(ForeignKey(Person.id))
    since: Mapped[date]
    until: Mapped[date]


class ChangeKind(StrEnum):
    """Why the persons of many doors change at once."""

    SUGGESTION = "suggestion"
    HAND_OVER = "hand_over"


class CareChange(Versioned, Base):
    """The persons of many doors change in one go: a suggestion taken, or somebody's doors handed
    over from `first` on, through `last` or (None) for good."""

    __tablename__ = "care_change"
    __table_args__ = (Index(None, "community_id", "made_at", "id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    community_id: Mapped[UUID] = mapped_column(ForeignKey(Place.id))
    kind: Mapped[ChangeKind] = mapped_column(enum_type(ChangeKind, "care_change_kind"))
    estate_id: Mapped[UUID | None] = mapped_column(ForeignKey(Place.id))
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey(Person.id), index=True)
    receivers: Mapped[list[str]] = mapped_column(JSON)
    first: Mapped[date]
    last: Mapped[date | None]
    note: Mapped[str | None] = mapped_column(String(200))
    doors: Mapped[int] = mapped_column(default=0)
    pairings_made: Mapped[list[str]] = mapped_column(JSON, default=list)
    pairings_ended: Mapped[list[str]] = mapped_column(JSON, default=list)
    made_by: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    made_at: Mapped[datetime]
    begun_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]


class CareChangeLine(Base):
    """One door of such a change: who looked after it before and after."""

    __tablename__ = "care_change_line"

    change_id: Mapped[UUID] = mapped_column(
        ForeignKey(CareChange.id, ondelete="CASCADE"), primary_key=True
    )
    household_id: Mapped[UUID] = mapped_column(ForeignKey(Household.id), primary_key=True)
    main_before: Mapped[UUID | None]
    backup_before: Mapped[UUID | None]
    main_after: Mapped[UUID | None]
    backup_after: Mapped[UUID | None]


class CareLimit(Versioned, Base):
    """How many doors a community finds right for one main person."""

    __tablename__ = "care_limit"

    community_id: Mapped[UUID] = mapped_column(ForeignKey(Place.id), primary_key=True)
    households: Mapped[int]
