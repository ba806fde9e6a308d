"""「请不要上门」 and 「请来看看我」 are only asked at a door; who looks after it confirms."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.notifications.models import InboxItem
from app.places.models import Household
from app.places.rules import VisitWish
from app.residents import jobs
from app.residents.models import DoorWish
from app.visits.models import Visit
from app.visits.models_owing import StopAsked
from app.visits.rules import Purpose, VisitState
from tests.auditing import unwatched
from tests.clients import Client
from tests.factories import places, teams
from tests.factories.tickets import Neighbourhood, later
from tests.residents.passer import Passer

Someone = Callable[[], Passer]
COME = {"kind": "please_come", "said": "腿脚不便，想有人来坐坐"}


@pytest.fixture
def home(session: Session, here: Neighbourhood) -> Household:
    """Door 202, looked after by the volunteer."""
    made = places.household(session, here.unit)
    teams.assignment(session, made, here.people["volunteer"].id)
    session.commit()
    return made


def the_wish(session: Session) -> DoorWish:
    found = session.scalars(select(DoorWish)).one()
    session.commit()
    return found


def kept(session: Session, home: Household) -> VisitWish:
    session.refresh(home)
    session.commit()
    return home.wish


@pytest.mark.parametrize("by", ["committee", "volunteer"])
def test_who_looks_after_the_door_confirms_and_then_it_is_kept(
    app: Flask, session: Session, here: Neighbourhood, home: Household, passer: Someone, by: str
) -> None:
    assert passer().wish().status_code == 201
    assert kept(session, home) is VisitWish.ANY  # only asked
    client = Client(app, here.people[by])
    row = client.get("/residents/wishes").json["items"][0]
    assert (row["kind_name"], row["door"]) == ("请不要上门", "202")
    assert row["household"]["id"] == str(home.id)
    done = client.post(f"/residents/wishes/{row['id']}/confirm", {})
    assert (done.status_code, done.json["state_name"]) == (200, "核实过了")
    assert kept(session, home) is VisitWish.NO_MORE_VISITS
    assert client.get("/residents/wishes").json["items"] == []
    again = client.post(f"/residents/wishes/{row['id']}/drop", {})
    assert again.json["code"] == "door_wish_settled"


def test_a_wish_that_nobody_has_changes_nothing(
    app: Flask, session: Session, here: Neighbourhood, home: Household, passer: Someone
) -> None:
    passer().wish()
    client = Client(app, here.people["committee"])
    wish_id = the_wish(session).id
    assert client.post(f"/residents/wishes/{wish_id}/drop", {}).json["state_name"] == "不成立"
    assert kept(session, home) is VisitWish.ANY


@pytest.mark.parametrize("number", ["202", "909", "没有这户", "'; DROP TABLE household;--"])
def test_the_answer_is_the_same_whether_the_door_exists(
    home: Household, passer: Someone, number: str
) -> None:
    answer = passer().wish(door=number[:16])
    assert (answer.status_code, answer.json) == (201, {"taken": True})


def test_who_looks_after_the_door_and_the_committee_hear_of_it_and_no_one_else(
    app: Flask, session: Session, here: Neighbourhood, home: Household, passer: Someone
) -> None:
    passer().wish(**COME)
    told = {item.person_id for item in session.scalars(select(InboxItem))}
    session.commit()
    assert told == {here.people[word].id for word in ("committee", "secretary", "volunteer")}
    for stranger in ("property", "owners", "social"):
        seen = Client(app, here.people[stranger]).get("/residents/wishes").json["items"]
        assert seen == [], stranger
        path = f"/residents/wishes/{the_wish(session).id}/confirm"
        assert Client(app, here.people[stranger]).post(path, {}).status_code == 404
    path = f"/residents/wishes/{the_wish(session).id}/confirm"
    Client(app, here.people["volunteer"]).post(path, {})
    unread = select(InboxItem).where(InboxItem.read_at.is_(None))
    assert not session.scalars(unread).all()


def test_asking_for_company_opens_a_door_that_was_closed(
    app: Flask, session: Session, here: Neighbourhood, passer: Someone
) -> None:
    home = places.household(session, here.unit, wish=VisitWish.NO_MORE_VISITS)
    session.commit()
    passer().wish(**COME)
    path = f"/residents/wishes/{the_wish(session).id}/confirm"
    assert Client(app, here.people["committee"]).post(path, {}).status_code == 200
    assert kept(session, home) is VisitWish.CALL_FIRST


def test_an_unknown_door_is_chosen_from_the_list_of_this_stairwell(
    app: Flask, session: Session, here: Neighbourhood, home: Household, passer: Someone
) -> None:
    other = places.household(session, places.unit(session, here.community, building="9栋"))
    session.commit()
    passer().wish(door="二楼左边")
    client = Client(app, here.people["committee"])
    path = f"/residents/wishes/{the_wish(session).id}"
    listed = client.get(f"{path}/households").json["items"]
    assert [one["id"] for one in listed] == [str(home.id)]
    assert client.post(f"{path}/confirm", {}).status_code == 422
    assert client.post(f"{path}/confirm", {"household_id": str(other.id)}).status_code == 422
    assert client.post(f"{path}/confirm", {"household_id": str(home.id)}).status_code == 200


def test_a_number_left_with_a_wish_is_shown_for_a_reason_and_gone_after_a_month(
    app: Flask, session: Session, here: Neighbourhood, home: Household, passer: Someone
) -> None:
    passer().wish(**COME, phone="19900000042", consent=True)
    wish = the_wish(session)
    client = Client(app, here.people["volunteer"])
    assert client.get("/residents/wishes").json["items"][0]["phone_masked"] == "199****0042"
    path = f"/residents/wishes/{wish.id}"
    assert client.post(f"{path}/phone", {"reason": "先打个电话"}).json["phone"] == "19900000042"
    client.post(f"{path}/confirm", {})
    with later(days=31):
        jobs.forget_contacts(session, clock.today())
        session.commit()
    session.refresh(wish)
    assert (wish.phone, wish.said) == (None, "")


def test_the_visits_that_were_planned_there_are_called_off(
    app: Flask, session: Session, here: Neighbourhood, home: Household, passer: Someone
) -> None:
    with unwatched():
        visit = Visit(
            community_id=home.community_id,
            household_id=home.id,
            person_id=here.people["volunteer"].id,
            purpose=Purpose.ROUTINE,
            state=VisitState.ACCEPTED,
            on=clock.today(),
            attempt=1,
            created_at=clock.now(),
        )
        session.add(visit)
        session.commit()
    passer().wish()
    path = f"/residents/wishes/{the_wish(session).id}/confirm"
    assert Client(app, here.people["committee"]).post(path, {}).status_code == 200
    session.refresh(visit)
    assert visit.state is VisitState.CANCELLED


def test_who_asks_for_company_is_owed_a_visit_once_it_is_confirmed(
    app: Flask, session: Session, here: Neighbourhood, home: Household, passer: Someone
) -> None:
    passer().wish(**COME)
    assert not session.scalars(select(StopAsked)).all()
    session.commit()
    path = f"/residents/wishes/{the_wish(session).id}/confirm"
    Client(app, here.people["volunteer"]).post(path, {})
    (owed,) = session.scalars(select(StopAsked)).all()
    session.commit()
    assert (owed.household_id, owed.purpose) == (home.id, Purpose.ASKED)
