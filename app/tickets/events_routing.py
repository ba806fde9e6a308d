"""The facts of rules and duty lists. They name organisations and places, never people."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class RuleChanged(Event):
    """A committee made or changed a rule."""

    subject_kind: ClassVar[str] = "routing_rule"
    verb: ClassVar[str] = "changed"

    place_id: UUID
    about: str
    lead_org_id: UUID
    decides: bool

    def details(self) -> dict[str, Any]:
        ids = {"place_id": str(self.place_id), "lead_org_id": str(self.lead_org_id)}
        return {"about": self.about, "decides": self.decides, **ids}


@dataclass(frozen=True, kw_only=True)
class RuleDropped(RuleChanged):
    """A committee took a rule away; the details say what it was."""

    verb: ClassVar[str] = "dropped"


@dataclass(frozen=True, kw_only=True)
class DutyChanged(Event):
    """An organisation wrote its duty list. The subject is the organisation."""

    subject_kind: ClassVar[str] = "duty_list"
    verb: ClassVar[str] = "changed"

    shifts: int
    exceptions: int
    holes: int

    def details(self) -> dict[str, Any]:
        return {"shifts": self.shifts, "exceptions": self.exceptions, "holes": self.holes}


@dataclass(frozen=True, kw_only=True)
class DutyHole(Event):
    """Soon nobody will be there for an organisation. The subject is the organisation."""

    subject_kind: ClassVar[str] = "duty_list"
    verb: ClassVar[str] = "hole"

    start: datetime
    end: datetime

    def details(self) -> dict[str, Any]:
        return {"start": self.start.isoformat(), "end": self.end.isoformat()}
