"""Patrols over HTTP: asked, answered, walked, held by phones."""

from datetime import timedelta

from sqlalchemy.orm import Session

from app.core.audit import AuditRow
from app.core.db import transaction
from app.notifications.models import InboxItem
from app.visits.jobs_patrols import lapse_patrols, propose_patrols
from app.visits.models_patrols import Patrol, PatrolPerson
from app.visits.rules.patrols import PatrolAnswer, PatrolState
from tests.factories.visits import TODAY, Scene, found
from tests.sync.phone import Phone
from tests.visits.walking import Clients, patrol, point, route, walked


def test_who_is_asked_accepts_or_declines_for_themselves(
    session: Session, client: Clients, known: Scene
) -> None:
    along = route(session, known, point(session, known), people=[known.chen, known.li])
    out = patrol(session, along, known.chen, known.li, answer=PatrolAnswer.ASKED)
    chen, li = client(known.chen), client(known.li)
    said = chen.post(f"/patrols/{out.id}/answer", {"answer": "accepted"}).json
    assert {one["name"]: one["answer"] for one in said["people"]} == {
        known.chen.name: "accepted",
        known.li.name: "asked",
    }
    li.post(f"/patrols/{out.id}/answer", {"answer": "declined"})
    assert li.get("/patrols").json["items"] == []
    assert len(chen.get("/patrols").json["items"]) == 1


def test_nobody_answers_for_another_and_nobody_after_the_day(
    session: Session, client: Clients, known: Scene
) -> None:
    along = route(session, known, point(session, known), people=[known.chen])
    out = patrol(session, along, known.chen)
    late = patrol(session, along, known.chen, on=TODAY - timedelta(days=1))
    said = {"answer": "accepted"}
    assert client(known.li).post(f"/patrols/{out.id}/answer", said).status_code == 404
    office = client(known.committee)
    assert office.post(f"/patrols/{out.id}/answer", said).json["code"] == "patrol_not_yours"
    assert walked(office, out).json["code"] == "patrol_not_yours"
    answer = client(known.chen).post(f"/patrols/{late.id}/answer", said)
    assert answer.json["code"] == "patrol_day_has_passed"


def test_a_walk_keeps_the_points_the_minutes_and_a_remark_and_no_time_of_day(
    session: Session, client: Clients, known: Scene
) -> None:
    gate, shed = point(session, known), point(session, known, "车棚")
    out = patrol(session, route(session, known, gate, shed, people=[known.chen]), known.chen)
    answer = walked(client(known.chen), out, shed, remark="都好")
    assert answer.status_code == 200, answer.json
    done = answer.json
    assert (done["state"], done["seen"], done["minutes"]) == ("done", [str(shed.id)], 40)
    assert done["remark"] == "都好"
    assert [one["walked"] for one in done["people"]] == [True]
    kept = {column.name for column in Patrol.__table__.columns}
    assert not {"started_at", "ended_at", "position", "track"} & kept
    [row] = found(AuditRow, AuditRow.verb == "walked")
    assert row.details == {"minutes": 40, "seen": 1}


def test_what_two_of_them_saw_is_put_together(
    session: Session, client: Clients, known: Scene
) -> None:
    gate, shed = point(session, known), point(session, known, "车棚")
    along = route(session, known, gate, shed, people=[known.chen, known.li])
    out = patrol(session, along, known.chen, known.li)
    walked(client(known.chen), out, shed, remark="车棚好")
    done = walked(client(known.li), out, gate, minutes=90).json
    assert done["seen"] == [str(gate.id), str(shed.id)]
    assert (done["minutes"], done["remark"]) == (40, "车棚好")
    assert [one["walked"] for one in done["people"]] == [True, True]


def test_one_says_it_for_both_who_went(session: Session, client: Clients, known: Scene) -> None:
    gate = point(session, known)
    along = route(session, known, gate, people=[known.chen, known.li])
    out = patrol(session, along, known.chen, known.li, answer=PatrolAnswer.ASKED)
    walked(client(known.chen), out, gate, with_ids=[str(known.li.id), str(known.zhou.id)])
    rows = found(PatrolPerson)
    assert {(row.person_id, row.walked) for row in rows} == {
        (known.chen.id, True),
        (known.li.id, True),
    }


