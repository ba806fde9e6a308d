"""The facts that this area publishes: ids, counts and words of filters, never texts or names."""

from dataclasses import dataclass
from typing import Any, ClassVar

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class TicketsExported(Event):
    """Somebody has had a list of tickets written into a file."""

    subject_kind: ClassVar[str] = "job"
    verb: ClassVar[str] = "tickets_exported"

    filter: dict[str, Any]
    tickets: int

    def details(self) -> dict[str, Any]:
        asked = {key: value for key, value in self.filter.items() if key != "q"}
        return {"tickets": self.tickets, "filter": asked, "searched": "q" in self.filter}
