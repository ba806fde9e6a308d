"""Facts about records that were set right. The audit keeps what they said before, in codes."""

from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from app.visits.events import VisitEvent
from app.visits.rules import Outcome


@dataclass(frozen=True, kw_only=True)
class RecordSetRight(VisitEvent):
    """`maker_id` wrote the record; `was` is what it said, without its note."""

    maker_id: UUID
    was: dict[str, Any]

    def details(self) -> dict[str, Any]:
        return {"was": self.was}


@dataclass(frozen=True, kw_only=True)
class VisitCorrected(RecordSetRight):
    """The record says something else now."""

    verb: ClassVar[str] = "corrected"
    outcome: Outcome


@dataclass(frozen=True, kw_only=True)
class VisitVoided(RecordSetRight):
    """The record does not count any more; a visit that had been planned is open again."""

    verb: ClassVar[str] = "voided"
