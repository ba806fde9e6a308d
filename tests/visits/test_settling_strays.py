"""The leader enters a stray for its sender, or drops it with a reason."""

import io
from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import uuid4

import pytest
from PIL import Image
from sqlalchemy.orm import Session

from app.core import clock
from app.core.audit import AuditRow
from app.places.models import Household
from app.places.rules import CareLevel, VisitWish
from app.tickets.models import Ticket
from app.visits.models import Visit, VisitPartner, VisitRecord, VisitStray
from app.visits.rules import VisitState
from tests.clients import Client
from tests.factories import places
from tests.factories.visits import TODAY, TUESDAY, Scene, found, leader, leaves, visit
from tests.visits.straying import HEARD, Clients, body, called_off, drop, enter, handed_in


def entered(who: Client, stray: VisitStray) -> dict[str, Any]:
    answer = enter(who, stray)
    assert answer.status_code == 200, answer.json
    return dict(answer.json or {})


def the_record() -> tuple[VisitRecord, Visit]:
    (record,) = found(VisitRecord)
    return record, found(Visit, Visit.id == record.visit_id)[0]


def test_what_was_called_off_becomes_an_unplanned_visit_of_its_sender(
    session: Session, client: Clients, known: Scene
) -> None:
    asked = called_off(session, known, purpose="care")
    phone = client(known.chen)
    stray = handed_in(phone, asked, note="想换灯泡", note_agreed=True, needs=["leak"])
    head = leader(session, known)
    shown = entered(client(head), stray)
    record, made = the_record()
    assert (made.id != asked.id, made.state, made.purpose) == (True, "done", "care")
    assert (made.person_id, record.recorded_by) == (known.chen.id, known.chen.id)
    assert (record.note, record.needs, record.on) == ("想换灯泡", ["leak"], TODAY)
    assert (shown["state"], shown["visit_id"]) == ("entered", str(made.id))
    assert shown["settled_by"] == {"id": str(head.id), "name": head.name}
    assert phone.get(f"/visits/{made.id}").status_code == 200
    assert found(Visit, Visit.id == asked.id)[0].state is VisitState.CANCELLED


def test_the_audit_says_that_the_leader_did_it(
    session: Session, client: Clients, known: Scene
) -> None:
    stray = handed_in(client(known.chen), called_off(session, known))
    head = leader(session, known)
    entered(client(head), stray)
    record, made = the_record()
    (fact,) = found(AuditRow, AuditRow.verb == "entered")
    assert (fact.actor_id, fact.subject_id) == (head.id, stray.id)
    assert fact.details == {"visit_id": str(made.id), "person_id": str(known.chen.id)}
    (recorded,) = found(AuditRow, AuditRow.verb == "recorded")
    assert (recorded.actor_id, record.recorded_by) == (head.id, known.chen.id)


@pytest.mark.parametrize(("said", "purpose"), [({}, "routine"), ({"purpose": "safety"}, "safety")])
def test_a_door_without_a_visit_becomes_a_visit_for_what_it_was_said_to_be(
    session: Session, client: Clients, known: Scene, said: dict[str, str], purpose: str
) -> None:
    home = places.household(session, known.unit)
    stray = handed_in(client(known.zhou), home=home, **said)
    entered(client(known.committee), stray)
    record, made = the_record()
    assert (made.household_id, made.person_id, made.purpose) == (home.id, known.zhou.id, purpose)
    assert record.recorded_by == known.zhou.id


@pytest.mark.parametrize("state", [VisitState.PROPOSED, VisitState.ACCEPTED])
def test_a_visit_that_is_still_open_is_recorded_for_the_sender(
    session: Session, client: Clients, known: Scene, state: VisitState
) -> None:
    asked = called_off(session, known, known.li, state=state, on=TODAY + timedelta(days=3))
    stray = handed_in(client(known.zhou), asked)
    shown = entered(client(known.committee), stray)
    record, made = the_record()
    assert (made.id, made.state, made.on) == (asked.id, "done", TODAY)
    assert (made.person_id, record.recorded_by) == (known.chen.id, known.zhou.id)
    assert shown["visit_id"] == str(asked.id)
    assert client(known.zhou).get(f"/visits/{asked.id}").status_code == 200


