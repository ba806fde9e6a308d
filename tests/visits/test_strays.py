"""A record whose assignment went away is kept for the leader: who may hand in, and who sees it."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy.orm import Session

from app.core.audit import AuditRow
from app.identity.models import Person
from app.places.models import Household
from app.visits.models import Visit, VisitStray
from app.visits.rules.strays import reason_of
from tests.clients import Client
from tests.factories import identity, places
from tests.factories.visits import TODAY, Scene, found, leader, leaves, neighbour, scene, visit
from tests.visits.straying import HEARD, Clients, body, called_off, drop, enter, handed_in


def test_a_record_of_a_visit_that_was_called_off_is_kept_for_the_leader(
    session: Session, client: Clients, known: Scene
) -> None:
    asked = called_off(session, known)
    phone = client(known.chen)
    refused = phone.put(f"/visits/{asked.id}/record", body()["said"], version=1)
    assert refused.json["code"] == "visit_is_over"
    stray = handed_in(phone, asked, needs=["leak"], note="想换灯泡", note_agreed=True)
    (shown,) = client(leader(session, known)).get("/visits/strays").json["items"]
    assert shown == {
        "id": str(stray.id),
        "person": {"id": str(known.chen.id), "name": known.chen.name},
        "household": shown["household"],
        "visit_id": str(asked.id),
        "purpose": "routine",
        "code": "visit_is_over",
        "reason": "交上来的时候，这次走访已经取消或婉拒了。",
        "said": {
            "on": "2026-11-24",
            "method": "door",
            "outcome": "ok",
            "needs": ["leak"],
            "reschedule_to": None,
            "note": None,
            "ticket_text": None,
        },
        "received_at": "2026-11-24T02:00:00Z",
        "state": "waiting",
        "settled_by": None,
        "drop_reason": None,
    }
    (fact,) = found(AuditRow, AuditRow.verb == "handed_in")
    assert (fact.subject_id, fact.details) == (stray.id, {"code": "visit_is_over"})


def test_the_door_is_named_and_nothing_of_who_lives_there(
    session: Session, client: Clients, known: Scene
) -> None:
    handed_in(client(known.chen), called_off(session, known))
    (shown,) = client(known.chen).get("/visits/strays", mine="true").json["items"]
    assert set(shown["household"]) == {"id", "door", "floor", "place_text", "building", "unit"}
    assert shown["household"]["place_text"].endswith("202")


def test_the_household_alone_says_where_it_was(
    session: Session, client: Clients, known: Scene
) -> None:
    home = places.household(session, known.unit)
    unknown = body(home=home, purpose="safety") | {"visit_id": str(uuid4()), "code": "not_found"}
    assert client(known.chen).post("/visits/strays", unknown).status_code == 201
    (stray,) = found(VisitStray)
    assert (stray.visit_id, stray.household_id) == (None, home.id)
    (shown,) = client(known.committee).get("/visits/strays").json["items"]
    assert (shown["visit_id"], shown["purpose"]) == (None, "safety")


def test_the_same_one_is_taken_once(session: Session, client: Clients, known: Scene) -> None:
    asked = called_off(session, known, known.li)
    first = handed_in(client(known.chen), asked)
    assert handed_in(client(known.chen), asked).id == first.id
    assert len(found(AuditRow, AuditRow.verb == "handed_in")) == 1
    other_words = handed_in(client(known.chen), asked, outcome="issue")
    other_person = handed_in(client(known.li), asked)
    assert len({first.id, other_words.id, other_person.id}) == 3


def test_once_it_is_settled_the_same_one_is_not_waiting_again(
    session: Session, client: Clients, known: Scene
) -> None:
    asked = called_off(session, known)
    stray = handed_in(client(known.chen), asked)
    drop(client(known.committee), stray)
    assert handed_in(client(known.chen), asked).state == "dropped"


def sender(session: Session, known: Scene, word: str) -> Person:
    """Somebody, as the table below names them; they have no post but that of a volunteer."""
    there = scene(session)
    since = {"left 60 days ago": 60, "left 61 days ago": 61, "leader who left": 1}
    if word in since:
        who = leader(session, known)
        leaves(session, known, who, TODAY - timedelta(days=since[word]))
        return who
    found: dict[str, Person] = {
        "member": known.zhou,
        "of the property company": known.steward,
        "committee": known.committee,
        "of another community": there.chen,
        "committee of another community": there.committee,
        "nobody": identity.person(session),
    }
    return found[word]


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("member", 201),
        ("left 60 days ago", 201),
        ("leader who left", 201),
        ("left 61 days ago", 404),
        ("of the property company", 404),
        ("committee", 404),
        ("of another community", 404),
        ("committee of another community", 404),
        ("nobody", 404),
    ],
)
def test_who_was_lately_in_a_team_there_may_hand_in_for_any_door(
    session: Session, client: Clients, known: Scene, word: str, status: int
) -> None:
    asked = called_off(session, known)
    phone = client(sender(session, known, word))
    (home,) = found(Household, Household.id == asked.household_id)
    for sent in (body(asked), body(home=home)):
        answer = phone.post("/visits/strays", sent)
        assert answer.status_code == status
        if status == 404:
            nowhere = body() | {"household_id": str(uuid4())}
            assert answer.json == phone.post("/visits/strays", nowhere).json


@pytest.mark.parametrize("along", [False, True])
def test_who_was_asked_or_went_along_may_hand_in_whatever_became_of_them(
    session: Session, client: Clients, known: Scene, along: bool
) -> None:
    stranger = identity.person(session)
    home = places.household(session, known.unit)
    people = (known.chen, stranger) if along else (stranger,)
    asked = visit(session, home, *people, state="cancelled")
    assert client(stranger).post("/visits/strays", body(asked)).status_code == 201
    assert client(stranger).post("/visits/strays", body(home=home)).status_code == 404


def test_a_visit_and_a_household_that_do_not_belong_together_are_not_found(
    session: Session, client: Clients, known: Scene
) -> None:
    asked = called_off(session, known)
    other = places.household(session, known.unit, "303")
    assert client(known.chen).post("/visits/strays", body(asked, other)).status_code == 404
    assert client(known.chen).post("/visits/strays", body()).status_code == 404
    assert found(VisitStray) == []


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"code": "no_such_code"}, "code"),
        ({"code": "x" * 65}, "code"),
        ({"said": {"on": "2026-11-24", "method": "door"}}, "said.outcome"),
        ({"said": body()["said"] | {"birth_date": "1950-01-01"}}, "said.birth_date"),
    ],
)
def test_what_is_no_record_is_refused(
    session: Session, client: Clients, known: Scene, more: dict[str, Any], field: str
) -> None:
    asked = called_off(session, known)
    answer = client(known.chen).post("/visits/strays", body(asked) | more)
    assert (answer.status_code, list(answer.json["errors"])) == (422, [field])


@pytest.mark.parametrize(
    "said",
    [
        {"note": "证号 320113 19500101 1234"},
        {"note": "好" * 201},
        {"note": "想换灯泡", "outcome": "not_home"},
    ],
)
def test_a_note_that_may_not_be_kept_is_refused(
    session: Session, client: Clients, known: Scene, said: dict[str, Any]
) -> None:
    asked = called_off(session, known)
    sent = body(asked, note_agreed=True, **said)
    answer = client(known.chen).post("/visits/strays", sent)
    assert (answer.status_code, list(answer.json["errors"])) == (422, ["said.note"])


def test_a_note_that_the_household_had_not_agreed_to_is_not_kept(
    session: Session, client: Clients, known: Scene
) -> None:
    stray = handed_in(client(known.chen), called_off(session, known), note="想换灯泡")
    assert stray.note is None
    assert "灯泡" not in str(stray.said)


@pytest.mark.parametrize(
    ("who", "mine", "notes"),
    [
        ("chen", "true", ["想换灯泡"]),
        ("committee", "false", ["想换灯泡"]),
        ("head", "false", [None]),
        ("head", "true", []),
        ("committee", "true", []),
        ("chen", "false", []),
        ("li", "false", []),
        ("steward", "false", []),
        ("stranger", "false", []),
        ("other_head", "false", []),
    ],
)
def test_who_sees_a_stray_and_who_reads_its_note(
    session: Session, client: Clients, known: Scene, who: str, mine: str, notes: list[str | None]
) -> None:
    people = {
        "head": leader(session, known),
        "other_head": leader(session, known, neighbour(session, known)),
        "stranger": scene(session).committee,
    }
    asked = called_off(session, known)
    handed_in(client(known.chen), asked, note="想换灯泡", note_agreed=True)
    person = people.get(who) or getattr(known, who)
    shown = client(person).get("/visits/strays", mine=mine).json["items"]
    assert [one["said"]["note"] for one in shown] == notes


def test_who_may_not_see_it_may_not_settle_it(
    session: Session, client: Clients, known: Scene
) -> None:
    other_head = leader(session, known, neighbour(session, known))
    stray = handed_in(client(known.chen), called_off(session, known))
    for who in (known.chen, known.li, known.steward, scene(session).committee, other_head):
        phone: Client = client(who)
        assert (enter(phone, stray).status_code, drop(phone, stray).status_code) == (404, 404)
    assert found(VisitStray)[0].state == "waiting"


def test_what_was_heard_and_the_new_date_are_shown(
    session: Session, client: Clients, known: Scene
) -> None:
    when = {"date": "2026-11-28", "window": {"from": "15:00", "to": "17:00"}}
    asked = called_off(session, known)
    phone = client(known.chen)
    handed_in(phone, asked, outcome="rescheduled", reschedule_to=when, ticket=HEARD)
    (shown,) = phone.get("/visits/strays", mine="true").json["items"]
    assert (shown["said"]["ticket_text"], shown["said"]["reschedule_to"]) == ("楼道灯不亮", when)


def test_strays_are_listed_by_state_and_by_pages(
    session: Session, client: Clients, known: Scene
) -> None:
    asked, phone = called_off(session, known), client(known.chen)
    made = [handed_in(phone, asked, needs=needs) for needs in ([], ["leak"], ["errand"])]
    office = client(known.committee)
    drop(office, made[0])
    waiting = office.get("/visits/strays", state="waiting", limit=1).json
    rest = office.get("/visits/strays", state="waiting", cursor=waiting["next_cursor"]).json
    shown = {one["id"] for one in (*waiting["items"], *rest["items"])}
    assert shown == {str(made[1].id), str(made[2].id)}
    (dropped,) = office.get("/visits/strays", state="dropped").json["items"]
    assert dropped["id"] == str(made[0].id)


def test_a_refusal_that_leaders_know_has_words_for_them_and_a_rare_one_its_own() -> None:
    assert reason_of("not_found", "没有找到。") == "交上来的时候，这一户已经不归这个人走访。"
    assert reason_of("busy", "服务器正忙。") == "服务器正忙。"


def test_handing_in_changes_nothing_of_the_visit(
    session: Session, client: Clients, known: Scene
) -> None:
    asked = called_off(session, known)
    handed_in(client(known.chen), asked)
    (same,) = found(Visit)
    assert (same.state, same.version) == ("cancelled", asked.version)
