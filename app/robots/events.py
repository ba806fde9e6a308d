"""Facts of this area, for the audit log. They never say an address or a secret."""

from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class RobotEvent(Event):
    """Something happened to a group robot."""

    subject_kind: ClassVar[str] = "robot"
    organisation_id: UUID

    def details(self) -> dict[str, Any]:
        return {"organisation_id": str(self.organisation_id)}


@dataclass(frozen=True, kw_only=True)
class RobotAdded(RobotEvent):
    """An organisation named the robot of a group."""

    verb: ClassVar[str] = "added"


@dataclass(frozen=True, kw_only=True)
class RobotChanged(RobotEvent):
    """What it says was chosen anew."""

    verb: ClassVar[str] = "changed"


@dataclass(frozen=True, kw_only=True)
class RobotTried(RobotEvent):
    """It was asked to say something that means nothing."""

    verb: ClassVar[str] = "tried"


@dataclass(frozen=True, kw_only=True)
class RobotStopped(RobotEvent):
    """It says nothing more: somebody (or, without an actor, its maker) would not have it."""

    verb: ClassVar[str] = "stopped"


@dataclass(frozen=True, kw_only=True)
class RobotResumed(RobotEvent):
    """It speaks again. What was missed stays missed."""

    verb: ClassVar[str] = "resumed"


@dataclass(frozen=True, kw_only=True)
class RobotRemoved(RobotEvent):
    """It was taken away."""

    verb: ClassVar[str] = "removed"
