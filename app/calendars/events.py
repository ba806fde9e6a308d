"""Facts about addresses of calendars. What is read under them is no fact."""

from dataclasses import dataclass
from typing import ClassVar

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class CalendarAddressMade(Event):
    subject_kind: ClassVar[str] = "calendar_address"
    verb: ClassVar[str] = "made"


@dataclass(frozen=True, kw_only=True)
class CalendarAddressRevoked(Event):
    subject_kind: ClassVar[str] = "calendar_address"
    verb: ClassVar[str] = "revoked"
