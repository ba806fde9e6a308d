"""The facts about what was reported more than once, each told of the ticket that goes on."""

from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from app.tickets.events import TicketEvent


@dataclass(frozen=True, kw_only=True)
class TicketTookIn(TicketEvent):
    """Another ticket was joined into this one."""

    verb: ClassVar[str] = "took_in"

    other_id: UUID

    def details(self) -> dict[str, Any]:
        return {"number": self.number, "other_id": str(self.other_id)}


@dataclass(frozen=True, kw_only=True)
class TicketLetOut(TicketTookIn):
    """Another ticket was taken out of this one again."""

    verb: ClassVar[str] = "let_out"


@dataclass(frozen=True, kw_only=True)
class TicketFollowed(TicketEvent):
    """A neighbour met the same thing and wants to hear what becomes of it."""

    verb: ClassVar[str] = "followed"

    def details(self) -> dict[str, Any]:
        return {"number": self.number}


@dataclass(frozen=True, kw_only=True)
class TicketUnfollowed(TicketFollowed):
    """They want to hear no more."""

    verb: ClassVar[str] = "unfollowed"
