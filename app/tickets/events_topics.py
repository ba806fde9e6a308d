"""The facts about topics: gathered, to be cured for good, over."""

from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class TopicEvent(Event):
    """What every fact about a topic says."""

    subject_kind: ClassVar[str] = "topic"
    verb: ClassVar[str] = "touched"

    community_id: UUID
    building_id: UUID
    category: str

    def details(self) -> dict[str, Any]:
        return {"category": self.category, "building_id": str(self.building_id)}


@dataclass(frozen=True, kw_only=True)
class TopicGathered(TopicEvent):
    """Repeats were gathered: for the first time, or more of them (`fresh` is how many)."""

    verb: ClassVar[str] = "gathered"

    fresh: int
    first: bool

    def details(self) -> dict[str, Any]:
        return super().details() | {"fresh": self.fresh}


@dataclass(frozen=True, kw_only=True)
class TopicCureSet(TopicEvent):
    """Somebody is to do something about it for good."""

    verb: ClassVar[str] = "cure_set"

    organisation_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class TopicClosed(TopicEvent):
    """It has been quiet for long enough."""

    verb: ClassVar[str] = "closed"
