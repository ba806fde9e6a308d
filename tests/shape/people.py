"""One community with one person for each role, put straight into the tables."""

from app.core.db import Base, Session, database, transaction, uuid7
from app.core.keys import keys
from app.identity.models import Membership, Organisation, Person
from app.identity.place_scope import Place
from app.identity.rules import OrganisationKind, PlaceKind, Role
from app.identity.sign_in import hasher

PASSWORD = "红邻的测试2026"
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


def phone_of(role: str) -> str:
    return f"1990000{list(ROLES).index(role):04d}"


def settle() -> None:
    """Make the tables and everybody in them; needs an application context."""
    Base.metadata.create_all(database().engine)
    with transaction() as session:
        places = _places(session)
        for role, (kind, post, level) in ROLES.items():
            _person(session, role, kind, post, places[level])


def _places(session: Session) -> dict[PlaceKind, Place]:
    made: dict[PlaceKind, Place] = {}
    parent: Place | None = None
    for kind in TREE:
        new = uuid7()
        path = f"{parent.path if parent else '/'}{new}/"
        place = Place(id=new, kind=kind, name="试", path=path)
        place.parent_id = parent.id if parent else None
        place.community_id = new if kind is PlaceKind.COMMUNITY else None
        if kind is PlaceKind.ESTATE:
            place.community_id, place.estate_id = made[PlaceKind.COMMUNITY].id, new
        session.add(place)
        session.flush()
        made[kind] = parent = place
    return made


def _person(session: Session, role: str, kind: OrganisationKind, post: Role, place: Place) -> None:
    phone = phone_of(role)
    person = Person(
        name="试",
        phone=phone,
        phone_blind=keys().blind(phone),
        password_hash=hasher.hash(PASSWORD),
    )
    organisation = Organisation(kind=kind, name=f"试 {role}", place_id=place.id)
    session.add_all([person, organisation])
    session.flush()
    session.add(
        Membership(
            person_id=person.id, organisation_id=organisation.id, role=post, place_id=place.id
        )
    )
