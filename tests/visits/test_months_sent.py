"""A month's plan goes out; volunteers answer, and the board follows what they say."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.db import reading
from app.notifications.models import InboxItem
from app.places.models import Household
from app.places.rules import VisitWish
from app.visits.models import Visit, VisitPartner
from app.visits.rules import VisitState
from tests.auditing import unwatched
from tests.factories.visits import Scene, found, visit
from tests.visits import monthly
from tests.visits.monthly import Clients, Month, again, board, planned, publish, put


@pytest.fixture
def december(session: Session, known: Scene, monkeypatch: pytest.MonkeyPatch) -> Month:
    return monthly.month(session, known, monkeypatch)


def mine(client: Clients, person: Any, state: str = "proposed") -> list[dict[str, Any]]:
    return list(client(person).get("/visits", state=state, mine="true").json["items"])


def test_publishing_asks_each_person_once_and_merges_purposes_into_one_visit(
    client: Clients, december: Month
) -> None:
    office = client(december.known.committee)
    plan = planned(office, december.known)
    sent = publish(office, plan["id"])
    assert (sent.status_code, sent.json["asked"], sent.json["held_back"]) == (200, 6, 0)
    assert sent.json["plan"]["state"] == "published"
    assert sent.json["plan"]["to_send"] == 0
    visits = found(Visit)
    assert len(visits) == 6
    assert {(one.purpose, tuple(one.also or ())) for one in visits} == {("care", ("safety",))}
    assert len(found(VisitPartner)) == 6
    people = {one.person_id for one in visits}
    with reading() as looking:
        told = looking.scalars(select(InboxItem)).all()
    assert sorted(item.person_id for item in told) == sorted(people)
    assert all("一共" in item.body for item in told)
    assert publish(office, plan["id"]).json["code"] == "month_plan_nothing_to_send"
    dropped = office.delete(
        f"/month-plans/{plan['id']}",
        version=office.get(f"/month-plans/{plan['id']}").json["version"],
    )
    assert dropped.json["code"] == "month_plan_is_published"


def test_the_board_follows_what_volunteers_answer(client: Clients, december: Month) -> None:
    known = december.known
    office = client(known.committee)
    plan = planned(office, known)
    publish(office, plan["id"])
    who = next(one for one in (known.chen, known.li, known.zhou) if len(mine(client, one)) >= 1)
    theirs = mine(client, who)
    chen = client(who)
    first = theirs[0]
    moved = {"answer": "move", "date": "2026-12-03", "window": {"from": "18:30", "to": "20:30"}}
    if first["date"] == "2026-12-03":
        moved["date"] = "2026-12-04"
    chen.post(f"/visits/{first['id']}/answer", moved, version=first["version"])
    shown = board(office, plan)
    stop = next(
        one for one in shown["stops"] if one["place_text"] == first["household"]["place_text"]
    )
    assert (stop["date"], stop["state"], stop["changed"]) == (moved["date"], "accepted", False)


def test_what_is_declined_waits_for_another_person_and_is_not_asked_of_the_same_again(
    client: Clients, december: Month
) -> None:
    known = december.known
    office = client(known.committee)
    plan = planned(office, known)
    publish(office, plan["id"])
    who = next(one for one in (known.chen, known.li, known.zhou) if mine(client, one))
    first = mine(client, who)[0]
    said = client(who).post(
        f"/visits/{first['id']}/answer", {"answer": "decline"}, version=first["version"]
    )
    assert said.status_code == 200
    shown = board(office, plan)
    (waiting,) = shown["left_out"]
    assert (waiting["why"], waiting["state"]) == ("请过，这次去不了", "turned_down")
    same = put(
        office,
        shown,
        "move",
        stop_ids=[waiting["id"]],
        date=first["date"],
        person_id=str(who.id),
        window=first["window"],
    )
    assert "婉拒了这个时间" in same.json["title"]
    other = next(one for one in (known.chen, known.li, known.zhou) if one is not who)
    moved = put(
        office, shown, "move", stop_ids=[waiting["id"]], date="2026-12-14", person_id=str(other.id)
    )
    assert moved.status_code == 200, moved.json
    sent = publish(office, plan["id"]).json
    assert (sent["asked"], sent["people"], sent["withdrawn"]) == (1, 1, 0)
    assert first["household"]["id"] in {one["household"]["id"] for one in mine(client, other)}


def test_the_board_follows_a_visit_that_went_on_to_somebody_else(
    session: Session, client: Clients, december: Month
) -> None:
    known = december.known
    office = client(known.committee)
    plan = planned(office, known)
    publish(office, plan["id"])
    first = found(Visit)[0]
    with unwatched():
        session.get_one(Visit, first.id).state = VisitState.TURNED_DOWN
        session.commit()
    instead = visit(
        session,
        session.get_one(Household, first.household_id),
        known.zhou,
        state=VisitState.PROPOSED,
        on=first.on,
        follows_id=first.id,
    )
    shown = board(office, plan)
    assert shown["left_out"] == []
    stop = next(one for one in shown["stops"] if one["people"][0] == str(known.zhou.id))
    assert (stop["state"], stop["changed"]) == ("proposed", False)
    put(office, shown, "move", stop_ids=[stop["id"]], date="2026-12-21", person_id=None)
    assert publish(office, plan["id"]).json["asked"] == 1
    (moved,) = found(Visit, Visit.id == instead.id)
    assert moved.on.isoformat() == "2026-12-21"


def test_a_visit_moved_after_it_was_sent_is_asked_anew_and_its_person_told_once(
    client: Clients, december: Month
) -> None:
    known = december.known
    office = client(known.committee)
    plan = planned(office, known)
    publish(office, plan["id"])
    who = next(one for one in (known.chen, known.li, known.zhou) if mine(client, one))
    first = mine(client, who)[0]
    client(who).post(f"/visits/{first['id']}/answer", {"answer": "accept"}, version=1)
    shown = board(office, plan)
    stop = next(
        one for one in shown["stops"] if one["place_text"] == first["household"]["place_text"]
    )
    other = next(one for one in (known.chen, known.li, known.zhou) if one is not who)
    put(office, shown, "move", stop_ids=[stop["id"]], date="2026-12-15", person_id=str(other.id))
    changed = next(one for one in again(office, shown)["stops"] if one["id"] == stop["id"])
    assert (changed["changed"], changed["state"]) == (True, "accepted")
    sent = publish(office, plan["id"]).json
    assert (sent["asked"], sent["withdrawn"]) == (1, 1)
    (asked,) = found(Visit, Visit.household_id == UUID(first["household"]["id"]))
    assert (asked.person_id, asked.state, asked.on.isoformat()) == (
        other.id,
        VisitState.PROPOSED,
        "2026-12-15",
    )
    sent_back = put(office, again(office, shown), "undo")
    assert sent_back.status_code == 200
    assert publish(office, plan["id"]).json["asked"] == 1


def test_what_is_taken_out_after_it_was_sent_is_withdrawn(client: Clients, december: Month) -> None:
    office = client(december.known.committee)
    plan = planned(office, december.known)
    publish(office, plan["id"])
    shown = board(office, plan)
    stop = shown["stops"][0]
    put(office, shown, "take-out", stop_ids=[stop["id"]])
    sent = publish(office, plan["id"]).json
    assert (sent["asked"], sent["withdrawn"], sent["held_back"]) == (0, 1, 0)
    assert len(found(Visit, Visit.state == VisitState.CANCELLED)) == 1
    now = again(office, shown)
    assert [one["id"] for one in now["left_out"]] == [stop["id"]]
    put(office, now, "move", stop_ids=[stop["id"]], date="2026-12-16")
    assert publish(office, plan["id"]).json["asked"] == 1
    assert len(found(Visit, Visit.state == VisitState.PROPOSED)) == 6


def test_what_residents_have_said_since_is_held_back(
    session: Session, client: Clients, december: Month
) -> None:
    office = client(december.known.committee)
    plan = planned(office, december.known)
    with unwatched():
        session.get_one(Household, december.homes[0].id).wish = VisitWish.NO_MORE_VISITS
        session.commit()
    december.gone = {december.homes[1].id}
    sent = publish(office, plan["id"]).json
    assert (sent["asked"], sent["held_back"]) == (4, 2)
    shown = board(office, plan)
    assert {one["why"] for one in shown["left_out"]} == {"住户说过不再上门", "现在不用去了"}


def test_what_was_visited_stays_where_it_was(
    session: Session, client: Clients, december: Month
) -> None:
    known = december.known
    office = client(known.committee)
    plan = planned(office, known)
    publish(office, plan["id"])
    with unwatched():
        session.scalars(select(Visit)).all()[0].state = VisitState.DONE
        session.commit()
    shown = board(office, plan)
    (stop,) = (one for one in shown["stops"] if one["state"] == "done")
    refused = put(office, shown, "take-out", stop_ids=[stop["id"]])
    assert refused.json["title"] == "这户已经去过了，不用再排。"
