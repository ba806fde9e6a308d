"""Two go together: what the second says of a visit is kept beside the record; both are shown."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.core import clock
from app.core.audit import AuditRow
from app.identity.models import Person
from app.places.models import Household
from app.places.rules import VisitWish
from app.tickets.models import Ticket
from app.visits.models import Visit, VisitAccount, VisitRecord
from tests.clients import Client
from tests.factories import places
from tests.factories.visits import TUESDAY, Scene, account, done, found, leader, visit

Clients = Callable[[Person], Client]
TAPS = {"on": "2026-11-24", "method": "door", "outcome": "ok"}
HEARD = {"category": "facility.power_lighting", "text": "楼道灯不亮", "public_area": True}


def together(session: Session, known: Scene) -> Visit:
    home = places.household(session, known.unit)
    return visit(session, home, known.chen, known.li)


def put(who: Client, asked: Visit, version: int = 1, **more: Any) -> Any:
    return who.put(f"/visits/{asked.id}/record", TAPS | more, version=version)


def test_the_same_said_twice_is_shown_twice_and_is_no_dispute(
    session: Session, client: Clients, known: Scene
) -> None:
    asked = together(session, known)
    put(client(known.chen), asked)
    answer = put(client(known.li), asked, needs=["leak"])
    assert answer.status_code == 200, answer.json
    card = answer.json["visit"]
    (said,) = card["accounts"]
    assert said == {
        "id": str(found(VisitAccount)[0].id),
        "by": {"id": str(known.li.id), "name": known.li.name},
        "on": "2026-11-24",
        "method": "door",
        "outcome": "ok",
        "needs": ["leak"],
        "note": None,
        "received_at": "2026-11-24T02:00:00Z",
    }
    assert card["record"]["by"]["id"] == str(known.chen.id)
    assert (card["state"], card["disputed"], card["may_pick"]) == ("done", False, False)
    assert (answer.json["ticket"], answer.json["follow_up"]) == (None, None)


def test_that_one_rang_and_the_other_telephoned_is_no_dispute(
    session: Session, client: Clients, known: Scene
) -> None:
    asked = together(session, known)
    put(client(known.chen), asked)
    assert put(client(known.li), asked, method="phone").json["visit"]["disputed"] is False


@pytest.mark.parametrize("version", [1, 2, 9])
def test_other_outcomes_are_a_dispute_whatever_the_version(
    session: Session, client: Clients, known: Scene, version: int
) -> None:
    asked = together(session, known)
    put(client(known.chen), asked)
    card = put(client(known.li), asked, version=version, outcome="not_home").json["visit"]
    assert (card["record"]["outcome"], card["accounts"][0]["outcome"]) == ("ok", "not_home")
    assert (card["disputed"], card["may_pick"]) == (True, False)
    (fact,) = found(AuditRow, AuditRow.verb == "account_added")
    assert (fact.actor_id, fact.details["differs"]) == (known.li.id, True)


def test_a_third_who_agrees_with_the_record_does_not_end_the_dispute(
    session: Session, client: Clients, known: Scene
) -> None:
    home = places.household(session, known.unit)
    asked = visit(session, home, known.chen, known.li, known.zhou)
    put(client(known.chen), asked)
    put(client(known.li), asked, outcome="declined")
    card = put(client(known.zhou), asked).json["visit"]
    assert card["disputed"] is True
    assert {one["by"]["id"] for one in card["accounts"]} == {str(known.li.id), str(known.zhou.id)}


def test_who_has_spoken_is_not_asked_again(session: Session, client: Clients, known: Scene) -> None:
    asked = together(session, known)
    first, second = client(known.chen), client(known.li)
    put(first, asked)
    put(second, asked)
    for who in (first, second):
        answer = put(who, asked, outcome="issue")
        assert (answer.status_code, answer.json["code"]) == (409, "visit_already_recorded")
    assert (len(found(VisitRecord)), len(found(VisitAccount))) == (1, 1)


def test_the_same_key_twice_makes_one_account(
    session: Session, client: Clients, known: Scene
) -> None:
    asked, key = together(session, known), uuid4()
    put(client(known.chen), asked)
    second, path = client(known.li), f"/visits/{asked.id}/record"
    answers = [second.put(path, TAPS, version=1, key=key) for _ in range(2)]
    assert answers[0].data == answers[1].data
    assert len(found(VisitAccount)) == 1


def test_the_office_was_not_there_and_has_nothing_to_add(
    session: Session, client: Clients, known: Scene
) -> None:
    asked = together(session, known)
    put(client(known.chen), asked)
    answer = put(client(known.committee), asked)
    assert (answer.status_code, answer.json["code"]) == (409, "visit_already_recorded")


def test_who_went_tells_of_it_after_the_office_has_recorded_for_them(
    session: Session, client: Clients, known: Scene
) -> None:
    asked = together(session, known)
    put(client(known.committee), asked)
    card = put(client(known.chen), asked, outcome="issue").json["visit"]
    assert (card["disputed"], card["accounts"][0]["by"]["id"]) == (True, str(known.chen.id))


def test_a_stranger_finds_no_visit_to_tell_of(
    session: Session, client: Clients, known: Scene
) -> None:
    asked = together(session, known)
    put(client(known.chen), asked)
    assert put(client(known.zhou), asked).status_code == 404
    assert put(client(known.steward), asked).status_code == 404


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"on": "2026-11-25"}, "on"),
        ({"note": "想换灯泡"}, "note"),
        ({"method": "ok_signal", "outcome": "issue"}, "method"),
        ({"outcome": "issue", "ticket": HEARD | {"category": "no.such"}}, "ticket.category"),
    ],
)
def test_an_account_keeps_the_rules_of_a_record(
    session: Session, client: Clients, known: Scene, more: dict[str, Any], field: str
) -> None:
    asked = together(session, known)
    put(client(known.chen), asked)
    answer = put(client(known.li), asked, **more)
    assert (answer.status_code, list(answer.json["errors"])) == (422, [field])
    assert found(VisitAccount) == []


def test_what_the_second_heard_is_a_ticket_at_once(
    session: Session, client: Clients, known: Scene
) -> None:
    asked = together(session, known)
    put(client(known.chen), asked)
    answer = put(client(known.li), asked, outcome="issue", ticket=HEARD).json
    (ticket,) = found(Ticket)
    assert answer["ticket"] == {"id": str(ticket.id), "number": ticket.number}
    assert (ticket.reporter_id, found(VisitAccount)[0].ticket_id) == (known.li.id, ticket.id)


def test_who_went_along_is_said_by_the_record_alone(
    session: Session, client: Clients, known: Scene
) -> None:
    asked = together(session, known)
    put(client(known.chen), asked)
    card = put(client(known.li), asked, with_ids=[str(known.zhou.id)]).json["visit"]
    assert [one["id"] for one in card["with"]] == [str(known.li.id)]


def test_an_account_that_differs_asks_for_nothing_until_it_is_picked(
    session: Session, client: Clients, known: Scene
) -> None:
    asked = together(session, known)
    put(client(known.chen), asked)
    put(client(known.li), asked, outcome="declined", next_step="no_more_visits")
    assert found(Household)[0].wish is VisitWish.ANY
    assert len(found(Visit)) == 1


def test_a_wish_that_the_second_heard_is_kept_where_the_two_agree(
    session: Session, client: Clients, known: Scene
) -> None:
    asked = together(session, known)
    (home,) = found(Household)
    other = visit(session, home, known.zhou)
    put(client(known.chen), asked, outcome="declined")
    put(client(known.li), asked, outcome="declined", next_step="no_more_visits")
    assert found(Household)[0].wish is VisitWish.NO_MORE_VISITS
    assert found(Visit, Visit.id == other.id)[0].state == "cancelled"


@pytest.mark.parametrize(
    ("who", "notes"),
    [
        ("chen", ["她想换灯泡", "他想换门锁"]),
        ("li", ["她想换灯泡", "他想换门锁"]),
        ("committee", ["她想换灯泡", "他想换门锁"]),
    ],
)
def test_both_notes_stay_and_are_read_by_who_was_there_and_the_committee(
    session: Session, client: Clients, known: Scene, who: str, notes: list[str]
) -> None:
    asked = together(session, known)
    put(client(known.chen), asked, note="她想换灯泡", note_agreed=True)
    put(client(known.li), asked, outcome="issue", note="他想换门锁", note_agreed=True)
    card = client(getattr(known, who)).get(f"/visits/{asked.id}").json
    assert [card["record"]["note"], card["accounts"][0]["note"]] == notes


def test_the_leader_and_who_looks_after_the_door_now_see_outcomes_but_no_note(
    session: Session, client: Clients, known: Scene
) -> None:
    home = places.household(session, known.unit)
    words = {"note": "想换灯泡", "note_agreed": True}
    record = done(session, home, known.chen, **words)
    account(session, record, known.zhou, outcome="issue", **words)
    head = client(leader(session, known))
    opened = head.get(f"/visits/{record.visit_id}").json
    (listed,) = client(known.li).get("/visits", household_id=str(home.id)).json["items"]
    for card in (opened, listed):
        assert (card["accounts"][0]["outcome"], card["accounts"][0]["note"]) == ("issue", None)
        assert card["record"]["note"] is None


def test_a_record_and_an_account_at_the_same_moment_are_both_kept(
    app: Flask, session: Session, client: Clients, known: Scene
) -> None:
    asked = together(session, known)
    session.commit()
    phones = [client(known.chen), client(known.li)]
    with ThreadPoolExecutor(2) as both:
        answers = list(both.map(lambda phone: put(phone, asked), phones))
    assert [answer.status_code for answer in answers] == [200, 200]
    assert (len(found(VisitRecord)), len(found(VisitAccount))) == (1, 1)


def test_accounts_are_told_in_the_order_in_which_they_came(
    session: Session, client: Clients, known: Scene
) -> None:
    home = places.household(session, known.unit)
    asked = visit(session, home, known.chen, known.li, known.zhou)
    put(client(known.chen), asked)
    for minutes, who in enumerate((known.zhou, known.li), start=1):
        phone = client(who)
        with clock.frozen(TUESDAY.replace(minute=minutes)):
            put(phone, asked)
    card = client(known.chen).get(f"/visits/{asked.id}").json
    assert [one["by"]["id"] for one in card["accounts"]] == [str(known.zhou.id), str(known.li.id)]
