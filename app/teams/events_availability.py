"""Facts about when people may visit. Their audit rows keep that it changed, not how."""

from dataclasses import dataclass
from typing import ClassVar

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class AvailabilityChanged(Event):
    """A person has said something new of their week or of single dates."""

    subject_kind: ClassVar[str] = "person"
    verb: ClassVar[str] = "availability_changed"
