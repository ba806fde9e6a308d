"""The facts that this area publishes: ids, counts and words of filters, never texts or names."""

from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

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


@dataclass(frozen=True, kw_only=True)
class TicketImportEvent(Event):
    """What every fact about a hand-over says: where, and how many rows of each kind."""

    subject_kind: ClassVar[str] = "ticket_import"
    verb: ClassVar[str] = "touched"

    community_id: UUID
    counts: dict[str, int]

    def details(self) -> dict[str, Any]:
        return {"counts": self.counts}


@dataclass(frozen=True, kw_only=True)
class TicketImportPreviewed(TicketImportEvent):
    """A file was read, or read anew under other headings."""

    verb: ClassVar[str] = "previewed"


@dataclass(frozen=True, kw_only=True)
class TicketImportMended(TicketImportEvent):
    """A row was given a place or a category by hand."""

    verb: ClassVar[str] = "mended"


@dataclass(frozen=True, kw_only=True)
class TicketImportApplied(TicketImportEvent):
    """Rows became tickets."""

    verb: ClassVar[str] = "applied"


@dataclass(frozen=True, kw_only=True)
class TicketImportDropped(TicketImportEvent):
    """A file was thrown away unused."""

    verb: ClassVar[str] = "dropped"
