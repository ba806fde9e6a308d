"""Facts of this area: ids and states; no doors, names, numbers or tokens."""

from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from app.core.events import Event
from app.residents.rules import WishKind, WishState


@dataclass(frozen=True, kw_only=True)
class DoorCodeMade(Event):
    subject_kind: ClassVar[str] = "door_code"
    verb: ClassVar[str] = "made"
    place_id: UUID

    def details(self) -> dict[str, Any]:
        return {"place_id": str(self.place_id)}


@dataclass(frozen=True, kw_only=True)
class DoorCodeRevoked(Event):
    subject_kind: ClassVar[str] = "door_code"
    verb: ClassVar[str] = "revoked"


@dataclass(frozen=True, kw_only=True)
class PublicNumberAdded(Event):
    subject_kind: ClassVar[str] = "public_number"
    verb: ClassVar[str] = "added"


@dataclass(frozen=True, kw_only=True)
class PublicNumberRemoved(Event):
    subject_kind: ClassVar[str] = "public_number"
    verb: ClassVar[str] = "removed"


@dataclass(frozen=True, kw_only=True)
class ReportedAtDoor(Event):
    """Somebody reported through a door. `joined`: the matter was there already."""

    subject_kind: ClassVar[str] = "resident_report"
    verb: ClassVar[str] = "reported"
    ticket_id: UUID
    joined: bool

    def details(self) -> dict[str, Any]:
        return {"ticket_id": str(self.ticket_id), "joined": self.joined}


@dataclass(frozen=True, kw_only=True)
class ContactForgotten(Event):
    """Name and telephone of who reported are gone: their wish, or the time was over."""

    subject_kind: ClassVar[str] = "resident_report"
    verb: ClassVar[str] = "forgotten"


@dataclass(frozen=True, kw_only=True)
class ContactShown(Event):
    """A telephone number was shown to the actor, for the reason they gave."""

    subject_kind: ClassVar[str] = "resident_report"
    verb: ClassVar[str] = "phone_shown"
    reason: str

    def details(self) -> dict[str, Any]:
        return {"reason": self.reason}


@dataclass(frozen=True, kw_only=True)
class DoorWished(Event):
    """A wish about visits waits for somebody who confirms it."""

    subject_kind: ClassVar[str] = "door_wish"
    verb: ClassVar[str] = "wished"
    kind: WishKind
    community_id: UUID
    household_id: UUID | None

    def details(self) -> dict[str, Any]:
        return {"kind": self.kind.value}


@dataclass(frozen=True, kw_only=True)
class DoorWishSettled(Event):
    """Somebody asked at the door, and confirmed or dropped the wish."""

    subject_kind: ClassVar[str] = "door_wish"
    verb: ClassVar[str] = "settled"
    kind: WishKind
    state: WishState
    community_id: UUID

    def details(self) -> dict[str, Any]:
        return {"kind": self.kind.value, "state": self.state.value}


@dataclass(frozen=True, kw_only=True)
class HouseholdWishSet(Event):
    """What a household wishes of visitors was set because of such a wish."""

    subject_kind: ClassVar[str] = "household"
    verb: ClassVar[str] = "wish_set"
    community_id: UUID


@dataclass(frozen=True, kw_only=True)
class WishContactShown(Event):
    """The telephone number with a wish was shown to the actor, for the reason they gave."""

    subject_kind: ClassVar[str] = "door_wish"
    verb: ClassVar[str] = "phone_shown"
    reason: str

    def details(self) -> dict[str, Any]:
        return {"reason": self.reason}


@dataclass(frozen=True, kw_only=True)
class WishContactForgotten(Event):
    """The telephone number with a settled wish is gone."""

    subject_kind: ClassVar[str] = "door_wish"
    verb: ClassVar[str] = "forgotten"
