"""DOMAIN.md on patrols and red armbands: public area, ordered points, nobody's home, no force."""

from flask import Flask
from sqlalchemy.orm import Session

from app.core.db import transaction
from app.core.outbox import OutboxRow
from app.hours.service import patrols
from app.hours.service.stints import FOLLOW
from app.notifications.models import InboxItem
from app.teams.rules import TeamKind
from app.visits.models import Visit
from app.visits.rules.patrols import PatrolAnswer, PatrolState
from app.visits.schemas.patrols import WalkedPatrolSchema
from tests.factories import places, teams
from tests.factories.visits import TODAY, Scene, found
from tests.visits.domain import DAY, called, columns, operations, walked, wire
from tests.visits.walking import Clients, patrol, point, route
from tests.visits.walking import walked as walk

FORCE = {"fine", "fines", "penalty", "penalties", "violation", "violator", "offender", "warning"}
FORCE |= {"enforce", "enforcement", "confiscated", "plate", "evidence", "punish", "name_of"}
HOME = {"household", "households", "door", "doors", "resident", "residents", "contact", "phone"}
WHEN = {"at", "time", "started", "ended", "scanned", "checkin", "lat", "long", "position", "track"}


def of_patrols(names: set[str]) -> set[str]:
    """Those that belong to patrols themselves, without what is common to all answers."""
    return {name for name in names if "patrol" in name.split(".")[0].lower()}


def test_3_a_patrol_passes_points_of_public_area_in_their_order(
    session: Session, client: Clients, known: Scene
) -> None:
    shed, gate = point(session, known, "车棚"), point(session, known, "东门")
    out = patrol(session, route(session, known, gate, shed, people=[known.chen]), known.chen)
    shown = client(known.chen).get(f"/patrols/{out.id}").json
    assert [one["name"] for one in shown["points"]] == ["东门", "车棚"]
    walk(client(known.chen), out, shed, gate)
    seen = client(known.chen).get(f"/patrols/{out.id}").json["seen"]
    assert seen == [str(gate.id), str(shed.id)], "however they were tapped"


def test_1_a_red_armband_enforces_nothing_for_there_is_no_field_and_no_route_for_it(
    app: Flask,
) -> None:
    assert not called(of_patrols(columns() | wire(app)), FORCE)
    rules = {one.rule for one in operations(app) if "/patrol" in one.rule}
    assert rules, "the routes of patrols are looked at"
    assert not [rule for rule in rules for word in FORCE if word in rule]


def test_1_a_red_armband_never_enters_homes_for_a_patrol_knows_none(app: Flask) -> None:
    assert not called(of_patrols(columns() | wire(app)), HOME)


def test_1_no_round_sends_red_armbands_into_homes(
    session: Session, client: Clients, known: Scene
) -> None:
    band = teams.team(session, known.community, known.zhou, kind=TeamKind.RED_ARMBAND)
    places.household(session, known.unit)
    asked = {
        "title": "走一走",
        "purpose": "routine",
        "team_id": str(band.id),
        "whom": {"care_levels": ["general"]},
        "starts_on": "2026-11-24",
        "ends_on": "2026-11-30",
        "windows": [{"days": "weekday", "from": "18:30", "to": "20:30"}],
    }
    answer = client(known.committee).post("/rounds", asked)
    assert "不进家门" in answer.json["errors"]["team_id"][0]


def test_1_a_walk_makes_no_visit_of_any_home(
    session: Session, client: Clients, known: Scene
) -> None:
    places.household(session, known.unit)
    gate = point(session, known)
    out = patrol(session, route(session, known, gate, people=[known.chen]), known.chen)
    assert walk(client(known.chen), out, gate).status_code == 200
    assert not found(Visit)


def test_6_1_scanning_is_never_compulsory_and_no_point_has_to_be_seen(
    session: Session, client: Clients, known: Scene
) -> None:
    gate, shed = point(session, known), point(session, known, "车棚")
    out = patrol(session, route(session, known, gate, shed, people=[known.chen]), known.chen)
    ended = walk(client(known.chen), out)
    assert (ended.status_code, ended.json["state"]) == (200, PatrolState.DONE)
    assert ended.json["seen"] == []
    asked = {name for _, name, _ in walked(WalkedPatrolSchema)}
    assert asked == {"seen", "minutes", "remark", "with_ids"}, "no code, no picture, no place"


def test_6_1_a_patrol_keeps_no_time_of_day_and_no_position_of_anybody(app: Flask) -> None:
    kept = {name for name in columns() if name.startswith(("patrol.", "patrol_person."))}
    assert not called(kept, WHEN)
    body = {f"walk.{name}" for _, name, _ in walked(WalkedPatrolSchema)}
    assert not called(body, WHEN)


def test_3_a_patrol_that_was_not_accepted_is_never_overdue_and_never_counted(
    app: Flask, session: Session, client: Clients, known: Scene
) -> None:
    along = route(session, known, point(session, known), people=[known.chen])
    patrol(session, along, known.chen, answer=PatrolAnswer.ASKED, on=TODAY - DAY)
    with transaction() as job:
        patrols.missed(job, TODAY)
    assert not found(OutboxRow, OutboxRow.kind == FOLLOW), "no hours, and none taken off"
    assert not found(InboxItem), "nobody is reminded"
    assert not called(of_patrols(columns() | wire(app)), {"overdue", "missed", "late", "count"})


def test_3_volunteers_are_asked_to_patrols_and_answer_for_themselves(
    session: Session, client: Clients, known: Scene
) -> None:
    along = route(session, known, point(session, known), people=[known.chen])
    out = patrol(session, along, known.chen, answer=PatrolAnswer.ASKED)
    office = client(known.committee).post(f"/patrols/{out.id}/answer", {"answer": "accepted"})
    assert office.json["code"] == "patrol_not_yours"
    said = client(known.chen).post(f"/patrols/{out.id}/answer", {"answer": "declined"})
    assert said.status_code == 200
