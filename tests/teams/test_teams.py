"""Teams, their members and pairings."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from app.core import clock
from app.identity.place_scope import Place
from app.identity.rules import OrganisationKind
from tests.factories import identity, teams
from tests.teams.world import Clients, World, person_of


def test_a_committee_founds_a_team_and_takes_people_in(
    client: Clients, session: Session, world: World
) -> None:
    mine = client(world.clerk)
    said = {"kind": "red_armband", "name": "红袖章一队", "place_id": str(world.community.id)}
    team = mine.post("/teams", said)
    assert team.status_code == 201
    assert mine.post("/teams", said).json["code"] == "team_name_taken"
    path = f"/teams/{team.json['id']}"
    who = str(world.li.id)
    answer = mine.post(f"{path}/members", {"person_id": who, "leader": False})
    assert answer.json["members"] == [{"person": {"id": who, "name": "李姐"}, "leader": False}]
    again = mine.post(f"{path}/members", {"person_id": who, "leader": False})
    assert again.json["code"] == "team_already_member"
    leader = mine.post(f"{path}/members", {"person_id": who, "leader": True})
    assert [member["leader"] for member in leader.json["members"]] == [True]


def test_a_team_is_renamed_by_whoever_saw_its_present_state(
    client: Clients, session: Session, world: World
) -> None:
    mine = client(world.clerk)
    path = f"/teams/{world.team.id}"
    assert mine.patch(path, {"name": "红旗手甲队"}, version=1).json["version"] == 2
    stale = mine.patch(path, {"name": "红旗手乙队"}, version=1)
    assert (stale.status_code, stale.json["current"]["name"]) == (412, "红旗手甲队")


def test_a_team_belongs_to_a_community_or_an_estate(
    client: Clients, session: Session, world: World
) -> None:
    said = {"kind": "red_flag", "name": "楼里的队", "place_id": str(world.unit.id)}
    answer = client(world.clerk).post("/teams", said)
    assert (answer.status_code, list(answer.json["errors"])) == (422, ["place_id"])


def test_a_member_leaves_only_when_nobody_is_left_without_their_person(
    client: Clients, session: Session, world: World
) -> None:
    row = teams.assignment(session, world.doors[0], world.chen.id)
    teams.pairing(session, world.team, world.chen, world.unit)
    mine = client(world.clerk)
    path = f"/teams/{world.team.id}/members/{world.chen.id}"
    refused = mine.delete(path)
    assert (refused.status_code, refused.json["households"]) == (409, 1)
    assert "1 户" in refused.json["title"]
    row.main_person_id = world.li.id
    identity.stored(session, row)
    assert mine.delete(path).status_code == 204
    assert mine.get("/pairings").json["items"] == []
    assert mine.delete(path).status_code == 404
    names = [one["person"]["name"] for one in mine.get("/teams").json["items"][0]["members"]]
    assert names == ["李姐"]


def test_whoever_stays_in_another_team_may_leave_one(
    client: Clients, session: Session, world: World
) -> None:
    teams.assignment(session, world.doors[0], world.chen.id)
    teams.team(session, world.community, world.chen)
    path = f"/teams/{world.team.id}/members/{world.chen.id}"
    assert client(world.clerk).delete(path).status_code == 204


def test_a_member_is_paired_with_a_building_and_it_ends(
    client: Clients, session: Session, world: World
) -> None:
    mine = client(world.clerk)
    said = {
        "team_id": str(world.team.id),
        "person_id": str(world.chen.id),
        "place_id": str(world.unit.parent_id),
    }
    pairing = mine.post("/pairings", said)
    assert pairing.status_code == 201
    assert pairing.json["place_text"] == "和园一村 3栋"
    assert mine.post("/pairings", said).json["code"] == "already_paired"
    assert len(client(world.chen).get("/pairings").json["items"]) == 1
    assert client(world.li).get("/pairings").json["items"] == []
    building = {"building_id": world.unit.parent_id}
    assert len(mine.get("/pairings", **building).json["items"]) == 1
    assert mine.delete(f"/pairings/{pairing.json['id']}").status_code == 204
    assert client(world.chen).get("/households").json["items"] == []
    assert mine.post("/pairings", said).status_code == 201


def test_a_pairing_may_begin_on_a_day_to_come_and_opens_no_door_before(
    client: Clients, session: Session, world: World
) -> None:
    mine = client(world.clerk)
    said = {
        "team_id": str(world.team.id),
        "person_id": str(world.chen.id),
        "place_id": str(world.unit.id),
    }
    soon = clock.today() + timedelta(days=9)
    paired = mine.post("/pairings", said | {"since": soon.isoformat()})
    assert (paired.status_code, paired.json["coming"]) == (201, True)
    assert paired.json["since"] == soon.isoformat()
    assert [one["coming"] for one in client(world.chen).get("/pairings").json["items"]] == [True]
    assert client(world.chen).get("/households").json["items"] == []
    assert mine.post("/pairings", said).json["code"] == "already_paired"
    assert mine.delete(f"/pairings/{paired.json['id']}").status_code == 204
    assert client(world.chen).get("/pairings").json["items"] == []
    assert mine.post("/pairings", said).json["coming"] is False


@pytest.mark.parametrize("days", [-1, 181])
def test_a_pairing_begins_today_or_within_half_a_year(
    client: Clients, world: World, days: int
) -> None:
    said = {
        "team_id": str(world.team.id),
        "person_id": str(world.chen.id),
        "place_id": str(world.unit.id),
        "since": (clock.today() + timedelta(days=days)).isoformat(),
    }
    assert [*client(world.clerk).post("/pairings", said).json["errors"]] == ["since"]


def test_who_leaves_the_team_is_not_paired_later_either(
    client: Clients, session: Session, world: World
) -> None:
    soon = clock.today() + timedelta(days=9)
    teams.pairing(session, world.team, world.chen, world.unit, soon)
    mine = client(world.clerk)
    path = f"/teams/{world.team.id}/members/{world.chen.id}"
    assert mine.delete(path).status_code == 204
    assert mine.get("/pairings").json["items"] == []


def test_pairings_join_a_member_of_the_team_and_a_building_or_unit(
    client: Clients, session: Session, world: World
) -> None:
    stranger = identity.person(session)
    elsewhere = identity.community(session)
    good = {
        "team_id": str(world.team.id),
        "person_id": str(world.chen.id),
        "place_id": str(world.unit.id),
    }
    for wrong, field in (
        ({"person_id": str(stranger.id)}, "person_id"),
        ({"place_id": str(world.community.id)}, "place_id"),
        ({"place_id": str(elsewhere.id)}, "place_id"),
    ):
        answer = client(world.clerk).post("/pairings", good | wrong)
        assert (answer.status_code, list(answer.json["errors"])) == (422, [field])


def test_a_volunteer_sees_their_own_team_and_changes_nothing(
    client: Clients, session: Session, world: World
) -> None:
    teams.team(session, world.community)
    mine = client(world.chen)
    assert [team["id"] for team in mine.get("/teams").json["items"]] == [str(world.team.id)]
    said = {"kind": "red_flag", "name": "自己的队", "place_id": str(world.community.id)}
    assert mine.post("/teams", said).status_code == 403
    assert mine.delete(f"/teams/{world.team.id}/members/{world.li.id}").status_code == 403


def test_another_committee_does_not_find_our_team(
    client: Clients, session: Session, world: World
) -> None:
    there = person_of(session, OrganisationKind.RESIDENTS_COMMITTEE, identity.community(session))
    mine = client(there)
    assert mine.get(f"/teams/{world.team.id}").status_code == 404
    assert mine.patch(f"/teams/{world.team.id}", {"name": "抢来的队"}, version=1).status_code == 404


def test_the_subdistrict_looks_at_teams_without_changing_them(
    client: Clients, session: Session, world: World
) -> None:
    street = session.get_one(Place, world.community.parent_id)
    officer = person_of(session, OrganisationKind.SUBDISTRICT, street)
    assert len(client(officer).get("/teams").json["items"]) == 1
    path = f"/teams/{world.team.id}"
    assert client(officer).patch(path, {"name": "改一下"}, version=1).status_code == 403
