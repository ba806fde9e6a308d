"""Facts about visits that an emergency sets aside: one for all of them, however many people."""

from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class AsideEvent(Event):
    """`subject_id` is the call for which it happened; `people` are those who would have gone."""

    subject_kind: ClassVar[str] = "summons"
    people: frozenset[UUID]
    count: int

    def details(self) -> dict[str, Any]:
        return {"visits": self.count, "people": len(self.people)}


@dataclass(frozen=True, kw_only=True)
class VisitsSetAside(AsideEvent):
    verb: ClassVar[str] = "visits_set_aside"


@dataclass(frozen=True, kw_only=True)
class VisitsAskedAnew(AsideEvent):
    """It is over: the same people are asked once more. `dropped` were seen or are asked already."""

    verb: ClassVar[str] = "visits_asked_anew"
    dropped: int

    def details(self) -> dict[str, Any]:
        return super().details() | {"dropped": self.dropped}


@dataclass(frozen=True, kw_only=True)
class VisitsBroughtBack(AsideEvent):
    """The call was a mistake: the visits stand as they stood."""

    verb: ClassVar[str] = "visits_brought_back"
