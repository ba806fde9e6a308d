"""The facts of what comes after the work. They carry ids and results, never names or notes."""

from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from app.tickets.events import TicketEvent
from app.tickets.rules.rechecks import RecheckResult


@dataclass(frozen=True, kw_only=True)
class TicketDrawn(TicketEvent):
    """A closed ticket was drawn to be looked at again."""

    verb: ClassVar[str] = "drawn"

    recheck_id: UUID
    month: str

    def details(self) -> dict[str, Any]:
        return {"number": self.number, "recheck_id": str(self.recheck_id), "month": self.month}


@dataclass(frozen=True, kw_only=True)
class TicketRechecked(TicketEvent):
    """Somebody looked again, who neither led nor reviewed."""

    verb: ClassVar[str] = "rechecked"

    recheck_id: UUID
    result: RecheckResult

    def details(self) -> dict[str, Any]:
        return {
            "number": self.number,
            "recheck_id": str(self.recheck_id),
            "result": self.result.value,
        }


@dataclass(frozen=True, kw_only=True)
class TicketCallTried(TicketEvent):
    """Somebody telephoned the reporter. Who was reached has answered, and the ticket is closed."""

    verb: ClassVar[str] = "call_tried"

    reached: bool

    def details(self) -> dict[str, Any]:
        return {"number": self.number, "reached": self.reached}
