"""Facts about visits that go over with a hand-over of doors."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class VisitsHandedOver(Event):
    """One person is asked to the visits that somebody else hands on: one message, however many."""

    subject_kind: ClassVar[str] = "care_change"
    verb: ClassVar[str] = "visits_handed_over"

    person_id: UUID
    count: int
    first_on: date
    last_on: date

    def details(self) -> dict[str, Any]:
        return {"person_id": str(self.person_id), "count": self.count}


@dataclass(frozen=True, kw_only=True)
class VisitsHandedBack(Event):
    """Visits are with whom they were before a hand-over that was undone."""

    subject_kind: ClassVar[str] = "care_change"
    verb: ClassVar[str] = "visits_handed_back"

    count: int

    def details(self) -> dict[str, Any]:
        return {"count": self.count}
