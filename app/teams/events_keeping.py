"""Facts about doors that change hands many at once. Visits and tickets listen."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class CareChanged(Event):
    """The persons of many doors of a community have changed in one go."""

    subject_kind: ClassVar[str] = "care_change"
    verb: ClassVar[str] = "applied"

    community_id: UUID
    doors: int

    def details(self) -> dict[str, Any]:
        return {"doors": self.doors}


@dataclass(frozen=True, kw_only=True)
class HandOverPlanned(CareChanged):
    """Somebody's doors will be handed over on a later day."""

    verb: ClassVar[str] = "planned"


@dataclass(frozen=True, kw_only=True)
class HandedOver(CareChanged):
    """Somebody hands on all they look after. `doors_to` says who goes to a door from now on, and
    `otherwise` who does what belongs to no door of theirs; through `last`, or for good."""

    verb: ClassVar[str] = "handed_over"

    person_id: UUID
    first: date
    last: date | None
    doors_to: dict[UUID, UUID]
    otherwise: UUID


@dataclass(frozen=True, kw_only=True)
class CareRestored(CareChanged):
    """The persons of before are back: somebody is back from leave (`undone` false), or the change
    was undone."""

    verb: ClassVar[str] = "restored"

    undone: bool
    left_alone: int

    def details(self) -> dict[str, Any]:
        return {"doors": self.doors, "left_alone": self.left_alone, "undone": self.undone}


@dataclass(frozen=True, kw_only=True)
class CareLimitSet(Event):
    """A community has said how many doors are right for one person."""

    subject_kind: ClassVar[str] = "community"
    verb: ClassVar[str] = "care_limit_set"

    households: int

    def details(self) -> dict[str, Any]:
        return {"households": self.households}
