"""Volunteers are asked, not ordered: accept, decline, move; and the office calling off."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.identity.models import Person
from app.places.models import Household
from app.places.rules import CareLevel, VisitWish
from app.visits.models import Visit
from app.visits.rules import VisitState
from tests.clients import Client
from tests.factories import places
from tests.factories.visits import TODAY, Scene, done, found, visit

Clients = Callable[[Person], Client]


def proposal(session: Session, known: Scene, **given: Any) -> Visit:
    home = places.household(session, known.unit, **given)
    return visit(session, home, known.chen, known.li, state=VisitState.PROPOSED)


@pytest.mark.parametrize(
    ("body", "state"),
    [
        ({"answer": "accept"}, "accepted"),
        ({"answer": "decline", "reason": "出门在外"}, "turned_down"),
        ({"answer": "move", "date": "2026-11-27"}, "accepted"),
    ],
)
def test_the_person_asked_accepts_declines_or_moves(
    session: Session, client: Clients, known: Scene, body: dict[str, Any], state: str
) -> None:
    asked = proposal(session, known)
    answer = client(known.chen).post(f"/visits/{asked.id}/answer", body, version=1)
    assert (answer.status_code, answer.json["state"]) == (200, state)
    assert answer.json["date"] == body.get("date", "2026-11-24")
    assert answer.json["window"] == {"from": "18:30", "to": "20:30"}


def test_a_moved_visit_may_get_another_window(
    session: Session, client: Clients, known: Scene
) -> None:
    asked = proposal(session, known)
    body = {"answer": "move", "date": "2026-11-28", "window": {"from": "09:30", "to": "11:30"}}
    moved = client(known.chen).post(f"/visits/{asked.id}/answer", body, version=1).json
    assert moved["window"] == {"from": "09:30", "to": "11:30"}


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "date"),
        ({"date": "2026-11-23"}, "date"),
        ({"date": "2027-03-01"}, "date"),
        ({"date": "2026-11-27", "window": {"from": "20:30", "to": "21:30"}}, "window"),
        ({"date": "2026-11-27", "window": {"from": "07:30", "to": "09:30"}}, "window"),
    ],
)
def test_nobody_moves_a_visit_into_the_past_or_the_night(
    session: Session, client: Clients, known: Scene, body: dict[str, Any], field: str
) -> None:
    asked = proposal(session, known)
    answer = client(known.chen).post(
        f"/visits/{asked.id}/answer", {"answer": "move"} | body, version=1
    )
    assert (answer.status_code, list(answer.json["errors"])) == (422, [field])


def test_an_emergency_with_a_reason_may_be_at_night(
    session: Session, client: Clients, known: Scene
) -> None:
    asked = proposal(session, known)
    body = {
        "answer": "move",
        "date": "2026-11-24",
        "window": {"from": "22:00", "to": "23:00"},
        "emergency_reason": "老人没有接电话，家里亮着灯",
    }
    answer = client(known.chen).post(f"/visits/{asked.id}/answer", body, version=1)
    assert answer.status_code == 200


def test_a_visit_is_not_moved_into_the_rest_of_a_household(
    session: Session, client: Clients, known: Scene
) -> None:
    asked = proposal(session, known)
    done(session, home_of(asked), known.li, on=TODAY - timedelta(days=4))
    volunteer = client(known.chen)
    body = {"answer": "move", "date": "2026-12-03"}
    early = volunteer.post(f"/visits/{asked.id}/answer", body, version=1)
    assert "12 月 4 日" in early.json["errors"]["date"][0]
    body["date"] = "2026-12-04"
    assert volunteer.post(f"/visits/{asked.id}/answer", body, version=1).status_code == 200


def home_of(asked: Visit) -> Household:
    (home,) = found(Household, Household.id == asked.household_id)
    return home


@pytest.mark.parametrize(("who", "status"), [("li", 403), ("committee", 403), ("zhou", 404)])
def test_nobody_answers_for_another(
    session: Session, client: Clients, known: Scene, who: str, status: int
) -> None:
    asked = proposal(session, known)
    answer = client(getattr(known, who)).post(
        f"/visits/{asked.id}/answer", {"answer": "accept"}, version=1
    )
    assert answer.status_code == status
    assert found(Visit)[0].state is VisitState.PROPOSED


def test_an_old_version_is_refused_with_the_present_state(
    session: Session, client: Clients, known: Scene
) -> None:
    asked = proposal(session, known)
    volunteer = client(known.chen)
    path = f"/visits/{asked.id}/answer"
    volunteer.post(path, {"answer": "move", "date": "2026-11-27"}, version=1)
    late = volunteer.post(path, {"answer": "decline"}, version=1)
    assert (late.status_code, late.json["current"]["date"]) == (412, "2026-11-27")


def test_several_proposals_are_accepted_at_once(
    session: Session, client: Clients, known: Scene
) -> None:
    homes = places.households(session, known.unit, 3)
    asked = [visit(session, one, known.chen, state=VisitState.PROPOSED) for one in homes]
    volunteer = client(known.chen)
    ids = [str(one.id) for one in asked]
    assert volunteer.post("/visits/accept", {"ids": ids}).json == {"accepted": 3}
    assert volunteer.post("/visits/accept", {"ids": ids}).json == {"accepted": 0}
    assert {one.state for one in found(Visit)} == {VisitState.ACCEPTED}


def test_accepting_several_with_one_that_is_not_mine_accepts_none(
    session: Session, client: Clients, known: Scene
) -> None:
    one, two = places.households(session, known.unit, 2)
    mine = visit(session, one, known.zhou, state=VisitState.PROPOSED)
    foreign = visit(session, two, known.chen, state=VisitState.PROPOSED)
    ids = [str(mine.id), str(foreign.id)]
    assert client(known.zhou).post("/visits/accept", {"ids": ids}).status_code == 404
    assert {one.state for one in found(Visit)} == {VisitState.PROPOSED}


def test_the_office_calls_a_visit_off_with_a_reason(
    session: Session, client: Clients, known: Scene
) -> None:
    asked = proposal(session, known)
    office = client(known.committee)
    path = f"/visits/{asked.id}/cancel"
    assert office.post(path, {"reason": " "}, version=1).status_code == 422
    answer = office.post(path, {"reason": "住户外出"}, version=1)
    assert answer.json["state"] == "cancelled"
    refused = client(known.chen).post(path, {"reason": "不想去"}, version=2)
    assert refused.status_code == 403


def test_setting_no_more_visits_calls_off_what_is_open(
    session: Session, client: Clients, known: Scene
) -> None:
    asked = proposal(session, known)
    body = {"wish": "no_more_visits"}
    answer = client(known.committee).patch(
        f"/places/households/{asked.household_id}", body, version=1
    )
    assert answer.status_code == 200, answer.json
    assert found(Visit)[0].state is VisitState.CANCELLED


def test_a_proposal_of_last_month_is_still_only_a_proposal(
    session: Session, client: Clients, known: Scene
) -> None:
    """One that was not accepted is never overdue."""
    home = places.household(session, known.unit)
    old = visit(
        session,
        home,
        known.chen,
        state=VisitState.PROPOSED,
        on=TODAY - timedelta(days=30),
    )
    shown = client(known.chen).get(f"/visits/{old.id}").json
    assert shown["state"] == "proposed"
    assert not [field for field in shown if "due" in field]
    volunteer = client(known.chen)
    assert volunteer.get("/today").json["visits"] == []
    late = volunteer.post(f"/visits/{old.id}/answer", {"answer": "accept"}, version=1)
    assert (late.status_code, late.json["code"]) == (409, "visit_day_has_passed")
    body = {"answer": "move", "date": "2026-11-27"}
    assert volunteer.post(f"/visits/{old.id}/answer", body, version=1).status_code == 200


def test_the_wish_and_care_level_of_a_household_are_shown(
    session: Session, client: Clients, known: Scene
) -> None:
    asked = proposal(session, known, wish=VisitWish.CALL_FIRST, care_level=CareLevel.FOCUS)
    home = client(known.chen).get(f"/visits/{asked.id}").json["household"]
    assert (home["wish"], home["care_level"]) == ("call_first", "focus")
    assert home["place_text"] == "和园一村 3栋1单元202"
