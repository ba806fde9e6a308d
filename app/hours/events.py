"""Facts about service hours. Details carry minutes and codes, never names or reasons."""

from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from app.core.events import Event
from app.hours.rules.states import Verb


@dataclass(frozen=True, kw_only=True)
class HoursEvent(Event):
    """Something that happened to a record of hours."""

    subject_kind: ClassVar[str] = "service_hours"
    person_id: UUID
    minutes: int

    def details(self) -> dict[str, Any]:
        return {"minutes": self.minutes}


@dataclass(frozen=True, kw_only=True)
class HoursCounted(HoursEvent):
    """The visits and patrols of a day were counted anew; none left counts nothing."""

    verb: ClassVar[str] = "counted"


@dataclass(frozen=True, kw_only=True)
class HoursEntered(HoursEvent):
    """Somebody entered by hand what no record tells of."""

    verb: ClassVar[str] = "entered"


@dataclass(frozen=True, kw_only=True)
class HoursMoved(HoursEvent):
    """A person did something to a record; `was` are the minutes before."""

    verb: ClassVar[str] = "moved"
    move: Verb
    was: int
    reason: str | None

    def details(self) -> dict[str, Any]:
        return {"move": self.move.value, "minutes": self.minutes, "was": self.was}
