"""The actor: the person behind a request, with their posts and what these reach. A value, made
anew for each request, so that no rule ever looks at a half-loaded row.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from app.identity.rules import Home, OrganisationKind, Party, Role, home_of, is_office, party_of

COMMITTEE_KINDS = (OrganisationKind.RESIDENTS_COMMITTEE, OrganisationKind.COMMUNITY_PARTY)


class Named(NamedTuple):
    """An organisation by its name."""

    id: UUID
    name: str
    kind: OrganisationKind


class Shown(NamedTuple):
    """A person as others are shown them; a `guest` has no account."""

    id: UUID
    name: str
    guest: bool


@dataclass(frozen=True)
class Post:
    """One membership of today. `community_ids` and `estate_ids` are those wholly inside the
    post's place; a post at an estate has no community."""

    id: UUID
    organisation_id: UUID
    organisation_name: str
    kind: OrganisationKind
    role: Role
    place_id: UUID
    place_kind: str
    place_name: str
    place_path: str
    community_ids: frozenset[UUID] = frozenset()
    estate_ids: frozenset[UUID] = frozenset()

    @property
    def party(self) -> Party | None:
        return party_of(self.kind)


@dataclass(frozen=True)
class Actor:
    """A signed-in person, and flask-login's user."""

    id: UUID
    name: str
    elder_mode: bool
    device_id: UUID
    csrf_token: str
    posts: tuple[Post, ...]

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        return str(self.id)

    @cached_property
    def organisations(self) -> frozenset[UUID]:
        """The organisations the actor belongs to today."""
        return frozenset(post.organisation_id for post in self.posts)

    @cached_property
    def own_names(self) -> tuple[Mapping[UUID, Shown], Mapping[UUID, Named]]:
        """Whom nobody has to look up for them: themselves, and where they have a post."""
        if not self.posts:
            return {}, {}
        posts = [(one.organisation_id, one.organisation_name, one.kind) for one in self.posts]
        me = Shown(self.id, self.name, guest=False)  # who has a post is no guest
        return {self.id: me}, {one[0]: Named(*one) for one in posts}

    @cached_property
    def parties(self) -> frozenset[Party]:
        """The parties the actor acts for."""
        return frozenset(post.party for post in self.posts if post.party)

    @cached_property
    def office(self) -> bool:
        """True if any post is an office post: then the session times out when idle."""
        return any(is_office(post.kind) for post in self.posts)

    @cached_property
    def home(self) -> Home:
        return home_of([post.kind for post in self.posts])

    def communities(self, *kinds: OrganisationKind) -> frozenset[UUID]:
        """Communities reached by posts of these kinds (all kinds if none is named)."""
        return _union(post.community_ids for post in self._posts(kinds))

    def estates(self, *kinds: OrganisationKind) -> frozenset[UUID]:
        """Estates reached by posts of these kinds (all kinds if none is named)."""
        return _union(post.estate_ids for post in self._posts(kinds))

    def holds(self, *kinds: OrganisationKind, roles: Collection[Role] | None = None) -> bool:
        """True if the actor has a post of one of these kinds (and one of these roles)."""
        return any(roles is None or post.role in roles for post in self._posts(kinds))

    @property
    def committee_communities(self) -> frozenset[UUID]:
        """Communities that the actor works for in the residents' committee or party branch."""
        return self.communities(*COMMITTEE_KINDS)

    @property
    def is_admin(self) -> bool:
        return self.holds(roles=(Role.ADMIN,))

    def _posts(self, kinds: Collection[OrganisationKind]) -> list[Post]:
        return [post for post in self.posts if not kinds or post.kind in kinds]


def _union(sets: Iterable[frozenset[UUID]]) -> frozenset[UUID]:
    return frozenset().union(*sets)
