"""What people keep by hand of what is owed: stops of their own, residents' hours, occasions."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from app.identity.models import Person
from app.identity.rules import OrganisationKind
from app.places.models import Grid, Household
from app.visits.models_owing import Occasion, StopAsked
from tests.clients import Client
from tests.factories import identity, teams
from tests.factories.visits import Scene, found
from tests.visits.gridding import doors, five, owed

Clients = Callable[[Person], Client]


@pytest.fixture
def homes(session: Session, known: Scene, grid: Grid) -> list[Household]:
    return five(session, known)


def test_new_residents_are_owed_a_visit_that_may_be_withdrawn(
    client: Clients, known: Scene, homes: list[Household]
) -> None:
    office, path = client(known.committee), f"/visits/owed/doors/{homes[3].id}/stops"
    for _ in range(2):  # what is owed already is not owed twice
        told = office.post(path, {"purpose": "new_residents"}).json
    (stop,) = told["stops"]
    assert (stop["purpose"], stop["due_on"]) == ("new_residents", "2026-12-24")
    assert told["next"]["why"][-1] == "新住户，去认识一下"
    assert client(known.chen).post(path, {"purpose": "asked"}).status_code == 403
    assert office.post(path, {"purpose": "care"}).status_code == 422
    gone = office.post(f"/visits/owed/stops/{stop['id']}/withdraw", {}).json
    assert gone["stops"] == []
    again = office.post(f"/visits/owed/stops/{stop['id']}/withdraw", {})
    assert again.json["code"] == "visit_stop_is_over"
    assert len(found(StopAsked)) == 1


def test_a_stop_is_asked_and_withdrawn_only_by_its_own_committee(
    session: Session, client: Clients, known: Scene, homes: list[Household]
) -> None:
    elsewhere = identity.community(session)
    other = client(identity.member(session, OrganisationKind.RESIDENTS_COMMITTEE, elsewhere))
    chen = identity.member(session, OrganisationKind.RESIDENTS_COMMITTEE, elsewhere)
    teams.assignment(session, homes[0], chen.id)
    path = f"/visits/owed/doors/{homes[0].id}/stops"
    assert other.post(path, {"purpose": "asked"}).status_code == 404
    assert client(chen).post(path, {"purpose": "asked"}).status_code == 404
    told = client(known.committee).post(path, {"purpose": "new_residents"}).json
    gone = other.post(f"/visits/owed/stops/{told['stops'][0]['id']}/withdraw", {})
    assert gone.status_code == 404


def test_the_hours_that_residents_like_are_kept(
    client: Clients, known: Scene, homes: list[Household]
) -> None:
    path = f"/visits/owed/doors/{homes[0].id}"
    said = {"hours": ["rest_morning", "workday_morning"]}
    told = client(known.chen).put(f"{path}/hours", said, version=0).json
    assert (told["hours"], told["hours_version"]) == (["workday_morning", "rest_morning"], 1)
    stale = client(known.chen).put(f"{path}/hours", said, version=0)
    assert stale.status_code == 412
    back = client(known.committee).put(f"{path}/hours", {"hours": []}, version=1).json
    assert (back["hours"], back["hours_version"]) == ([], 2)


OCCASION = {
    "title": "过冬安全检查",
    "purpose": "safety",
    "care_levels": ["focus", "high"],
    "starts_on": "2026-11-01",
    "ends_on": "2026-11-30",
}


def test_an_occasion_is_made_changed_and_removed(
    client: Clients, known: Scene, homes: list[Household]
) -> None:
    office, path = client(known.committee), "/visits/owed/occasions"
    said = OCCASION | {"community_id": str(known.community.id)}
    made = office.post(path, said).json
    assert (made["title"], made["care_levels"]) == ("过冬安全检查", ["high", "focus"])
    safe = owed(office, known, purpose="safety")
    assert doors(safe) == ["101", "103", "102", "909"]
    assert safe[0]["why"][1] == "过冬安全检查，到 11-30 为止"
    assert doors(owed(office, known, show="open", purpose="safety")) == ["101"]
    one = f"{path}/{made['id']}"
    assert office.put(one, OCCASION | {"title": "用火检查"}, version=7).status_code == 412
    changed = office.put(one, OCCASION | {"title": "用火检查"}, version=1).json
    assert [item["title"] for item in office.get(path).json["items"]] == ["用火检查"]
    listed = office.get(path, community_id=known.community.id).json["items"]
    assert listed == [changed]
    assert office.delete(one, version=2).status_code == 204
    assert found(Occasion) == []


@pytest.mark.parametrize(
    ("dates", "word"),
    [
        ({"ends_on": "2026-10-31"}, "早于"),
        ({"starts_on": "2026-01-01"}, "半年"),
        ({"ends_on": "2026-11-23"}, "过去"),
    ],
)
def test_an_occasion_that_cannot_be_is_refused(
    client: Clients, known: Scene, dates: dict[str, str], word: str
) -> None:
    said = OCCASION | {"community_id": str(known.community.id)} | dates
    answer = client(known.committee).post("/visits/owed/occasions", said)
    assert word in answer.json["errors"]["ends_on"][0]


def test_an_occasion_is_its_own_committees(session: Session, client: Clients, known: Scene) -> None:
    office, path = client(known.committee), "/visits/owed/occasions"
    made = office.post(path, OCCASION | {"community_id": str(known.community.id)}).json
    elsewhere = identity.community(session)
    other = client(identity.member(session, OrganisationKind.RESIDENTS_COMMITTEE, elsewhere))
    assert other.get(path).json["items"] == []
    assert other.put(f"{path}/{made['id']}", OCCASION, version=1).status_code == 404
    strange = OCCASION | {"community_id": str(elsewhere.id)}
    assert office.post(path, strange).status_code == 404
