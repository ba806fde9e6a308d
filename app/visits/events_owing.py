"""Facts about what is owed to doors, and about single visits that somebody is asked to."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from app.core.events import Event
from app.visits.events import VisitEvent
from app.visits.rules import Purpose


@dataclass(frozen=True, kw_only=True)
class VisitAsked(VisitEvent):
    """One person is asked to one visit, outside rounds and plans."""

    verb: ClassVar[str] = "asked"
    on: date

    def details(self) -> dict[str, Any]:
        return {"person_id": str(self.person_id), "on": self.on.isoformat()}


@dataclass(frozen=True, kw_only=True)
class StopAskedFor(Event):
    """A household is owed a stop of its own: its residents ask for somebody, or are new."""

    subject_kind: ClassVar[str] = "household"
    verb: ClassVar[str] = "stop_asked"
    community_id: UUID
    purpose: Purpose
    due_on: date

    def details(self) -> dict[str, Any]:
        return {"purpose": self.purpose.value, "due_on": self.due_on.isoformat()}


@dataclass(frozen=True, kw_only=True)
class StopWithdrawn(Event):
    """A stop of its own is not owed any more."""

    subject_kind: ClassVar[str] = "household"
    verb: ClassVar[str] = "stop_withdrawn"
    purpose: Purpose

    def details(self) -> dict[str, Any]:
        return {"purpose": self.purpose.value}


@dataclass(frozen=True, kw_only=True)
class DoorHoursSet(Event):
    """The hours in which residents like visits were kept; not which."""

    subject_kind: ClassVar[str] = "household"
    verb: ClassVar[str] = "hours_set"
    community_id: UUID


@dataclass(frozen=True, kw_only=True)
class OccasionKept(Event):
    """The committee made, changed or removed (`how`) an occasion."""

    subject_kind: ClassVar[str] = "visit_occasion"
    verb: ClassVar[str] = "kept"
    how: str

    def details(self) -> dict[str, Any]:
        return {"how": self.how}
