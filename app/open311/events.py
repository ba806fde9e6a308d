"""Facts about the keys of other systems."""

from dataclasses import dataclass
from typing import ClassVar

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class Open311KeyMade(Event):
    subject_kind: ClassVar[str] = "open311_key"
    verb: ClassVar[str] = "made"


@dataclass(frozen=True, kw_only=True)
class Open311KeyRevoked(Event):
    subject_kind: ClassVar[str] = "open311_key"
    verb: ClassVar[str] = "revoked"
