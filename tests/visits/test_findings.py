"""What is found on a patrol becomes a ticket, and each of the two knows the other."""

from typing import Any
from uuid import uuid4

from sqlalchemy.orm import Session

from app.core.audit import AuditRow
from app.visits.models_patrols import Patrol, PatrolFinding, PatrolPoint
from app.visits.rules.patrols import PatrolState
from tests.clients import Client
from tests.factories.visits import Scene, found
from tests.visits.walking import Clients, patrol, point, route


def report(who: Client, out: Patrol, at: PatrolPoint, **more: Any) -> Any:
    body = {
        "point_id": str(at.id),
        "place_id": str(at.place_id),
        "category": "facility.power_lighting",
        "text": "路灯不亮",
        "public_area": True,
        "spot": at.name,
    }
    return who.post(f"/patrols/{out.id}/findings", body | more)


def test_a_finding_is_a_ticket_that_says_at_which_point_and_on_which_patrol_it_was_seen(
    session: Session, client: Clients, known: Scene
) -> None:
    gate = point(session, known)
    out = patrol(session, route(session, known, gate, people=[known.chen]), known.chen)
    device_made = str(uuid4())
    answer = report(client(known.chen), out, gate, id=device_made)
    assert answer.status_code == 201, answer.json
    assert answer.json["id"] == device_made
    for who in (known.chen, known.committee):
        ticket = client(who).get(f"/tickets/{device_made}").json
        assert ticket["found_on"] == {"point": gate.name, "patrol_id": str(out.id)}
        assert "found_on" not in (ticket["timeline"][-1]["said"] or {})
    [row] = found(AuditRow, AuditRow.verb == "found")
    assert (row.subject_id, row.details["ticket_id"]) == (out.id, device_made)


def test_whoever_only_works_on_it_reads_the_point_and_cannot_open_the_patrol(
    session: Session, client: Clients, known: Scene
) -> None:
    gate = point(session, known)
    out = patrol(session, route(session, known, gate, people=[known.chen]), known.chen)
    ticket = report(client(known.chen), out, gate, category="emergency.falling_hazard").json
    seen = client(known.steward).get(f"/tickets/{ticket['id']}").json
    assert seen["found_on"] == {"point": gate.name, "patrol_id": None}


def test_the_patrol_lists_its_tickets_as_they_stand_to_whoever_may_see_them(
    session: Session, client: Clients, known: Scene
) -> None:
    gate = point(session, known)
    along = route(session, known, gate, people=[known.chen, known.li])
    out = patrol(session, along, known.chen, known.li)
    ticket = report(client(known.chen), out, gate).json
    [shown] = client(known.chen).get(f"/patrols/{out.id}/findings").json["items"]
    assert (shown["number"], shown["title"]) == (ticket["number"], "路灯不亮")
    assert (shown["status"], shown["point_id"]) == ("submitted", str(gate.id))
    assert client(known.li).get(f"/patrols/{out.id}/findings").json["items"] == []
    office = client(known.committee)
    accept = {"verb": "accept"}
    assert office.post(f"/tickets/{ticket['id']}/moves", accept, version=1).status_code == 200
    [card] = office.get("/patrols/office").json["items"]
    assert [one["status"] for one in card["findings"]] == ["accepted"]


def test_nobody_else_reports_on_a_patrol_and_nothing_is_kept_then(
    session: Session, client: Clients, known: Scene
) -> None:
    gate = point(session, known)
    out = patrol(session, route(session, known, gate, people=[known.chen]), known.chen)
    assert report(client(known.li), out, gate).status_code == 404
    assert report(client(known.committee), out, gate).json["code"] == "patrol_not_yours"
    assert report(client(known.chen), out, gate, point_id=str(uuid4())).status_code == 404
    assert client(known.li).get(f"/patrols/{out.id}/findings").status_code == 404
    assert found(PatrolFinding) == []


def test_what_was_seen_on_the_way_arrives_also_after_the_patrol_was_called_off(
    session: Session, client: Clients, known: Scene
) -> None:
    gate = point(session, known)
    along = route(session, known, gate, people=[known.chen])
    out = patrol(session, along, known.chen, state=PatrolState.CANCELLED)
    assert report(client(known.chen), out, gate).status_code == 201


def test_an_ordinary_ticket_was_found_on_no_patrol(client: Clients, known: Scene) -> None:
    body = {
        "place_id": str(known.unit.id),
        "category": "facility.power_lighting",
        "text": "楼道灯不亮",
        "public_area": True,
    }
    assert client(known.chen).post("/tickets", body).json["found_on"] is None
