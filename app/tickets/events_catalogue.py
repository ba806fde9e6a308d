"""The facts that are published when categories, contracts or the calendar change."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class CategoryChanged(Event):
    """A district has changed a category, or added one. The subject is the change."""

    subject_kind: ClassVar[str] = "category"
    verb: ClassVar[str] = "changed"

    district_id: UUID
    code: str
    off: bool
    renamed: bool

    def details(self) -> dict[str, Any]:
        said = {"code": self.code, "off": self.off, "renamed": self.renamed}
        return said | {"district_id": str(self.district_id)}


@dataclass(frozen=True, kw_only=True)
class ContractChanged(Event):
    """The times of a contract were entered or changed. The subject is the company."""

    subject_kind: ClassVar[str] = "contract"
    verb: ClassVar[str] = "changed"

    code: str

    def details(self) -> dict[str, Any]:
        return {"code": self.code}


@dataclass(frozen=True, kw_only=True)
class CalendarImported(Event):
    """A year of the calendar was imported. The subject is who did it."""

    subject_kind: ClassVar[str] = "calendar"
    verb: ClassVar[str] = "imported"

    year: int

    def details(self) -> dict[str, Any]:
        return {"year": self.year}


@dataclass(frozen=True, kw_only=True)
class ClocksRetimed(Event):
    """All clocks within reach of such a change have been moved. The subject is the work itself."""

    subject_kind: ClassVar[str] = "retiming"
    verb: ClassVar[str] = "done"

    moved: int

    def details(self) -> dict[str, Any]:
        return {"moved": self.moved}


@dataclass(frozen=True, kw_only=True)
class TicketRetimed(Event):
    """The clocks of a ticket moved because a category, a contract or the calendar did."""

    subject_kind: ClassVar[str] = "ticket"
    verb: ClassVar[str] = "retimed"

    due_before: datetime | None
    due_after: datetime | None

    def details(self) -> dict[str, Any]:
        due = {"due_before": self.due_before, "due_after": self.due_after}
        return {key: at.isoformat() if at else None for key, at in due.items()}
