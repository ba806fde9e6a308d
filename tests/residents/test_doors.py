"""The committee gives out codes, prints them, replaces them, and says which numbers are public."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.residents.models import DoorCode
from app.teams.rules import TeamKind
from tests.clients import Client
from tests.factories import identity, teams, tickets
from tests.factories.tickets import Neighbourhood
from tests.residents.passer import Passer

Someone = Callable[[], Passer]


def test_the_committee_gives_codes_and_prints_them(
    app: Flask, session: Session, here: Neighbourhood
) -> None:
    office = Client(app, here.people["committee"])
    wanted = {"place_ids": [str(here.building.id), str(here.unit.id)]}
    made = office.post("/residents/doors", wanted)
    assert made.status_code == 201, made.text
    again = office.post("/residents/doors", wanted)
    assert [one["id"] for one in again.json["items"]] == [one["id"] for one in made.json["items"]]
    ids = [one["id"] for one in made.json["items"]]
    sheet = office.post("/residents/doors/sheet", {"ids": ids}).json["items"]
    assert [one["id"] for one in sheet] == ids
    token = sheet[0]["link"].removeprefix("http://localhost/d/")
    assert len(token) >= 22
    assert sheet[0]["picture"].startswith("data:image/svg+xml")
    assert Passer(app, token).open().page["place"] == sheet[0]["place"]
    assert token not in office.get("/residents/doors").text


def test_a_code_is_replaced_and_revoked(
    app: Flask, here: Neighbourhood, door: DoorCode, passer: Someone
) -> None:
    office = Client(app, here.people["committee"])
    renewed = office.post(f"/residents/doors/{door.id}/renewals", {}).json
    assert renewed["id"] != str(door.id)
    assert Passer(app, door.token).call("GET", f"/door/{door.token}").status_code == 404
    assert office.delete(f"/residents/doors/{renewed['id']}").status_code == 204
    assert office.delete(f"/residents/doors/{renewed['id']}").status_code == 404
    assert office.get("/residents/doors").json["items"] == []


def test_codes_are_for_buildings_and_units_of_ones_own_community(
    app: Flask, session: Session, here: Neighbourhood, door: DoorCode
) -> None:
    office = Client(app, here.people["committee"])
    estate = office.post("/residents/doors", {"place_ids": [str(here.estate.id)]})
    assert estate.json["code"] == "door_place_wrong"
    other = tickets.neighbourhood(session)
    session.commit()
    foreign = Client(app, other.people["committee"])
    assert foreign.get("/residents/doors").json["items"] == []
    assert foreign.delete(f"/residents/doors/{door.id}").status_code == 404
    assert foreign.post(f"/residents/doors/{door.id}/renewals", {}).status_code == 404
    assert foreign.post("/residents/doors/sheet", {"ids": [str(door.id)]}).json["items"] == []
    wanted = {"place_ids": [str(here.unit.id)]}
    assert foreign.post("/residents/doors", wanted).status_code == 404


def test_public_numbers_are_shown_at_the_door_and_no_others(
    app: Flask, session: Session, here: Neighbourhood, passer: Someone
) -> None:
    office = Client(app, here.people["committee"])
    duty = {"place_id": str(here.estate.id), "name": "物业值班", "number": "025-8555 0002"}
    community = {"place_id": str(here.community.id), "name": "社区", "number": "025-85550001"}
    for said in (community, duty):
        assert office.post("/residents/numbers", said).status_code == 201
    assert office.post("/residents/numbers", duty | {"number": "来电话"}).status_code == 422
    shown = [(one["name"], one["number"]) for one in passer().page["phones"]]
    assert shown == [("物业值班", "025-8555 0002"), ("社区", "025-85550001")]
    for one in office.get("/residents/numbers").json["items"]:
        assert office.delete(f"/residents/numbers/{one['id']}").status_code == 204
    assert passer().page["phones"] == []


def test_who_looks_after_a_building_is_named_without_a_number(
    session: Session, here: Neighbourhood, passer: Someone
) -> None:
    flag, armband = identity.person(session, "陈师傅"), identity.person(session, "李姐")
    former = identity.person(session, "走了的人")
    team = teams.team(session, here.community, flag)
    other = teams.team(session, here.community, armband, kind=TeamKind.RED_ARMBAND)
    teams.pairing(session, other, armband, here.unit)
    teams.pairing(session, team, flag, here.building)
    teams.pairing(session, team, former, here.building)  # paired, but in the team no more
    session.commit()
    page = passer().page
    assert [(one["team"], one["name"]) for one in page["carers"]] == [
        ("红旗手", "陈师傅"),
        ("红袖章", "李姐"),
    ]
    assert page["companies"] == [here.organisations["property"].name]
    assert "199" not in str(page["carers"])


@pytest.mark.parametrize("who", ["property", "volunteer", "owners"])
def test_nobody_else_gives_out_codes(app: Flask, here: Neighbourhood, who: str) -> None:
    wanted = {"place_ids": [str(here.unit.id)]}
    assert Client(app, here.people[who]).post("/residents/doors", wanted).status_code == 403
