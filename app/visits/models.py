"""Tables of visits: rounds, the doors a round could not serve, visits, who goes along, what was
said of a visit: the record that counts, accounts of other visitors, strays.

What is said holds no identity number, birth date, income, diagnosis, belief, picture, position or
signature, and has no column for them.
"""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, Versioned, enum_type, uuid7
from app.places.rules import VisitWish
from app.visits.rules import (
    Band,
    Gap,
    Method,
    NextStep,
    Outcome,
    Purpose,
    RoundState,
    StrayState,
    VisitState,
)


class Round(Versioned, Base):
    """轮次: what the committee schedules. `whom` and `windows` are kept as they were asked for."""

    __tablename__ = "visit_round"
    __table_args__ = (Index(None, "community_id", "starts_on"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    community_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"))
    team_id: Mapped[UUID] = mapped_column(ForeignKey("team.id"), index=True)
    title: Mapped[str] = mapped_column(String(60))
    purpose: Mapped[Purpose] = mapped_column(enum_type(Purpose, "round_purpose"))
    whom: Mapped[dict[str, Any]] = mapped_column(JSON)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    windows: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    state: Mapped[RoundState] = mapped_column(
        enum_type(RoundState, "round_state"), default=RoundState.DRAFT
    )
    households: Mapped[int] = mapped_column(default=0)
    cancel_reason: Mapped[str | None] = mapped_column(String(200))
    created_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]


class RoundGap(Base):
    """A household the round asked for and could not propose to anybody, and why."""

    __tablename__ = "visit_round_gap"

    round_id: Mapped[UUID] = mapped_column(
        ForeignKey("visit_round.id", ondelete="CASCADE"), primary_key=True
    )
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), primary_key=True)
    reason: Mapped[Gap] = mapped_column(enum_type(Gap, "round_gap_reason"))


class Visit(Versioned, Base):
    """走访: one person asked to one door on one day. A proposal is never overdue."""

    __tablename__ = "visit"
    __table_args__ = (
        Index(None, "person_id", "state", "on"),
        Index(None, "household_id", "state", "on"),
        Index(None, "community_id", "on", "id"),
        Index(None, "community_id", "state", "on", "id"),
        Index(None, "round_id", "state"),
        Index(
            "ix_visit_disputed",
            "on",
            sqlite_where=text("disputed = 1"),
            postgresql_where=text("disputed"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    community_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    round_id: Mapped[UUID | None] = mapped_column(ForeignKey("visit_round.id"))
    follows_id: Mapped[UUID | None] = mapped_column(ForeignKey("visit.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    purpose: Mapped[Purpose] = mapped_column(enum_type(Purpose, "visit_purpose"))
    also: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))  # merged into it
    state: Mapped[VisitState] = mapped_column(enum_type(VisitState, "visit_state"))
    on: Mapped[date]
    window_from: Mapped[time | None]
    window_to: Mapped[time | None]
    attempt: Mapped[int] = mapped_column(default=1)
    hint: Mapped[NextStep | None] = mapped_column(enum_type(NextStep, "visit_hint"))
    emergency_reason: Mapped[str | None] = mapped_column(String(200))
    answer_reason: Mapped[str | None] = mapped_column(String(200))
    disputed: Mapped[bool] = mapped_column(default=False)  # its visitors differ, nobody has picked
    created_at: Mapped[datetime]


class VisitPartner(Base):
    """Two go together: who else is at the door."""

    __tablename__ = "visit_partner"

    visit_id: Mapped[UUID] = mapped_column(
        ForeignKey("visit.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)


class Told:
    """What one visitor says of one visit. The note is blanked after 180 days; the rest stays."""

    on: Mapped[date] = mapped_column(index=True)
    slot: Mapped[Band] = mapped_column(enum_type(Band, "visit_slot"))
    method: Mapped[Method] = mapped_column(enum_type(Method, "visit_method"))
    outcome: Mapped[Outcome] = mapped_column(enum_type(Outcome, "visit_outcome"))
    needs: Mapped[list[str]] = mapped_column(JSON)
    note: Mapped[str | None] = mapped_column(String(200))
    note_agreed: Mapped[bool] = mapped_column(default=False)
    next_step: Mapped[NextStep | None] = mapped_column(enum_type(NextStep, "visit_next_step"))
    reschedule_to: Mapped[dict[str, str] | None] = mapped_column(JSON(none_as_null=True))
    ticket_id: Mapped[UUID | None] = mapped_column(ForeignKey("ticket.id"), index=True)
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    device_time: Mapped[datetime | None]
    received_at: Mapped[datetime]


class VisitRecord(Told, Base):
    """What came of one visit: the one that counts, whoever else said something of it."""

    __tablename__ = "visit_record"
    __table_args__ = (Index(None, "household_id", "on"),)

    visit_id: Mapped[UUID] = mapped_column(ForeignKey("visit.id"), primary_key=True)
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    wish_before: Mapped[VisitWish | None] = mapped_column(
        enum_type(VisitWish, "visit_wish_before")
    )  # what the household had wished until this record said otherwise


class VisitAccount(Told, Base):
    """What another visitor says of a visit that is recorded. A leader may make it the record: the
    two change places, and neither is lost."""

    __tablename__ = "visit_account"
    __table_args__ = (UniqueConstraint("visit_id", "recorded_by"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    visit_id: Mapped[UUID] = mapped_column(ForeignKey("visit.id"))


class VisitFormer(Base):
    """What a record said before it was corrected, or voided: without its note, for good."""

    __tablename__ = "visit_former"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    visit_id: Mapped[UUID] = mapped_column(ForeignKey("visit.id"), index=True)
    said: Mapped[dict[str, Any]] = mapped_column(JSON)
    voided: Mapped[bool]
    reason: Mapped[str | None] = mapped_column(String(200))
    replaced_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    replaced_at: Mapped[datetime]


class VisitStray(Base):
    """A record that was refused because the assignment had gone away, handed to the leader.

    `said` is the report without its note; `digest` knows the same one again. Kept 180 days.
    """

    __tablename__ = "visit_stray"
    __table_args__ = (
        UniqueConstraint("person_id", "digest"),
        Index(None, "community_id", "received_at"),
        Index(None, "received_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    community_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    visit_id: Mapped[UUID | None] = mapped_column(ForeignKey("visit.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    code: Mapped[str] = mapped_column(String(64))
    on: Mapped[date]
    said: Mapped[dict[str, Any]] = mapped_column(JSON)
    note: Mapped[str | None] = mapped_column(String(200))
    digest: Mapped[str] = mapped_column(String(64))
    received_at: Mapped[datetime]
    state: Mapped[StrayState] = mapped_column(
        enum_type(StrayState, "visit_stray_state"), default=StrayState.WAITING
    )
    settled_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    drop_reason: Mapped[str | None] = mapped_column(String(200))
