"""One community with one person for each role."""

from app.core.db import Base, database, transaction
from app.identity.models import Person
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


def settle() -> dict[str, Person]:
    """Make the tables, a branch of the tree and everybody in it; needs an application context."""
    Base.metadata.create_all(database().engine)
    with transaction() as session:
        levels = {}
        above = None
        for kind in TREE:
            levels[kind] = above = place(session, kind, above)
        return {
            role: member(session, kind, levels[level], post)
            for role, (kind, post, level) in ROLES.items()
        }
