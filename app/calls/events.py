"""Facts about emergency calls. Details carry counts and codes, and why people may be woken."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from app.calls.rules import Answer, CallKind
from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class CallEvent(Event):
    """Something that happened to a call."""

    subject_kind: ClassVar[str] = "summons"
    community_id: UUID
    kind: CallKind
    place_text: str


@dataclass(frozen=True, kw_only=True)
class CallOpened(CallEvent):
    """It went out. `danger`: a life is in danger, and everybody may be woken; the reason stands in
    the log."""

    verb: ClassVar[str] = "opened"
    asked: int
    danger: bool
    danger_reason: str

    def details(self) -> dict[str, Any]:
        said = {"kind": self.kind.value, "asked": self.asked, "danger": self.danger}
        return said | ({"reason": self.danger_reason} if self.danger else {})


@dataclass(frozen=True, kw_only=True)
class CallAnswered(CallEvent):
    verb: ClassVar[str] = "answered"
    answer: Answer

    def details(self) -> dict[str, Any]:
        return {"answer": self.answer.value}


@dataclass(frozen=True, kw_only=True)
class CallClosed(CallEvent):
    """It is over and summed up."""

    verb: ClassVar[str] = "closed"
    asked_anew: int

    def details(self) -> dict[str, Any]:
        return {"asked_anew": self.asked_anew}


@dataclass(frozen=True, kw_only=True)
class CallCalledOff(CallEvent):
    """It was a mistake, within the first day; what it had put off stands as before."""

    verb: ClassVar[str] = "called_off"
    brought_back: int

    def details(self) -> dict[str, Any]:
        return {"brought_back": self.brought_back}


@dataclass(frozen=True, kw_only=True)
class CallPeopleForgotten(Event):
    """Who was called, and who answered what, was removed 180 days after the end."""

    subject_kind: ClassVar[str] = "summons"
    verb: ClassVar[str] = "people_forgotten"
    ended_at: datetime
