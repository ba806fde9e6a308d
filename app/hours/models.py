"""Tables of service hours: one record for each person, day, team and kind of work, and the visits
and patrols that it was counted from. There is no household in them, and no time of day.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, Versioned, enum_type, uuid7
from app.hours.rules import HoursState, Kind


class ServiceHours(Versioned, Base):
    """服务时长: what a person did on a day. `counted` is what its records add up to (None where it
    was entered by hand), `minutes` what counts, `said` whether a person gave them."""

    __tablename__ = "service_hours"
    __table_args__ = (
        CheckConstraint("minutes BETWEEN 1 AND 480", name="at_most_eight_hours"),
        Index(None, "person_id", "on", "id"),
        Index(None, "team_id", "state", "on", "id"),
        Index(None, "community_id", "state", "on", "id"),
        Index(
            "uq_service_hours_counted",
            "person_id",
            "on",
            "team_id",
            "kind",
            unique=True,
            sqlite_where=text("counted IS NOT NULL"),
            postgresql_where=text("counted IS NOT NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    community_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"))
    team_id: Mapped[UUID] = mapped_column(ForeignKey("team.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    on: Mapped[date]
    kind: Mapped[Kind] = mapped_column(enum_type(Kind, "service_kind"))
    content: Mapped[str | None] = mapped_column(String(40))
    minutes: Mapped[int]
    counted: Mapped[int | None]
    said: Mapped[bool] = mapped_column(default=False)
    state: Mapped[HoursState] = mapped_column(
        enum_type(HoursState, "service_hours_state"), default=HoursState.WAITING
    )
    reason: Mapped[str | None] = mapped_column(String(200))
    settled_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    settled_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class ServicePart(Base):
    """One visit or patrol, and the minutes that one person who was there has of it."""

    __tablename__ = "service_part"

    source_id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    hours_id: Mapped[UUID] = mapped_column(ForeignKey(ServiceHours.id), index=True)
    minutes: Mapped[int]