@pytest.mark.parametrize(
    ("named", "there"),
    [(None, {"li", "zhou"}), ([], {"zhou"}), (["li"], {"li", "zhou"}), (["chen"], {"zhou"})],
)
def test_the_sender_was_at_the_door_with_those_named_or_planned(
    session: Session,
    client: Clients,
    known: Scene,
    named: list[str] | None,
    there: set[str],
) -> None:
    asked = called_off(session, known, known.li, state=VisitState.ACCEPTED)
    with_ids = None if named is None else [str(getattr(known, name).id) for name in named]
    stray = handed_in(client(known.zhou), asked, with_ids=with_ids)
    entered(client(known.committee), stray)
    along = {one.person_id for one in found(VisitPartner)}
    assert along == {getattr(known, name).id for name in there}


def test_who_may_not_go_along_any_more_is_left_out(
    session: Session, client: Clients, known: Scene
) -> None:
    people = [known.li, known.zhou, known.steward]
    asked = called_off(session, known)
    stray = handed_in(client(known.chen), asked, with_ids=[str(one.id) for one in people])
    leaves(session, known, known.zhou, TODAY - timedelta(days=1))
    entered(client(known.committee), stray)
    assert [one.person_id for one in found(VisitPartner)] == [known.li.id]


def test_what_was_heard_becomes_a_ticket_of_whoever_enters_it_with_its_picture(
    session: Session, client: Clients, known: Scene
) -> None:
    out = io.BytesIO()
    Image.new("RGB", (8, 6), "red").save(out, "PNG")
    digest = sha256(out.getvalue()).hexdigest()
    phone, head = client(known.chen), leader(session, known)
    assert phone.put(f"/media/{digest}", data=out.getvalue()).status_code < 300
    assert client(head).get(f"/media/{digest}").status_code == 404
    heard = HEARD | {"id": str(uuid4()), "media": [digest]}
    stray = handed_in(phone, called_off(session, known), outcome="issue", ticket=heard)
    assert client(head).get(f"/media/{digest}").status_code == 200
    assert client(known.steward).get(f"/media/{digest}").status_code == 404
    entered(client(head), stray)
    (ticket,) = found(Ticket)
    assert (str(ticket.id), ticket.reporter_id) == (heard["id"], head.id)
    assert the_record()[0].ticket_id == ticket.id


def test_a_ticket_that_is_not_whole_is_said_and_nothing_is_kept(
    session: Session, client: Clients, known: Scene
) -> None:
    heard = HEARD | {"media": ["0" * 64]}
    stray = handed_in(client(known.chen), called_off(session, known), ticket=heard)
    answer = enter(client(known.committee), stray)
    assert (answer.status_code, list(answer.json["errors"])) == (422, ["ticket.media"])
    assert (found(VisitRecord), found(VisitStray)[0].state) == ([], "waiting")


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"on": "2026-10-24"}, "on"),
        ({"on": "2026-11-25"}, "on"),
        ({"method": "ok_signal", "outcome": "issue"}, "method"),
        ({"outcome": "rescheduled"}, "reschedule_to"),
    ],
)
def test_a_record_that_breaks_a_rule_cannot_be_entered_but_dropped(
    session: Session, client: Clients, known: Scene, said: dict[str, Any], field: str
) -> None:
    stray = handed_in(client(known.chen), called_off(session, known), **said)
    office = client(known.committee)
    answer = enter(office, stray)
    assert (answer.status_code, list(answer.json["errors"])) == (422, [field])
    assert drop(office, stray).status_code == 200


def test_what_came_in_time_is_not_too_late_because_the_leader_was_slow(
    session: Session, client: Clients, known: Scene
) -> None:
    stray = handed_in(client(known.chen), called_off(session, known), on="2026-10-25")
    with clock.frozen(TUESDAY + timedelta(days=40)):
        entered(client(known.committee), stray)
    assert the_record()[0].on.isoformat() == "2026-10-25"


