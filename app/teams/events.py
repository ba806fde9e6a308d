"""Facts about teams, pairings and the persons of households."""

from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class TeamMade(Event):
    """A team was founded."""

    subject_kind: ClassVar[str] = "team"
    verb: ClassVar[str] = "made"

    community_id: UUID


@dataclass(frozen=True, kw_only=True)
class TeamRenamed(Event):
    """A team has another name."""

    subject_kind: ClassVar[str] = "team"
    verb: ClassVar[str] = "renamed"


@dataclass(frozen=True, kw_only=True)
class MemberJoined(Event):
    """A person is in a team from today, or became or ceased to be its leader."""

    subject_kind: ClassVar[str] = "team"
    verb: ClassVar[str] = "member_joined"

    person_id: UUID
    leader: bool

    def details(self) -> dict[str, Any]:
        return {"person_id": str(self.person_id), "leader": self.leader}


@dataclass(frozen=True, kw_only=True)
class MemberLeft(Event):
    """A person left a team; their pairings for it ended too."""

    subject_kind: ClassVar[str] = "team"
    verb: ClassVar[str] = "member_left"

    person_id: UUID
    pairings_ended: int

    def details(self) -> dict[str, Any]:
        return {"person_id": str(self.person_id), "pairings_ended": self.pairings_ended}


@dataclass(frozen=True, kw_only=True)
class PairingEvent(Event):
    """A person and a building or unit."""

    subject_kind: ClassVar[str] = "pairing"
    verb: ClassVar[str] = "touched"

    person_id: UUID
    place_id: UUID

    def details(self) -> dict[str, Any]:
        return {"person_id": str(self.person_id), "place_id": str(self.place_id)}


@dataclass(frozen=True, kw_only=True)
class Paired(PairingEvent):
    """定点结对: the pairing stands from today."""

    verb: ClassVar[str] = "paired"


@dataclass(frozen=True, kw_only=True)
class Unpaired(PairingEvent):
    """The pairing is over."""

    verb: ClassVar[str] = "unpaired"


@dataclass(frozen=True, kw_only=True)
class HouseholdAssigned(Event):
    """定户到人: a household has other persons than before (or none)."""

    subject_kind: ClassVar[str] = "household"
    verb: ClassVar[str] = "assigned"

    community_id: UUID
    main_person_id: UUID | None
    backup_person_id: UUID | None

    def details(self) -> dict[str, Any]:
        persons = {"main": self.main_person_id, "backup": self.backup_person_id}
        return {role: str(person_id) for role, person_id in persons.items() if person_id}
