"""Facts about round sheets on paper. Details carry counts and ids, never names or doors."""

from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class PaperEvent(Event):
    """Something that happened to a sheet; `rows` doors stand on it."""

    subject_kind: ClassVar[str] = "paper_sheet"
    community_id: UUID
    rows: int

    def details(self) -> dict[str, Any]:
        return {"rows": self.rows}


@dataclass(frozen=True, kw_only=True)
class PaperMade(PaperEvent):
    verb: ClassVar[str] = "made"


@dataclass(frozen=True, kw_only=True)
class PaperPrinted(PaperEvent):
    """Somebody saw all of a sheet, to print it."""

    verb: ClassVar[str] = "printed"


@dataclass(frozen=True, kw_only=True)
class PaperEntered(PaperEvent):
    """Rows of a sheet were entered; `rows` of them were new."""

    verb: ClassVar[str] = "entered"


@dataclass(frozen=True, kw_only=True)
class PaperForgotten(PaperEvent):
    verb: ClassVar[str] = "forgotten"


@dataclass(frozen=True, kw_only=True)
class VisitEnteredFor(Event):
    """The record of a visit was entered from paper by the actor for who made the visit."""

    subject_kind: ClassVar[str] = "visit"
    verb: ClassVar[str] = "entered_for"
    person_id: UUID
    sheet_id: UUID

    def details(self) -> dict[str, Any]:
        return {"person_id": str(self.person_id), "sheet_id": str(self.sheet_id)}