def test_the_wish_and_the_worry_of_a_stray_are_heard(
    session: Session, client: Clients, known: Scene
) -> None:
    asked = called_off(session, known)
    wish = {"outcome": "declined", "next_step": "phone_only"}
    stray = handed_in(client(known.chen), asked, **wish)
    entered(client(known.committee), stray)
    assert found(Household)[0].wish is VisitWish.PHONE_ONLY
    fragile = places.household(session, known.unit, "303", care_level=CareLevel.HIGH)
    nobody = handed_in(client(known.chen), home=fragile, outcome="not_home")
    entered(client(known.committee), nobody)
    assert found(AuditRow, AuditRow.verb == "wellness_check")


@pytest.mark.parametrize(("left", "asked_again"), [(False, 1), (True, 0)])
def test_only_who_still_goes_there_is_asked_to_try_again(
    session: Session, client: Clients, known: Scene, left: bool, asked_again: int
) -> None:
    stray = handed_in(client(known.chen), called_off(session, known), outcome="not_home")
    if left:
        leaves(session, known, known.chen, TODAY - timedelta(days=1))
    entered(client(known.committee), stray)
    again = found(Visit, Visit.follows_id.is_not(None))
    assert [one.person_id for one in again] == [known.chen.id] * asked_again


def test_a_stray_is_dropped_with_a_reason_that_its_sender_reads(
    session: Session, client: Clients, known: Scene
) -> None:
    phone = client(known.chen)
    stray = handed_in(phone, called_off(session, known))
    shown = drop(client(leader(session, known)), stray, "那天是另一户").json
    assert (shown["state"], shown["drop_reason"]) == ("dropped", "那天是另一户")
    (mine,) = phone.get("/visits/strays", mine="true").json["items"]
    assert mine["drop_reason"] == "那天是另一户"
    assert found(VisitRecord) == []
    (fact,) = found(AuditRow, AuditRow.verb == "dropped")
    assert (fact.subject_id, fact.details) == (stray.id, {})


@pytest.mark.parametrize("reason", ["", "  ", "长" * 201])
def test_it_is_not_dropped_without_one(
    session: Session, client: Clients, known: Scene, reason: str
) -> None:
    stray = handed_in(client(known.chen), called_off(session, known))
    answer = drop(client(known.committee), stray, reason)
    assert (answer.status_code, list(answer.json["errors"])) == (422, ["reason"])


def test_what_is_settled_is_settled(session: Session, client: Clients, known: Scene) -> None:
    asked, office = called_off(session, known), client(known.committee)
    kept = handed_in(client(known.chen), asked)
    let_go = handed_in(client(known.chen), asked, needs=["leak"])
    assert (enter(office, kept).status_code, drop(office, let_go).status_code) == (200, 200)
    for stray in (kept, let_go):
        for again in (enter(office, stray), drop(office, stray)):
            assert (again.status_code, again.json["code"]) == (409, "stray_settled")
    assert len(found(VisitRecord)) == 1


def test_a_leader_may_enter_what_came_from_a_phone_of_their_own(
    session: Session, client: Clients, known: Scene
) -> None:
    head = leader(session, known)
    asked = visit(session, places.household(session, known.unit), head, state="turned_down")
    phone = client(head)
    entered(phone, handed_in(phone, asked))
    assert the_record()[0].recorded_by == head.id


def test_every_part_of_what_was_said_survives_the_waiting(
    session: Session, client: Clients, known: Scene
) -> None:
    said = {
        "slot": "morning",
        "needs": ["leak", "errand"],
        "outcome": "rescheduled",
        "next_step": "call_first",
        "reschedule_to": {"date": "2026-11-28", "window": {"from": "15:00", "to": "17:00"}},
        "device_time": "2026-11-24T09:30:00+08:00",
        "note": "下周才在家",
        "note_agreed": True,
    }
    stray = handed_in(client(known.chen), called_off(session, known), **said)
    entered(client(known.committee), stray)
    record, made = the_record()
    assert (record.slot, record.needs, record.next_step) == (
        "morning",
        ["errand", "leak"],
        "call_first",
    )
    assert (record.note, record.device_time) == ("下周才在家", TUESDAY - timedelta(minutes=30))
    (agreed,) = found(Visit, Visit.follows_id == made.id)
    assert (agreed.state, agreed.on.isoformat()) == ("accepted", "2026-11-28")
    assert body()["said"]["outcome"] == "ok"
