"""The facts that tickets publish. They carry ids and states, never texts, names or doors."""

from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from app.core.events import Event
from app.identity.rules import Party
from app.tickets.rules import ClockKind, Holder, Reviewer, TicketStatus, Verb


@dataclass(frozen=True, kw_only=True)
class TicketEvent(Event):
    """What every fact about a ticket says: which one, where, and in whose hands it is now."""

    subject_kind: ClassVar[str] = "ticket"
    verb: ClassVar[str] = "touched"

    number: str
    category: str
    emergency: bool
    community_id: UUID
    estate_id: UUID | None
    building_id: UUID | None
    reporter_id: UUID
    lead_org_id: UUID | None
    lead_party: Party | None
    co_org_ids: tuple[UUID, ...]
    review_by: Reviewer | None
    duty_person_id: UUID | None = None  # of the lead


@dataclass(frozen=True, kw_only=True)
class TicketOpened(TicketEvent):
    """A ticket was reported. An emergency may be dispatched already."""

    verb: ClassVar[str] = "opened"

    status: TicketStatus

    def details(self) -> dict[str, Any]:
        return {"number": self.number, "category": self.category, "status": self.status.value}


@dataclass(frozen=True, kw_only=True)
class TicketMoved(TicketEvent):
    """A move was made. `before` may equal `after`; the former lead may differ from the present."""

    verb: ClassVar[str] = "moved"

    move: Verb
    before: TicketStatus
    after: TicketStatus
    lead_org_before: UUID | None
    supervised: bool

    def details(self) -> dict[str, Any]:
        return {
            "number": self.number,
            "move": self.move.value,
            "before": self.before.value,
            "after": self.after.value,
        }


@dataclass(frozen=True, kw_only=True)
class TicketNoted(TicketEvent):
    """Something was added to the timeline without a move."""

    verb: ClassVar[str] = "noted"

    status: TicketStatus
    photos: int

    def details(self) -> dict[str, Any]:
        return {"number": self.number, "photos": self.photos}


@dataclass(frozen=True, kw_only=True)
class TicketPhotosForgotten(Event):
    """The photos of a ticket were removed, 90 days after its end (DOMAIN 6.3)."""

    subject_kind: ClassVar[str] = "ticket"
    verb: ClassVar[str] = "photos_forgotten"

    photos: int

    def details(self) -> dict[str, Any]:
        return {"photos": self.photos}


@dataclass(frozen=True, kw_only=True)
class TicketClockEvent(TicketEvent):
    """A clock has come to a moment that somebody should know of. A helper's clock names them."""

    holder: Holder
    kind: ClockKind
    organisation_id: UUID | None

    def details(self) -> dict[str, Any]:
        return {"number": self.number, "clock": self.kind.value, "holder": self.holder.value}


@dataclass(frozen=True, kw_only=True)
class TicketNearlyDue(TicketClockEvent):
    """Four fifths of a time have gone."""

    verb: ClassVar[str] = "nearly_due"


@dataclass(frozen=True, kw_only=True)
class TicketOverdue(TicketClockEvent):
    """A time is over."""

    verb: ClassVar[str] = "overdue"