def test_nothing_is_walked_before_its_day_or_after_it_was_called_off(
    session: Session, client: Clients, known: Scene
) -> None:
    along = route(session, known, point(session, known), people=[known.chen])
    soon = patrol(session, along, known.chen, on=TODAY + timedelta(days=1))
    out = patrol(session, along, known.chen)
    chen = client(known.chen)
    assert [*walked(chen, soon).json["errors"]] == ["on"]
    assert [*walked(chen, out, minutes=0).json["errors"]] == ["minutes"]
    office = client(known.committee)
    off = office.post(f"/patrols/{out.id}/cancel", {"reason": "下雨"}, version=1)
    assert off.json["state"] == "cancelled"
    assert walked(chen, out).json["code"] == "patrol_is_over"
    again = office.post(f"/patrols/{out.id}/cancel", {"reason": "下雨"}, version=2)
    assert again.json["code"] == "patrol_is_over"
    told = found(InboxItem, InboxItem.person_id == known.chen.id)
    assert [one.title for one in told] == ["有一次巡查取消了，不用去了"]


def test_the_committee_sees_its_patrols_and_nobody_others(
    session: Session, client: Clients, known: Scene
) -> None:
    along = route(session, known, point(session, known), people=[known.chen])
    out = patrol(session, along, known.chen)
    assert len(client(known.committee).get("/patrols/office").json["items"]) == 1
    assert client(known.chen).get("/patrols/office").status_code == 403
    for other in (known.li, known.steward):
        assert client(other).get(f"/patrols/{out.id}").status_code == 404


def test_a_phone_holds_its_patrols_with_their_points_and_hears_of_changes(
    session: Session, client: Clients, known: Scene
) -> None:
    gate = point(session, known)
    out = patrol(session, route(session, known, gate, people=[known.chen]), known.chen)
    chen, office = client(known.chen), client(known.committee)
    phone = Phone(chen)
    phone.pull()
    held = phone.shelf("patrol")[str(out.id)]
    assert held == chen.get(f"/patrols/{out.id}").json
    assert [one["name"] for one in held["points"]] == ["东门岗亭"]
    office.put(f"/patrol-points/{gate.id}", {"name": "西门"}, version=1)
    phone.pull()
    assert [one["name"] for one in phone.shelf("patrol")[str(out.id)]["points"]] == ["西门"]
    chen.post(f"/patrols/{out.id}/answer", {"answer": "declined"})
    phone.pull()
    assert phone.names("patrol") == set()


def test_each_day_the_coming_week_is_asked_for_once(
    session: Session, client: Clients, known: Scene
) -> None:
    route(session, known, point(session, known), people=[known.chen])
    route(session, known, point(session, known), people=[known.li], ended=True)
    for day in (TODAY, TODAY, TODAY + timedelta(days=1)):
        with transaction() as writing:
            propose_patrols(writing, day)
    assert len(found(Patrol)) == 8
    assert {row.person_id for row in found(PatrolPerson)} == {known.chen.id}


def test_nobody_who_left_the_teams_or_is_away_is_asked(
    session: Session, client: Clients, known: Scene
) -> None:
    route(session, known, point(session, known), people=[known.chen, known.committee])
    away = {"kind": "away", "first": str(TODAY), "last": str(TODAY + timedelta(days=2))}
    answer = client(known.chen).post("/availability/dates", away)
    assert answer.status_code < 300, answer.text
    with transaction() as writing:
        propose_patrols(writing, TODAY)
    assert min(one.on for one in found(Patrol)) == TODAY + timedelta(days=3)


def test_what_nobody_walked_lapses_after_thirty_days(
    session: Session, client: Clients, known: Scene
) -> None:
    along = route(session, known, point(session, known), people=[known.chen])
    patrol(session, along, known.chen, on=TODAY - timedelta(days=31))
    patrol(session, along, known.chen, on=TODAY - timedelta(days=30))
    with transaction() as writing:
        lapse_patrols(writing, TODAY)
    assert sorted(one.state for one in found(Patrol)) == [PatrolState.CANCELLED, PatrolState.OPEN]
    assert len(found(AuditRow, AuditRow.verb == "lapsed")) == 1
