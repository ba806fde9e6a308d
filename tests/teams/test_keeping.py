"""Who looks after whom: what is missing, suggestions, hand-overs, undoing, history."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from app.core import clock
from app.identity.rules import OrganisationKind
from app.teams.jobs import blank_notes, hand_overs
from app.teams.models_keeping import CareChange
from app.visits.models import Visit
from app.visits.rules import VisitState
from tests.factories import identity, teams, visits
from tests.teams.world import Clients, World, person_of

TUESDAY = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def today() -> Any:
    with clock.frozen(TUESDAY):
        yield


def handing(world: World, **other: Any) -> dict[str, Any]:
    return {
        "community_id": str(world.community.id),
        "person_id": str(world.chen.id),
        "receivers": [str(world.li.id)],
        "first": "2026-11-24",
        "last": None,
    } | other


def holders(client: Clients, world: World) -> list[tuple[str | None, str | None]]:
    listed = client(world.clerk).get("/households").json["items"]
    return [
        tuple(one[role]["name"] if one[role] else None for role in ("main", "backup"))
        for one in listed
    ]


def test_doors_without_a_person_and_too_many_for_one_are_named_without_ranking(
    client: Clients, session: Session, world: World
) -> None:
    for home in world.doors[:3]:
        teams.assignment(session, home, world.chen.id)
    mine, query = client(world.clerk), {"community_id": str(world.community.id)}
    first = mine.get("/keeping", **query).json
    assert (first["limit"], first["limit_version"], first["too_much"]) == (60, 0, [])
    assert [(one["place_text"], one["households"]) for one in first["without_person"]] == [
        ("和园一村 3栋", 1)
    ]
    said = mine.put("/keeping/limit", query | {"households": 2}, version=0)
    assert [(one["person"]["name"], one["households"]) for one in said.json["too_much"]] == [
        ("陈师傅", 3)
    ]
    assert mine.put("/keeping/limit", query | {"households": 3}, version=0).status_code == 412
    wrong = mine.put("/keeping/limit", query | {"households": 0}, version=1)
    assert (wrong.status_code, list(wrong.json["errors"])) == (422, ["households"])


def test_somebody_who_is_in_no_team_any_more_looks_after_nobody(
    client: Clients, session: Session, world: World
) -> None:
    gone = person_of(session, OrganisationKind.VOLUNTEER_TEAM, world.community)
    for home in world.doors:
        teams.assignment(session, home, gone.id)
    seen = client(world.clerk).get("/keeping", community_id=world.community.id).json
    assert [one["households"] for one in seen["without_person"]] == [4]


def test_a_suggestion_is_shown_as_a_difference_taken_in_one_go_and_undone(
    client: Clients, session: Session, world: World
) -> None:
    teams.assignment(session, world.doors[0], world.chen.id)
    mine, asked = client(world.clerk), {"estate_id": str(world.unit.estate_id)}
    shown = mine.post("/keeping/suggestions/preview", asked).json
    assert (shown["households"], shown["still_without"]) == (4, 0)
    assert {one["person"]["name"]: one["after"] for one in shown["people"]} == {
        "陈师傅": 2,
        "李姐": 2,
    }
    taken = mine.post("/keeping/suggestions", asked | {"digest": shown["digest"]})
    assert (taken.status_code, taken.json["state"], taken.json["households"]) == (
        201,
        "standing",
        4,
    )
    assert holders(client, world)[0] == ("陈师傅", "李姐")
    assert {main for main, _ in holders(client, world)} == {"陈师傅", "李姐"}
    assert mine.post("/keeping/suggestions/preview", asked).json["households"] == 0
    again = mine.post("/keeping/suggestions", asked | {"digest": shown["digest"]})
    assert (again.status_code, again.json["code"]) == (409, "care_suggestion_changed")
    path = f"/keeping/changes/{taken.json['id']}/undo"
    assert mine.post(path, version=99).status_code == 412
    undone = mine.post(path, version=taken.json["version"])
    assert (undone.json["state"], undone.json["may_undo"]) == ("undone", False)
    assert holders(client, world) == [("陈师傅", None), *[(None, None)] * 3]
    late = mine.post(path, version=undone.json["version"])
    assert (late.status_code, late.json["code"]) == (409, "care_too_late_to_undo")


def test_undoing_leaves_alone_what_somebody_has_changed_since(
    client: Clients, session: Session, world: World
) -> None:
    mine, asked = client(world.clerk), {"estate_id": str(world.unit.estate_id)}
    shown = mine.post("/keeping/suggestions/preview", asked).json
    taken = mine.post("/keeping/suggestions", asked | {"digest": shown["digest"]}).json
    home = mine.get(f"/households/{world.doors[0].id}").json
    said = {"main_id": str(world.li.id), "backup_id": None}
    mine.put(f"/households/{home['id']}/assignment", said, version=home["version"])
    mine.post(f"/keeping/changes/{taken['id']}/undo", version=taken["version"])
    assert holders(client, world) == [("李姐", None), *[(None, None)] * 3]


def test_doors_pairings_and_open_visits_are_handed_over_for_good_and_come_back_when_undone(
    client: Clients, session: Session, world: World
) -> None:
    for home in world.doors[:2]:
        teams.assignment(session, home, world.chen.id)
    teams.pairing(session, world.team, world.chen, world.unit)
    visit = visits.visit(
        session, world.doors[0], world.chen, state=VisitState.ACCEPTED, on=clock.today()
    )
    mine = client(world.clerk)
    shown = mine.post("/keeping/hand-overs/preview", handing(world)).json
    assert [(one["households"], one["main_after"]) for one in shown["groups"]] == [(2, "李姐")]
    done = mine.post("/keeping/hand-overs", handing(world, note="先打电话再上门"))
    assert (done.status_code, done.json["state"], done.json["note"]) == (
        201,
        "standing",
        "先打电话再上门",
    )
    assert holders(client, world)[:2] == [("李姐", None)] * 2
    pairs = mine.get("/pairings").json["items"]
    assert [one["person"]["name"] for one in pairs] == ["李姐"]
    session.expire_all()
    now = session.get_one(Visit, visit.id)
    assert (now.person_id, now.state) == (world.li.id, VisitState.PROPOSED)
    assert len(client(world.chen).get("/households").json["items"]) == 0
    told = client(world.li).get("/inbox").json["items"]
    assert {one["link"] for one in told} == {"/today", "/proposals"}
    session.rollback()
    mine.post(f"/keeping/changes/{done.json['id']}/undo", version=done.json["version"])
    assert holders(client, world)[:2] == [("陈师傅", None)] * 2
    pairs = mine.get("/pairings").json["items"]
    assert [one["person"]["name"] for one in pairs] == ["陈师傅"]
    session.expire_all()
    now = session.get_one(Visit, visit.id)
    assert (now.person_id, now.state) == (world.chen.id, VisitState.ACCEPTED)


def test_a_leave_begins_on_its_day_ends_after_its_last_and_the_door_remembers(
    client: Clients, session: Session, world: World
) -> None:
    teams.assignment(session, world.doors[0], world.chen.id)
    mine = client(world.clerk)
    asked = handing(world, first="2026-11-26", last="2026-11-28")
    planned = mine.post("/keeping/hand-overs", asked).json
    assert planned["state"] == "coming"
    states = {}
    for days in (1, 2, 4, 5):
        with clock.frozen(TUESDAY + timedelta(days=days)):
            hand_overs(session, clock.today())
            session.commit()
            states[days] = holders(client, world)[0]
    assert states == {
        1: ("陈师傅", None),
        2: ("李姐", "陈师傅"),
        4: ("李姐", "陈师傅"),
        5: ("陈师傅", None),
    }
    stood = mine.get(f"/households/{world.doors[0].id}/keepers").json["items"]
    assert [(one["main"]["name"], one["since"], one["until"]) for one in stood] == [
        ("陈师傅", "2026-11-29", None),
        ("李姐", "2026-11-26", "2026-11-28"),
        ("陈师傅", "2020-01-01", "2026-11-25"),
    ]


def test_what_is_put_back_on_the_same_day_has_never_ended(
    client: Clients, session: Session, world: World
) -> None:
    teams.assignment(session, world.doors[0], world.chen.id)
    mine = client(world.clerk)
    done = mine.post("/keeping/hand-overs", handing(world)).json
    mine.post(f"/keeping/changes/{done['id']}/undo", version=done["version"])
    stood = mine.get(f"/households/{world.doors[0].id}/keepers").json["items"]
    assert [(one["since"], one["until"]) for one in stood] == [("2020-01-01", None)]


def test_a_hand_over_is_undone_within_a_day_and_not_later(
    client: Clients, session: Session, world: World
) -> None:
    teams.assignment(session, world.doors[0], world.chen.id)
    done = client(world.clerk).post("/keeping/hand-overs", handing(world)).json
    with clock.frozen(TUESDAY + timedelta(hours=24)):
        late = client(world.clerk).post(
            f"/keeping/changes/{done['id']}/undo", version=done["version"]
        )
    assert (late.status_code, late.json["code"]) == (409, "care_too_late_to_undo")


def test_after_handing_on_everything_a_person_may_leave_the_team(
    client: Clients, session: Session, world: World
) -> None:
    teams.assignment(session, world.doors[0], world.chen.id)
    mine, path = client(world.clerk), f"/teams/{world.team.id}/members/{world.chen.id}"
    assert mine.delete(path).json["code"] == "team_member_still_has_households"
    mine.post("/keeping/hand-overs", handing(world))
    assert mine.delete(path).status_code == 204


def test_a_hand_over_that_cannot_be_is_refused_with_what_to_do(
    client: Clients, session: Session, world: World
) -> None:
    mine = client(world.clerk)
    nothing = mine.post("/keeping/hand-overs", handing(world))
    assert (nothing.status_code, nothing.json["code"]) == (409, "care_nothing_to_hand_over")
    stranger = identity.person(session)
    for wrong, field in (
        ({"receivers": [str(world.chen.id)]}, "receivers"),
        ({"receivers": [str(stranger.id)]}, "receivers"),
        ({"receivers": []}, "receivers"),
        ({"first": "2026-11-23"}, "first"),
        ({"last": "2026-11-23"}, "last"),
        ({"note": "长" * 201}, "note"),
    ):
        answer = mine.post("/keeping/hand-overs", handing(world, **wrong))
        assert (answer.status_code, list(answer.json["errors"])) == (422, [field])


def test_another_committee_finds_nothing_of_it(
    client: Clients, session: Session, world: World
) -> None:
    teams.assignment(session, world.doors[0], world.chen.id)
    done = client(world.clerk).post("/keeping/hand-overs", handing(world)).json
    there = identity.community(session)
    other = client(person_of(session, OrganisationKind.RESIDENTS_COMMITTEE, there))
    estate = {"estate_id": str(world.unit.estate_id)}
    assert other.get("/keeping", community_id=world.community.id).status_code == 404
    assert other.post("/keeping/suggestions/preview", estate).status_code == 404
    assert other.post("/keeping/hand-overs/preview", handing(world)).status_code == 404
    assert other.post(f"/keeping/changes/{done['id']}/undo", version=1).status_code == 404
    assert other.get("/keeping/changes").json["items"] == []
    assert other.get(f"/households/{world.doors[0].id}/keepers").status_code == 404
    limit = {"community_id": str(world.community.id), "households": 9}
    assert other.put("/keeping/limit", limit, version=0).status_code == 404
    assert len(client(world.clerk).get("/keeping/changes").json["items"]) == 1


def test_a_word_for_those_who_take_over_is_blanked_like_a_note_of_a_visit(
    client: Clients, session: Session, world: World
) -> None:
    teams.assignment(session, world.doors[0], world.chen.id)
    done = client(world.clerk).post("/keeping/hand-overs", handing(world, note="先打电话")).json
    for days, kept in ((180, "先打电话"), (181, None)):
        blank_notes(session, clock.today() + timedelta(days=days))
        session.expire_all()
        assert session.get_one(CareChange, UUID(done["id"])).note == kept
