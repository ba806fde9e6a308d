"""Tables of emergency calls: the call itself, and everybody who was called with their answer."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.calls.rules import Answer, CallKind, CallState, Seat
from app.core.db import Base, Versioned, enum_type, uuid7


class Summons(Versioned, Base):
    """紧急召集. `place_id` is the estate or community it is about; `team_id` is set where one team
    alone is called. Regular visits wait from the day it goes out through `until`. `summed_up` is
    how the buildings stood when it was closed, and what is counted of people."""

    __tablename__ = "summons"
    __table_args__ = (Index(None, "community_id", "opened_at", "id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    community_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"))
    place_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"))
    team_id: Mapped[UUID | None] = mapped_column(ForeignKey("team.id"))
    kind: Mapped[CallKind] = mapped_column(enum_type(CallKind, "call_kind"))
    state: Mapped[CallState] = mapped_column(
        enum_type(CallState, "call_state"), default=CallState.OPEN, index=True
    )
    words: Mapped[str] = mapped_column(String(200))
    until: Mapped[date]
    danger_reason: Mapped[str | None] = mapped_column(String(200))
    asked: Mapped[int]
    set_aside: Mapped[int]
    opened_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    opened_at: Mapped[datetime]
    ended_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[datetime | None]
    ending: Mapped[str | None] = mapped_column(String(200))
    summed_up: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class CalledPerson(Base):
    """Somebody who was called, and what they said, if anything. Forgotten after 180 days."""

    __tablename__ = "called_person"

    call_id: Mapped[UUID] = mapped_column(
        ForeignKey(Summons.id, ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    seat: Mapped[Seat] = mapped_column(enum_type(Seat, "called_seat"))
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"))
    answer: Mapped[Answer | None] = mapped_column(enum_type(Answer, "call_answer"))
    answered_at: Mapped[datetime | None]
