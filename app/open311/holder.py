"""Another system as the one who acts: a value made from its key for each request."""

from dataclasses import dataclass
from uuid import UUID

from app.identity.actor import Actor
from app.identity.rules import OrganisationKind
from app.places.models import Place, PlaceKind


@dataclass(frozen=True)
class Scope:
    """A community or an estate that is open to other systems."""

    place_id: UUID
    community_id: UUID
    whole_community: bool
    path: str
    jurisdiction: str

    @classmethod
    def of(cls, place: Place, code: str | None) -> "Scope":
        """The scope of a place; `code` is that of its community."""
        return cls(
            place_id=place.id,
            community_id=place.community_id or place.id,
            whole_community=place.kind is PlaceKind.COMMUNITY,
            path=place.path,
            jurisdiction=code or str(place.community_id),
        )


@dataclass(frozen=True)
class KeyHolder(Actor):
    """A key as an actor: it works in one community and holds no post there, so it may report, see
    what it reported, and nothing else."""

    key_id: UUID
    scope: Scope

    def communities(self, *kinds: OrganisationKind) -> frozenset[UUID]:
        return frozenset() if kinds else frozenset({self.scope.community_id})
