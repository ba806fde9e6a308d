"""Facts about people, organisations and sign-ins."""

from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class SignedIn(Event):
    subject_kind: ClassVar[str] = "device"
    verb: ClassVar[str] = "signed_in"


@dataclass(frozen=True, kw_only=True)
class DeviceSignedOut(Event):
    subject_kind: ClassVar[str] = "device"
    verb: ClassVar[str] = "signed_out"
    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class PersonChanged(Event):
    """`fields` names what changed, never the values."""

    subject_kind: ClassVar[str] = "person"
    verb: ClassVar[str] = "changed"
    fields: tuple[str, ...]

    def details(self) -> dict[str, Any]:
        return {"fields": list(self.fields)}


@dataclass(frozen=True, kw_only=True)
class PhoneShown(Event):
    """A full telephone number was shown to the actor, for the reason they gave."""

    subject_kind: ClassVar[str] = "person"
    verb: ClassVar[str] = "phone_shown"
    reason: str

    def details(self) -> dict[str, Any]:
        return {"reason": self.reason}


@dataclass(frozen=True, kw_only=True)
class OrganisationCreated(Event):
    subject_kind: ClassVar[str] = "organisation"
    verb: ClassVar[str] = "created"


@dataclass(frozen=True, kw_only=True)
class Invited(Event):
    subject_kind: ClassVar[str] = "invitation"
    verb: ClassVar[str] = "created"


@dataclass(frozen=True, kw_only=True)
class InvitationWithdrawn(Event):
    subject_kind: ClassVar[str] = "invitation"
    verb: ClassVar[str] = "withdrawn"


@dataclass(frozen=True, kw_only=True)
class InvitationUsed(Event):
    subject_kind: ClassVar[str] = "invitation"
    verb: ClassVar[str] = "used"


@dataclass(frozen=True, kw_only=True)
class MembershipStarted(Event):
    subject_kind: ClassVar[str] = "membership"
    verb: ClassVar[str] = "started"
    person_id: UUID
    organisation_id: UUID


@dataclass(frozen=True, kw_only=True)
class MembershipEnded(Event):
    subject_kind: ClassVar[str] = "membership"
    verb: ClassVar[str] = "ended"
    person_id: UUID
    organisation_id: UUID
