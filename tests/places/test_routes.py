"""The tree, grids and single households through their routes."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from app.core import clock
from app.identity.models import Person
from app.identity.place_scope import Place
from app.identity.rules import OrganisationKind
from app.places.models import Household
from tests.clients import Client
from tests.factories import identity, places

Clients = Callable[..., Client]


@pytest.fixture
def community(session: Session) -> Place:
    return identity.community(session)


@pytest.fixture
def home(session: Session, community: Place) -> Household:
    return places.household(session, places.unit(session, community), contact_phone="19900000001")


def person_of(session: Session, kind: OrganisationKind, at: Place) -> Person:
    who = identity.person(session)
    identity.post(session, who, identity.organisation(session, kind, at))
    return who


def test_the_tree_goes_from_the_community_to_units_with_their_households(
    client: Clients, session: Session, community: Place, home: Household
) -> None:
    clerk = person_of(session, OrganisationKind.RESIDENTS_COMMITTEE, community)
    tree = client(clerk).get("/places/tree", community_id=community.id).json
    estate = tree["children"][0]
    building = estate["children"][0]
    unit = building["children"][0]
    assert (estate["name"], building["name"], unit["name"]) == ("和园一村", "3栋", "1单元")
    assert unit["households"] == 1


def test_a_property_company_of_one_estate_finds_the_tree_of_its_community(
    client: Clients, session: Session, community: Place, home: Household
) -> None:
    company = person_of(session, OrganisationKind.PROPERTY, session.get_one(Place, home.estate_id))
    assert client(company).get("/places/communities").json["items"][0]["id"] == str(community.id)
    assert client(company).get("/places/tree", community_id=community.id).status_code == 200


def test_a_community_that_is_not_mine_is_not_found(
    client: Clients, session: Session, community: Place
) -> None:
    stranger = person_of(session, OrganisationKind.RESIDENTS_COMMITTEE, identity.community(session))
    mine = client(stranger)
    assert mine.get("/places/tree", community_id=community.id).status_code == 404
    assert mine.get("/places/grids", community_id=community.id).status_code == 404


def test_the_committee_changes_a_household_and_its_care_is_confirmed_today(
    client: Clients, session: Session, community: Place, home: Household
) -> None:
    clerk = person_of(session, OrganisationKind.RESIDENTS_COMMITTEE, community)
    answer = client(clerk).patch(
        f"/places/households/{home.id}",
        {"care_level": "high", "contact_phone": "199 0000 0002", "floor": -1},
        version=1,
    )
    assert answer.status_code == 200
    assert answer.json["version"] == 2
    assert answer.json["care_confirmed_on"] == clock.today().isoformat()
    assert answer.json["contact_phone_masked"] == "199****0002"


def test_a_stale_change_is_refused_with_the_present_state(
    client: Clients, session: Session, community: Place, home: Household
) -> None:
    clerk = person_of(session, OrganisationKind.RESIDENTS_COMMITTEE, community)
    path = f"/places/households/{home.id}"
    assert client(clerk).patch(path, {"contact_name": "王婆婆"}, version=1).status_code == 200
    answer = client(clerk).patch(path, {"contact_name": "王奶奶"}, version=1)
    assert answer.status_code == 412
    assert answer.json["current"]["contact_name"] == "王婆婆"
    assert client(clerk).patch(path, {"contact_name": "王奶奶"}).status_code == 428


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"contact_phone": "12"}, "contact_phone"),
        ({"floor": 0}, "floor"),
        ({"floor": 900}, "floor"),
        ({"contact_name": "=1"}, "contact_name"),
        ({"care_level": "ill"}, "care_level"),
        ({"diagnosis": "x"}, "diagnosis"),
    ],
)
def test_what_is_not_right_is_named_by_its_field(
    client: Clients,
    session: Session,
    community: Place,
    home: Household,
    said: dict[str, object],
    field: str,
) -> None:
    clerk = person_of(session, OrganisationKind.RESIDENTS_COMMITTEE, community)
    answer = client(clerk).patch(f"/places/households/{home.id}", said, version=1)
    assert (answer.status_code, list(answer.json["errors"])) == (422, [field])


def test_nobody_but_its_committee_changes_a_household(
    client: Clients, session: Session, community: Place, home: Household
) -> None:
    other = identity.community(session)
    for kind, at, status in (
        (OrganisationKind.PROPERTY, community, 403),
        (OrganisationKind.SUBDISTRICT, community, 403),
        (OrganisationKind.RESIDENTS_COMMITTEE, other, 404),
    ):
        who = person_of(session, kind, at)
        answer = client(who).patch(
            f"/places/households/{home.id}", {"contact_name": "某"}, version=1
        )
        assert answer.status_code == status
