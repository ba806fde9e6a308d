"""DOMAIN.md section 6.5: volunteer records. Each part of the rule, through the routes."""

import re
from datetime import time, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.core.audit import AuditRow
from app.hours import jobs
from app.hours.models import ServiceHours, ServicePart
from app.hours.rules import HoursState, Kind
from app.teams.rules import TeamKind
from app.visits.models_patrols import Patrol
from tests.factories import teams
from tests.factories.visits import TODAY, found, visit
from tests.hours.conftest import Known
from tests.hours.made import hours
from tests.hours.test_counting import deliver
from tests.visits.domain import called, columns, operations, walked, wire
from tests.visits.walking import Clients, patrol, point, route
from tests.visits.walking import walked as walk

MEETING = {"on": "2026-11-23", "kind": "meeting", "content": "队伍培训"}
WAYS = {"way", "travel", "distance", "km", "kilometres", "route", "from", "to", "position"}
GAMES = {"score", "points", "credit", "rank", "ranking", "level", "stars", "top", "exchange"}
GAMES |= {"coins", "redeem", "balance", "reward", "prize", "place"}


def verb(client: Clients, who: Any, row: ServiceHours, name: str, **said: Any) -> Any:
    version = found(ServiceHours, ServiceHours.id == row.id)[0].version
    return client(who).post(f"/hours/{row.id}/moves", {"verb": name} | said, version=version)


def test_6_5_hours_are_of_the_service_and_not_of_the_way_to_it(
    app: Flask, client: Clients, session: Session, known: Known
) -> None:
    """Two doors at the two ends of an evening: what counts is twenty minutes at each."""
    for start in (time(18, 30), time(20)):
        asked = visit(session, known.door, known.scene.chen, window_from=start)
        said = {"on": "2026-11-24", "method": "door", "outcome": "ok"}
        client(known.scene.chen).put(f"/visits/{asked.id}/record", said, version=1)
    deliver(app)
    (counted,) = found(ServiceHours)
    assert counted.minutes == 40
    kept = {name for name in columns() if name.startswith("service_")}
    assert not called(kept, WAYS), "there is nowhere to write a way"


def test_6_5_a_patrol_counts_what_its_walkers_say_and_not_its_window(
    app: Flask, client: Clients, session: Session, known: Known
) -> None:
    """From the route on which they are asked to the leader who confirms, over HTTP alone."""
    scene = known.scene
    band = teams.team(session, scene.community, scene.chen, kind=TeamKind.RED_ARMBAND)
    teams.member(session, band, known.leader, leader=True)
    gate = point(session, scene)
    along = route(session, scene, gate, people=[scene.chen], window_to=time(12))
    out = patrol(session, along, scene.chen)
    assert walk(client(scene.chen), out, gate, minutes=50).status_code == 200
    deliver(app)
    (mine,) = client(scene.chen).get("/hours").json["items"]
    assert (mine["kind"], mine["minutes"], mine["hours"]) == (Kind.PATROL, 50, 0.75)
    assert (mine["team"]["id"], mine["state"]) == (str(band.id), HoursState.WAITING)
    (asked,) = client(known.leader).get("/hours/to-confirm").json["items"]
    seen = {"seen": [{"id": asked["id"], "version": asked["version"]}]}
    assert client(known.leader).post("/hours/confirm", seen).json["confirmed"] == 1
    (line,) = client(scene.committee).get("/hours/ledger").json["items"]
    assert (line["id"], line["state"]) == (mine["id"], HoursState.CONFIRMED)
    assert [row.source_id for row in found(ServicePart)] == [out.id]


def test_6_5_a_patrol_that_nobody_walked_brings_nobody_hours(
    app: Flask, client: Clients, session: Session, known: Known
) -> None:
    scene = known.scene
    along = route(session, scene, point(session, scene), people=[scene.chen])
    out = patrol(session, along, scene.chen, on=TODAY - timedelta(days=1))
    client(scene.committee).post(f"/patrols/{out.id}/cancel", {"reason": "下雨"}, version=1)
    jobs.missed(session, TODAY)
    session.commit()
    deliver(app)
    assert not found(ServiceHours)
    assert found(Patrol)[0].minutes is None


