"""Facts about patrols. Details carry codes and counts, never remarks."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class PatrolPointSaved(Event):
    """A point was made or changed (`fields`); `code` when its printed code was replaced."""

    subject_kind: ClassVar[str] = "patrol_point"
    verb: ClassVar[str] = "saved"
    fields: tuple[str, ...]

    def details(self) -> dict[str, Any]:
        return {"fields": list(self.fields)}


@dataclass(frozen=True, kw_only=True)
class PatrolRouteSaved(Event):
    """A route was made, changed or ended."""

    subject_kind: ClassVar[str] = "patrol_route"
    verb: ClassVar[str] = "saved"
    points: int
    people: int
    ended: bool

    def details(self) -> dict[str, Any]:
        return {"points": self.points, "people": self.people, "ended": self.ended}


@dataclass(frozen=True, kw_only=True)
class PatrolEvent(Event):
    """Something that happened to a patrol."""

    subject_kind: ClassVar[str] = "patrol"
    community_id: UUID
    on: date


@dataclass(frozen=True, kw_only=True)
class PatrolProposed(PatrolEvent):
    verb: ClassVar[str] = "proposed"
    people: int

    def details(self) -> dict[str, Any]:
        return {"people": self.people, "on": self.on.isoformat()}


@dataclass(frozen=True, kw_only=True)
class PatrolsAsked(Event):
    """One person is asked to some patrols: one message, however many."""

    subject_kind: ClassVar[str] = "patrol_route"
    verb: ClassVar[str] = "asked"
    person_id: UUID
    count: int
    first_on: date
    last_on: date

    def details(self) -> dict[str, Any]:
        return {"person_id": str(self.person_id), "count": self.count}


@dataclass(frozen=True, kw_only=True)
class PatrolAnswered(PatrolEvent):
    """`left`: how many of those asked have not declined."""

    verb: ClassVar[str] = "answered"
    answer: str
    left: int

    def details(self) -> dict[str, Any]:
        return {"answer": self.answer}


@dataclass(frozen=True, kw_only=True)
class PatrolWalked(PatrolEvent):
    """A patrol was ended by somebody who walked it, or another of them said what they saw."""

    verb: ClassVar[str] = "walked"
    minutes: int
    seen: int
    walked: tuple[UUID, ...]

    def details(self) -> dict[str, Any]:
        return {"minutes": self.minutes, "seen": self.seen}


@dataclass(frozen=True, kw_only=True)
class PatrolFound(PatrolEvent):
    """Something was seen at a point and reported; it is a ticket of its own from then on."""

    verb: ClassVar[str] = "found"
    ticket_id: UUID
    point_id: UUID

    def details(self) -> dict[str, Any]:
        return {"ticket_id": str(self.ticket_id), "point_id": str(self.point_id)}


@dataclass(frozen=True, kw_only=True)
class PatrolCancelled(PatrolEvent):
    """Called off by the office; `person_ids` would have gone."""

    verb: ClassVar[str] = "cancelled"
    person_ids: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True)
class PatrolLapsed(PatrolEvent):
    """Its day is long past and nobody said that they had walked it; counted against nobody."""

    verb: ClassVar[str] = "lapsed"
