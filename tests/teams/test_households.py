"""The list of households and who is their person."""

from uuid import uuid4

from sqlalchemy.orm import Session

from app.identity.rules import OrganisationKind
from app.places.rules import CareLevel
from tests.factories import identity, places, teams
from tests.teams.world import Clients, World, doors, person_of


def test_households_come_as_one_walks_past_them_page_by_page(
    client: Clients, session: Session, world: World
) -> None:
    places.household(session, world.unit, "1001")
    places.household(session, world.unit, "201")
    mine = client(world.clerk)
    found, cursor = [], None
    for _ in range(3):
        page = mine.get("/households", limit=2, **({"cursor": cursor} if cursor else {}))
        found += doors(page)
        cursor = page.json["next_cursor"]
    assert cursor is None
    assert found == ["101", "102", "103", "104", "201", "1001"]


def test_the_list_is_narrowed_by_place_care_words_and_person(
    client: Clients, session: Session, world: World
) -> None:
    home = places.household(session, world.unit, "305", care_level=CareLevel.HIGH)
    named = places.household(session, world.unit, "306", contact_name="欧阳老师")
    teams.assignment(session, home, world.chen.id)
    mine = client(world.clerk)
    assert doors(mine.get("/households", care_level="high")) == ["305"]
    assert doors(mine.get("/households", q="欧阳")) == ["306"]
    assert doors(mine.get("/households", q="3栋 306")) == ["306"]
    assert doors(mine.get("/households", q="%")) == []
    assert doors(mine.get("/households", person_id=world.chen.id)) == ["305"]
    assert len(doors(mine.get("/households", unit_id=world.unit.id))) == 6
    assert doors(mine.get("/households", building_id=uuid4())) == []
    assert "305" not in doors(mine.get("/households", without_person="true"))
    assert named.door in doors(mine.get("/households", without_person="true"))


def test_the_committee_says_who_looks_after_a_household(
    client: Clients, session: Session, world: World
) -> None:
    path = f"/households/{world.doors[0].id}"
    said = {"main_id": str(world.chen.id), "backup_id": str(world.li.id)}
    mine = client(world.clerk)
    answer = mine.put(f"{path}/assignment", said, version=1)
    assert answer.status_code == 200
    assert (answer.json["main"]["name"], answer.json["backup"]["name"]) == ("陈师傅", "李姐")
    assert answer.json["version"] == 2
    assert mine.put(f"{path}/assignment", said, version=2).json["version"] == 2
    stale = mine.put(f"{path}/assignment", said, version=1)
    assert stale.status_code == 412
    assert stale.json["current"]["main"]["name"] == "陈师傅"
    nobody = mine.put(f"{path}/assignment", {"main_id": None, "backup_id": None}, version=2)
    assert nobody.json["main"] is None


def test_the_two_persons_must_be_two_members_and_not_of_the_property_company(
    client: Clients, session: Session, world: World
) -> None:
    path = f"/households/{world.doors[0].id}/assignment"
    stranger = identity.person(session)
    steward = person_of(session, OrganisationKind.PROPERTY, world.community)
    teams.team(session, world.community, steward)
    for main, backup, field in (
        (world.chen, world.chen, "backup_id"),
        (None, world.chen, "backup_id"),
        (stranger, None, "main_id"),
        (world.chen, stranger, "backup_id"),
        (steward, None, "main_id"),
    ):
        said = {"main_id": main and str(main.id), "backup_id": backup and str(backup.id)}
        answer = client(world.clerk).put(path, said, version=1)
        assert (answer.status_code, list(answer.json["errors"])) == (422, [field])


def test_many_households_are_assigned_at_once_or_none(
    client: Clients, session: Session, world: World
) -> None:
    mine = client(world.clerk)
    ids = [str(home.id) for home in world.doors]
    said = {"household_ids": ids, "main_id": str(world.chen.id), "backup_id": None}
    assert mine.post("/households/assignments", said).json == {"changed": 4}
    assert mine.post("/households/assignments", said).json == {"changed": 0}
    assert {item["version"] for item in mine.get("/households").json["items"]} == {2}
    lost = {**said, "household_ids": [*ids, str(uuid4())], "main_id": str(world.li.id)}
    assert mine.post("/households/assignments", lost).status_code == 404
    assert mine.get("/households").json["items"][0]["main"]["name"] == "陈师傅"


def test_only_the_committee_assigns(client: Clients, session: Session, world: World) -> None:
    teams.assignment(session, world.doors[0], world.chen.id)
    said = {"main_id": str(world.li.id), "backup_id": None}
    path = f"/households/{world.doors[0].id}/assignment"
    assert client(world.chen).put(path, said, version=1).status_code == 403
    there = person_of(session, OrganisationKind.RESIDENTS_COMMITTEE, identity.community(session))
    assert client(there).put(path, said, version=1).status_code == 404
