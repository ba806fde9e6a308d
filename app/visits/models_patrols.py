"""Tables of patrols: points of public area, routes past them, patrols and who was asked.

Kept of a walk: which points were seen, how long it took, a remark. No position, no track, no time
at which anybody was anywhere.
"""

from datetime import date, time
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, Versioned, enum_type, uuid7
from app.visits.rules.patrols import PatrolAnswer, PatrolState


class PatrolPoint(Versioned, Base):
    """A spot of public area to look at. `serial` goes up when its printed code is replaced."""

    __tablename__ = "patrol_point"
    __table_args__ = (Index(None, "community_id", "id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    community_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"))
    place_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"))
    name: Mapped[str] = mapped_column(String(40))
    hint: Mapped[str | None] = mapped_column(String(100))
    serial: Mapped[int] = mapped_column(default=1)
    retired: Mapped[bool] = mapped_column(default=False)


class PatrolRoute(Versioned, Base):
    """Points in their order, the days and hours at which they are walked past, and by whom."""

    __tablename__ = "patrol_route"
    __table_args__ = (Index(None, "community_id", "id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    community_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"))
    name: Mapped[str] = mapped_column(String(40))
    days: Mapped[list[int]] = mapped_column(JSON)
    window_from: Mapped[time]
    window_to: Mapped[time]
    people: Mapped[list[str]] = mapped_column(JSON)
    at_once: Mapped[int]
    ended: Mapped[bool] = mapped_column(default=False)


class PatrolRoutePoint(Base):
    """Which point comes when on a route."""

    __tablename__ = "patrol_route_point"

    route_id: Mapped[UUID] = mapped_column(
        ForeignKey(PatrolRoute.id, ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    point_id: Mapped[UUID] = mapped_column(ForeignKey(PatrolPoint.id), index=True)


class Patrol(Versioned, Base):
    """One walk along a route on one day. `minutes` and `seen` are set when it is ended."""

    __tablename__ = "patrol"
    __table_args__ = (
        UniqueConstraint("route_id", "on"),
        Index(None, "community_id", "on", "id"),
        Index(None, "state", "on"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    community_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"))
    route_id: Mapped[UUID] = mapped_column(ForeignKey(PatrolRoute.id))
    on: Mapped[date]
    window_from: Mapped[time]
    window_to: Mapped[time]
    state: Mapped[PatrolState] = mapped_column(
        enum_type(PatrolState, "patrol_state"), default=PatrolState.OPEN
    )
    minutes: Mapped[int | None]
    seen: Mapped[list[str]] = mapped_column(JSON, default=list)
    remark: Mapped[str | None] = mapped_column(String(200))
    reason: Mapped[str | None] = mapped_column(String(200))


class PatrolFinding(Base):
    """A ticket that was reported on a patrol, and at which of its points."""

    __tablename__ = "patrol_finding"

    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("ticket.id"), primary_key=True)
    patrol_id: Mapped[UUID] = mapped_column(ForeignKey(Patrol.id), index=True)
    point_id: Mapped[UUID] = mapped_column(ForeignKey(PatrolPoint.id))


class PatrolPerson(Base):
    """Somebody who was asked to a patrol, what they said, and whether they walked it."""

    __tablename__ = "patrol_person"

    patrol_id: Mapped[UUID] = mapped_column(
        ForeignKey(Patrol.id, ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    answer: Mapped[PatrolAnswer] = mapped_column(
        enum_type(PatrolAnswer, "patrol_answer"), default=PatrolAnswer.ASKED
    )
    walked: Mapped[bool] = mapped_column(default=False)