def test_6_5_no_record_holds_more_than_eight_hours(
    client: Clients, session: Session, known: Known
) -> None:
    volunteer = client(known.scene.chen)
    too_long = volunteer.post("/hours", MEETING | {"minutes": 481})
    assert "8 小时" in too_long.json["errors"]["minutes"][0]
    made = volunteer.post("/hours", MEETING | {"minutes": 480})
    assert (made.status_code, made.json["hours"]) == (201, 8)
    (row,) = found(ServiceHours)
    more = verb(client, known.leader, row, "correct", minutes=481, reason="漏记了")
    assert "minutes" in more.json["errors"]


def test_6_5_hours_count_once_the_team_leader_has_confirmed_them(
    client: Clients, session: Session, known: Known
) -> None:
    chen = known.scene.chen
    row = hours(session, known, chen, minutes=60)
    assert client(chen).get("/hours/summary").json["in_all"] == 0
    for other in (chen, known.scene.li, known.scene.steward):
        assert verb(client, other, row, "confirm").status_code in {403, 404}
    assert verb(client, known.leader, row, "confirm").json["state"] == HoursState.CONFIRMED
    assert client(chen).get("/hours/summary").json["in_all"] == 1


def test_6_5_voided_hours_are_not_erased_and_say_why(
    app: Flask, client: Clients, session: Session, known: Known
) -> None:
    chen = known.scene.chen
    row = hours(session, known, chen)
    assert "reason" in verb(client, known.leader, row, "void").json["errors"]
    voided = verb(client, known.leader, row, "void", reason="那天没有去")
    assert voided.json["state"] == HoursState.VOIDED
    (shown,) = client(chen).get("/hours").json["items"]
    assert (shown["state"], shown["reason"]) == (HoursState.VOIDED, "那天没有去")
    (line,) = client(known.scene.committee).get("/hours/ledger").json["items"]
    assert line["id"] == str(row.id)
    assert found(AuditRow, AuditRow.subject_id == row.id, AuditRow.verb == "moved")
    assert not [
        one.rule for one in operations(app) if one.method == "DELETE" and "hours" in one.rule
    ]


def test_6_5_a_certificate_carries_name_hours_content_issuer_handler_number_and_date(
    client: Clients, session: Session, known: Known
) -> None:
    chen, clerk = known.scene.chen, known.scene.committee
    hours(session, known, chen, minutes=60, state=HoursState.CONFIRMED)
    body = {"person_id": str(chen.id), "first": "2026-11-01", "last": "2026-11-30"}
    made = client(clerk).post("/certificates", body).json
    assert (made["name"], made["hours"], made["handler"]) == (chen.name, "1", clerk.name)
    assert [one["name"] for one in made["content"]] == ["走访"]
    assert made["issuer"]
    assert re.fullmatch(r".+-2026-0001", made["number"])
    assert made["issued_on"] == "2026-11-24"


@pytest.mark.parametrize("words", [GAMES, {"sum", "sums", "average", "most", "best"}])
def test_6_5_there_are_no_points_no_exchange_and_no_ranking(app: Flask, words: set[str]) -> None:
    of_hours = [
        one for one in operations(app) if re.match(r"/api/v1/(hours|certificates)", one.rule)
    ]
    sent = {
        f"{schema.__name__}.{name}"
        for operation in of_hours
        for shape in (operation.body, operation.query, operation.answer)
        if shape
        for schema, name, _ in walked(shape)
    }
    kept = {name for name in columns() if name.startswith("service_")}
    assert len(sent) > 30
    assert not called(sent | kept, words)
    assert sent < wire(app)


def test_6_5_lists_of_hours_go_by_date_and_never_by_length(
    client: Clients, session: Session, known: Known
) -> None:
    """Whoever did more stands no higher."""
    scene = known.scene
    for away, who, minutes in ((0, scene.chen, 15), (2, scene.li, 480), (1, scene.zhou, 240)):
        hours(session, known, who, on=TODAY - timedelta(days=away), minutes=minutes)
    shown = client(scene.committee).get("/hours/ledger").json["items"]
    assert [one["minutes"] for one in shown] == [15, 240, 480]
    waiting = client(known.leader).get("/hours/to-confirm").json["items"]
    assert [one["minutes"] for one in waiting] == [480, 240, 15]
