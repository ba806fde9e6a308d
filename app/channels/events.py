"""Facts of this area, for the audit log. They never say an address."""

from dataclasses import dataclass
from typing import Any, ClassVar

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class ChannelEvent(Event):
    """Something happened to a person's own channel."""

    subject_kind: ClassVar[str] = "own_channel"
    kind: str

    def details(self) -> dict[str, Any]:
        return {"kind": self.kind}


@dataclass(frozen=True, kw_only=True)
class ChannelAdded(ChannelEvent):
    """Somebody named a channel; a code is on its way to it."""

    verb: ClassVar[str] = "added"


@dataclass(frozen=True, kw_only=True)
class CodeAsked(ChannelEvent):
    """Another code is on its way."""

    verb: ClassVar[str] = "code_asked"


@dataclass(frozen=True, kw_only=True)
class CodeWrong(ChannelEvent):
    """Somebody typed another code."""

    verb: ClassVar[str] = "code_wrong"


@dataclass(frozen=True, kw_only=True)
class ChannelConfirmed(ChannelEvent):
    """Its owner has typed the code."""

    verb: ClassVar[str] = "confirmed"


@dataclass(frozen=True, kw_only=True)
class ChannelRemoved(ChannelEvent):
    """Its owner took it away."""

    verb: ClassVar[str] = "removed"


@dataclass(frozen=True, kw_only=True)
class ChannelBroken(ChannelEvent):
    """The other side takes nothing more for this address."""

    verb: ClassVar[str] = "broken"
