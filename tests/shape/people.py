"""One community with one person for each role."""

from dataclasses import dataclass

from app.core.db import Base, database, transaction
from app.identity.models import Person
from app.identity.place_scope import Place
from app.identity.rules import OrganisationKind, PlaceKind, Role
from tests.factories.identity import member, place

# role → (its organisation, what the person is there, at which level of the tree)
ROLES = {
    "volunteer": (OrganisationKind.VOLUNTEER_TEAM, Role.MEMBER, PlaceKind.COMMUNITY),
    "property": (OrganisationKind.PROPERTY, Role.DISPATCHER, PlaceKind.ESTATE),
    "committee": (OrganisationKind.RESIDENTS_COMMITTEE, Role.CLERK, PlaceKind.COMMUNITY),
    "owners": (OrganisationKind.OWNERS_COMMITTEE, Role.MEMBER, PlaceKind.ESTATE),
    "social": (OrganisationKind.SOCIAL_ORG, Role.MEMBER, PlaceKind.COMMUNITY),
    "subdistrict": (OrganisationKind.SUBDISTRICT, Role.OFFICER, PlaceKind.SUBDISTRICT),
    "admin": (OrganisationKind.DISTRICT, Role.ADMIN, PlaceKind.DISTRICT),
}
TREE = (PlaceKind.DISTRICT, PlaceKind.SUBDISTRICT, PlaceKind.COMMUNITY, PlaceKind.ESTATE)


@dataclass(frozen=True)
class Settled:
    """Who and what is there."""

    people: dict[str, Person]
    places: dict[PlaceKind, Place]


def settle() -> Settled:
    """Make the tables, a branch of the tree and everybody in it; needs an application context."""
    Base.metadata.create_all(database().engine)
    places: dict[PlaceKind, Place] = {}
    with transaction() as session:
        above = None
        for kind in TREE:
            places[kind] = above = place(session, kind, above)
        found = {
            role: member(session, kind, places[level], post)
            for role, (kind, post, level) in ROLES.items()
        }
    return Settled(found, places)
