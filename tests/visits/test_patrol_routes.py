"""The committee's points, codes and routes over HTTP, and whom they ask."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy.orm import Session

from app.core.audit import AuditRow
from app.core.keys import keys
from app.identity.models import Person
from app.identity.rules import OrganisationKind
from app.notifications.models import InboxItem
from app.visits.marks import mark_of, read, unsigned
from app.visits.models_patrols import Patrol, PatrolPerson, PatrolPoint
from app.visits.rules.patrols import PatrolState
from tests.clients import Client
from tests.factories import identity
from tests.factories.visits import TODAY, Scene, found
from tests.visits.walking import EVERY_DAY, Clients, patrol, point, route


def said(known: Scene, *points: PatrolPoint, people: list[Person], **more: Any) -> dict[str, Any]:
    return {
        "community_id": str(known.community.id),
        "name": "早上一圈",
        "days": EVERY_DAY,
        "window": {"from": "09:00", "to": "10:00"},
        "people": [str(who.id) for who in people],
        "at_once": 2,
        "points": [str(one.id) for one in points],
    } | more


def sheet(who: Client, *points: PatrolPoint) -> Any:
    return who.post("/patrol-points/sheet", {"ids": [str(one.id) for one in points]})


def test_a_new_route_asks_two_of_its_people_each_day_of_the_week(
    session: Session, client: Clients, known: Scene
) -> None:
    body = said(known, point(session, known), people=[known.chen, known.li, known.zhou])
    answer = client(known.committee).post("/patrol-routes", body)
    assert answer.status_code == 201, answer.json
    assert [one["name"] for one in answer.json["points"]] == ["东门岗亭"]
    assert sorted(one.on for one in found(Patrol)) == [
        TODAY + timedelta(days=away) for away in range(7)
    ]
    asked = [row.person_id for row in found(PatrolPerson)]
    assert len(asked) == 14
    assert {asked.count(who.id) for who in (known.chen, known.li, known.zhou)} <= {4, 5}
    told = found(InboxItem, InboxItem.person_id == known.chen.id)
    assert [one.link for one in told] == ["/patrols"]


def test_saving_a_route_again_asks_nobody_twice(
    session: Session, client: Clients, known: Scene
) -> None:
    office = client(known.committee)
    body = said(known, point(session, known), people=[known.chen], days=[2, 4])
    made = office.post("/patrol-routes", body).json
    body.pop("community_id")
    kept = office.put(f"/patrol-routes/{made['id']}", body | {"name": "新名字"}, version=1)
    assert (kept.json["name"], kept.json["version"]) == ("新名字", 2)
    assert len(found(Patrol)) == 2
    assert office.put(f"/patrol-routes/{made['id']}", body, version=1).status_code == 412


def test_a_route_that_is_ended_calls_off_what_is_to_come(
    session: Session, client: Clients, known: Scene
) -> None:
    office = client(known.committee)
    body = said(known, point(session, known), people=[known.chen])
    made = office.post("/patrol-routes", body).json
    body.pop("community_id")
    office.put(f"/patrol-routes/{made['id']}", body | {"ended": True}, version=1)
    assert {one.state for one in found(Patrol)} == {PatrolState.CANCELLED}
    assert client(known.chen).get("/patrols").json["items"] == []


def test_what_a_route_lacks_is_said_by_field(
    session: Session, client: Clients, known: Scene
) -> None:
    office = client(known.committee)
    stranger = identity.person(session)
    for more, field in (
        ({"days": []}, "days"),
        ({"window": {"from": "10:00", "to": "09:00"}}, "window"),
        ({"people": [str(stranger.id)]}, "people"),
        ({"points": [str(uuid4())]}, "points"),
    ):
        body = said(known, point(session, known), people=[known.chen]) | more
        answer = office.post("/patrol-routes", body)
        assert (answer.status_code, [*answer.json["errors"]]) == (422, [field])


def test_a_committee_sets_nothing_up_elsewhere(
    session: Session, client: Clients, known: Scene
) -> None:
    other = identity.community(session)
    office = client(known.committee)
    body = said(known, point(session, known), people=[known.chen])
    assert office.post("/patrol-routes", body | {"community_id": str(other.id)}).status_code == 404
    place = {"place_id": str(other.id), "name": "门口"}
    assert office.post("/patrol-points", place).status_code == 404
    assert office.post("/patrol-points", place | {"place_id": str(uuid4())}).status_code == 404


def test_a_point_is_made_named_anew_and_retired(
    session: Session, client: Clients, known: Scene
) -> None:
    office = client(known.committee)
    body = {"place_id": str(known.unit.estate_id), "name": "车棚", "hint": "飞线"}
    made = office.post("/patrol-points", body).json
    assert made["place"]["name"] == "和园一村"
    path = f"/patrol-points/{made['id']}"
    kept = office.put(path, {"name": "电动车棚"}, version=1).json
    assert (kept["name"], kept["hint"], kept["version"]) == ("电动车棚", None, 2)
    assert office.delete(path, version=2).status_code == 204
    assert office.get("/patrol-points").json["items"] == []
    verbs = [row.details["fields"] for row in found(AuditRow, AuditRow.verb == "saved")]
    assert verbs == [["name", "hint", "place_id"], ["name", "hint"], ["retired"]]


def test_codes_are_printed_and_a_replaced_one_leads_nowhere(
    session: Session, client: Clients, known: Scene
) -> None:
    here = point(session, known)
    office = client(known.committee)
    [printed] = sheet(office, here).json["items"]
    mark = printed["link"].rpartition("/")[2]
    assert printed["picture"].startswith("data:image/svg+xml")
    assert printed["mark"] == unsigned(mark)
    shown = office.get("/patrols/at", mark=mark).json
    assert (shown["name"], shown["patrol_id"]) == ("东门岗亭", None)
    assert office.post(f"/patrol-points/{here.id}/renewals", version=1).status_code == 200
    assert office.get("/patrols/at", mark=mark).status_code == 404


def test_a_foreign_code_leads_nowhere(session: Session, client: Clients, known: Scene) -> None:
    mark = mark_of(point(session, known))
    office = client(known.committee)
    for wrong in (mark[:-2] + "zz", unsigned(mark), "x", "WzFd.abc"):
        assert office.get("/patrols/at", mark=wrong).status_code == 404
    elsewhere = identity.community(session)
    stranger = identity.member(session, OrganisationKind.VOLUNTEER_TEAM, elsewhere)
    assert client(stranger).get("/patrols/at", mark=mark).status_code == 404


def test_a_code_outlives_a_change_of_the_secret_while_the_old_one_is_kept(
    session: Session, known: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = point(session, known)
    before, old = mark_of(here), keys()
    changed = type(old)(**old.__dict__ | {"secret": "another", "older": [old.secret]})
    monkeypatch.setattr("app.visits.marks.keys", lambda: changed)
    after = mark_of(here)
    assert before != after
    assert read(before) == read(after) == (here.id, 1)
    assert unsigned(before) == unsigned(after)


def test_who_is_asked_today_comes_by_a_code_to_their_patrol(
    session: Session, client: Clients, known: Scene
) -> None:
    here = point(session, known)
    out = patrol(session, route(session, known, here, people=[known.chen]), known.chen)
    shown = client(known.chen).get("/patrols/at", mark=mark_of(here)).json
    assert shown["patrol_id"] == str(out.id)
