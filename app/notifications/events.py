"""Facts of this area, for the audit log: a device may be rung, or may no longer be.

Reading an inbox is deliberately no fact: nobody keeps count of who reads when.
"""

from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class PushSubscribed(Event):
    """A browser asked to be rung; `moved` when it belonged to somebody else before."""

    subject_kind: ClassVar[str] = "push_subscription"
    verb: ClassVar[str] = "subscribed"
    moved: bool

    def details(self) -> dict[str, Any]:
        return {"moved": self.moved}


@dataclass(frozen=True, kw_only=True)
class EmergencyCalled(Event):
    """Somebody was telephoned about an emergency that nobody had seen: about this ticket."""

    subject_kind: ClassVar[str] = "ticket"
    verb: ClassVar[str] = "emergency_called"
    person_id: UUID
    outcome: str

    def details(self) -> dict[str, Any]:
        return {"person_id": str(self.person_id), "outcome": self.outcome}


@dataclass(frozen=True, kw_only=True)
class PushUnsubscribed(Event):
    """A browser is rung no more; `why` is `asked`, `signed_out`, `replaced` or `gone`."""

    subject_kind: ClassVar[str] = "push_subscription"
    verb: ClassVar[str] = "unsubscribed"
    why: str

    def details(self) -> dict[str, Any]:
        return {"why": self.why}


@dataclass(frozen=True, kw_only=True)
class PushKeyChanged(Event):
    """The installation has another key towards push services: so many devices subscribe anew."""

    subject_kind: ClassVar[str] = "push_key"
    verb: ClassVar[str] = "changed"
    devices: int

    def details(self) -> dict[str, Any]:
        return {"devices": self.devices}


@dataclass(frozen=True, kw_only=True)
class TellingChosen(Event):
    """Somebody chose how to be told: how many kinds more quietly, and whether with a pause."""

    subject_kind: ClassVar[str] = "person"
    verb: ClassVar[str] = "telling_chosen"
    softened: int
    paused: bool

    def details(self) -> dict[str, Any]:
        return {"softened": self.softened, "paused": self.paused}
