"""Facts about service hours. Details carry minutes and codes, never names or reasons."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from app.core.events import Event
from app.hours.rules.states import Verb
from app.hours.rules.words import Kind


@dataclass(frozen=True, kw_only=True)
class HoursEvent(Event):
    """Something that happened to a record of hours."""

    subject_kind: ClassVar[str] = "service_hours"
    person_id: UUID
    on: date
    kind: Kind
    minutes: int

    def details(self) -> dict[str, Any]:
        return {"minutes": self.minutes}


@dataclass(frozen=True, kw_only=True)
class HoursCounted(HoursEvent):
    """The visits and patrols of a day were counted anew; none left counts nothing. `fell`: it had
    been confirmed, and is not any more."""

    verb: ClassVar[str] = "counted"
    fell: bool


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


@dataclass(frozen=True, kw_only=True)
class LedgerFetched(Event):
    """Somebody has had the ledger of a community written into a file."""

    subject_kind: ClassVar[str] = "hours_ledger"
    verb: ClassVar[str] = "fetched"
    rows: int
    filter: dict[str, str]

    def details(self) -> dict[str, Any]:
        return {"rows": self.rows, "filter": self.filter}
