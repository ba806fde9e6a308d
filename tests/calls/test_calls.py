"""A call from beginning to end, with everybody in their seat, on both databases."""

import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from urllib.parse import unquote
from zipfile import ZipFile

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.calls.jobs import forget_people
from app.calls.models import CalledPerson, Summons
from app.core import clock, tables
from app.core.audit import AuditRow
from app.core.db import transaction
from app.identity.models import Person
from app.places.rules import CareLevel
from app.visits.rules import Outcome
from tests.calls.calling import Calling
from tests.clients import Client
from tests.factories import places, teams
from tests.factories import visits as going
from tests.factories.visits import TODAY, TUESDAY, leader


def test_who_is_reached_is_said_before_anybody_is_told(session: Session, here: Calling) -> None:
    door = places.household(session, here.scene.unit)
    going.visit(session, door, here.scene.chen)
    query = {name: here.said()[name] for name in ("place_id", "until")}
    answer = here.clients(here.scene.committee).get("/summons/reach", **query)
    assert answer.json == {"people": 3, "members": 2, "duty": 1, "visits": 1, "night": False}
    assert session.scalar(select(Summons.id)) is None


def test_an_estate_reaches_who_is_paired_there_and_a_community_everybody(here: Calling) -> None:
    assert here.opened()["set_aside"] == 0
    assert here.ask(here.scene.chen, "/summons")["items"]
    assert here.ask(here.scene.zhou, "/summons")["items"] == []
    whole = here.opened(place_id=str(here.scene.community.id))
    assert [one["id"] for one in here.ask(here.scene.zhou, "/summons")["items"]] == [whole["id"]]


def test_a_team_alone_can_be_called(session: Session, here: Calling) -> None:
    other = teams.team(session, here.scene.community, here.scene.zhou)
    call = here.opened(place_id=str(here.scene.community.id), team_id=str(other.id))
    assert call["team"]["id"] == str(other.id)
    assert here.ask(here.scene.zhou, "/summons")["items"]
    assert here.clients(here.scene.chen).get(f"/summons/{call['id']}").status_code == 404


def test_the_same_call_is_not_made_twice(here: Calling) -> None:
    here.opened()
    again = here.clients(here.scene.committee).post("/summons", here.said())
    assert (again.status_code, (again.json or {})["code"]) == (409, "call_already_open")


@pytest.mark.parametrize("who", ["chen", "steward"])
def test_only_a_committee_and_its_subdistrict_may_call(here: Calling, who: str) -> None:
    person: Person = getattr(here.scene, who)
    status = here.clients(person).post("/summons", here.said()).status_code
    assert status == (403 if who == "chen" else 404)
    assert here.clients(here.stranger).post("/summons", here.said()).status_code == 404
    assert here.clients(here.officer).post("/summons", here.said()).status_code == 201


def test_who_was_not_called_finds_nothing(here: Calling) -> None:
    call = here.opened()
    for person in (here.scene.zhou, here.stranger):
        client = here.clients(person)
        for path in ("", "/board"):
            assert client.get(f"/summons/{call['id']}{path}").status_code == 404
        assert here.answers(person, call, "coming").status_code == 404
    for verb, body in (("close", {}), ("call-off", {"reason": "点错了"})):
        path = f"/summons/{call['id']}/{verb}"
        assert here.clients(here.stranger).post(path, body, version=1).status_code == 404
        assert here.clients(here.scene.steward).post(path, body, version=1).status_code == 404
    assert here.clients(here.stranger).get(f"/summons/{call['id']}/sheet.xlsx").status_code == 404


def test_an_answer_is_one_tap_and_can_be_changed(session: Session, here: Calling) -> None:
    call = here.opened()
    mine = here.ask(here.scene.chen, f"/summons/{call['id']}")
    assert mine["answers"] == ["coming", "cannot", "safe"]
    assert (mine["may"], mine["board"], mine["set_aside"]) == ([], False, None)
    for said in ("coming", "coming", "cannot"):
        assert here.answers(here.scene.chen, call, said).json["answer"] == said
    kept = session.scalars(
        select(AuditRow).where(AuditRow.verb == "answered").order_by(AuditRow.id)
    ).all()
    assert [row.details["answer"] for row in kept] == ["coming", "cannot"]


def test_who_is_on_duty_says_whether_they_come(here: Calling) -> None:
    call = here.opened()
    assert here.answers(here.scene.steward, call, "safe").status_code == 422
    assert here.answers(here.scene.steward, call, "coming").status_code == 200


def test_after_the_end_an_answer_from_a_phone_without_network_is_told_so(here: Calling) -> None:
    call = here.opened()
    here.closed(call)
    late = here.answers(here.scene.chen, call, "coming")
    assert (late.status_code, late.json["code"]) == (409, "call_is_over")


def test_the_board_shows_building_by_building(session: Session, here: Calling) -> None:
    level = {"care_level": CareLevel.HIGH, "care_confirmed_on": TODAY}
    doors = [places.household(session, here.scene.unit, f"{n}01", **level) for n in (1, 2)]
    places.household(session, here.scene.unit, "302")
    going.done(session, doors[0], here.scene.li, received_at=TUESDAY - timedelta(hours=2))
    call = here.opened()
    committee = here.scene.committee

    def building() -> tuple[str, int, int, int]:
        [one] = here.board(committee, call)["buildings"]
        return one["state"], one["coming"], one["doors"], one["seen"]

    assert building() == ("nobody", 0, 2, 0)
    here.answers(here.scene.chen, call, "coming")
    assert building() == ("coming", 1, 2, 0)
    with clock.frozen(TUESDAY + timedelta(minutes=20)):
        going.done(session, doors[0], here.scene.chen, outcome=Outcome.NOT_HOME)
        assert building() == ("coming", 1, 2, 0)
    with clock.frozen(TUESDAY + timedelta(minutes=30)):
        going.done(session, doors[0], here.scene.chen)
        assert building() == ("looked", 1, 2, 1)
    with clock.frozen(TUESDAY + timedelta(minutes=40)):
        going.done(session, doors[1], here.scene.chen, outcome=Outcome.ISSUE)
        assert building() == ("help", 1, 2, 2)
    with clock.frozen(TUESDAY + timedelta(minutes=50)):
        going.done(session, doors[1], here.scene.chen)
        assert building() == ("well", 1, 2, 2)
        here.closed(call)
        assert building() == ("well", 1, 2, 2)


def test_few_households_are_shown_to_the_committee_alone(session: Session, here: Calling) -> None:
    level = {"care_level": CareLevel.FOCUS, "care_confirmed_on": TODAY}
    places.household(session, here.scene.unit, "101", **level)
    call = here.opened()
    [whole] = here.board(here.scene.committee, call)["buildings"]
    assert whole["doors"] == 1
    for person in (here.officer, here.scene.steward):
        [one] = here.board(person, call)["buildings"]
        assert (one["doors"], one["seen"], one["state"]) == (None, None, "nobody")
        assert here.board(person, call)["tickets"] == []


def test_a_leader_sees_the_own_team_and_a_company_its_own_people(
    session: Session, here: Calling
) -> None:
    head = leader(session, here.scene)
    other = teams.team(session, here.scene.community, here.scene.li)
    call = here.opened()
    for person in (here.scene.chen, here.scene.steward):
        here.answers(person, call, "coming")
    here.answers(here.scene.li, call, "cannot")
    assert here.board(head, call)["buildings"] == []
    assert {one["id"] for one in here.board(head, call)["coming"]} == {
        str(here.scene.chen.id),
        str(here.scene.steward.id),
    }
    company = here.board(here.scene.steward, call)
    assert [one["id"] for one in company["coming"]] == [str(here.scene.steward.id)]
    assert company["counts"] == {"asked": 1, "coming": 1, "cannot": 0, "safe": 0}
    assert [one["people"] for one in company["buildings"]] == [[]]
    assert here.clients(here.scene.chen).get(f"/summons/{call['id']}/board").status_code == 404
    assert other.id


def test_nobody_is_listed_who_cannot_come_or_said_nothing(here: Calling) -> None:
    call = here.opened()
    here.answers(here.scene.chen, call, "cannot")
    board = here.board(here.scene.committee, call)
    assert board["counts"] == {"asked": 3, "coming": 0, "cannot": 1, "safe": 0}
    assert str(here.scene.chen.id) not in str(board)
    assert str(here.scene.li.id) not in str(board)


def test_a_second_version_of_the_end_is_refused(here: Calling) -> None:
    call = here.opened()
    client = here.clients(here.scene.committee)
    assert client.post(f"/summons/{call['id']}/close", {}, version=9).status_code == 412
    here.closed(call)
    again = client.post(f"/summons/{call['id']}/close", {}, version=2)
    assert (again.status_code, again.json["code"]) == (409, "call_is_over")


def test_after_a_day_a_call_is_closed_and_not_called_off(here: Calling) -> None:
    call = here.opened()
    with clock.frozen(TUESDAY + timedelta(hours=25)):
        assert here.ask(here.scene.committee, f"/summons/{call['id']}")["may"] == ["close"]
        path = f"/summons/{call['id']}/call-off"
        late = here.clients(here.scene.committee).post(path, {"reason": "点错了"}, version=1)
        assert (late.status_code, late.json["code"]) == (409, "call_too_late_to_call_off")


def test_the_file_is_one_of_texts_and_names_nobody(here: Calling) -> None:
    call = here.opened(words="=HYPERLINK(1)，请看看老人")
    here.answers(here.scene.chen, call, "coming")
    client = here.clients(here.scene.committee)
    content = client.get(f"/summons/{call['id']}/sheet.xlsx").data
    texts = [cell for row in tables.read(content, most_rows=100) for cell in row]
    assert any("HYPERLINK" in text for text in texts)
    assert not any(here.scene.chen.name in text for text in texts)
    with ZipFile(BytesIO(content)) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


def test_the_file_sums_up_every_answer_and_is_called_after_its_call(here: Calling) -> None:
    call = here.opened()
    here.answers(here.scene.chen, call, "safe")
    answer = here.clients(here.scene.committee).get(f"/summons/{call['id']}/sheet.xlsx")
    rows = {row[0]: row[1] for row in tables.read(answer.data, most_rows=100)}
    asked = int(rows["请到的人"].removesuffix(" 人"))
    assert asked > 1
    assert [rows[one] for one in ("我来", "来不了", "我平安")] == ["0 人", "0 人", "1 人"]
    name = unquote(answer.headers["Content-Disposition"].partition("''")[2])
    assert re.fullmatch(r"紧急召集 \S+ .+ \d{4}-\d\d-\d\d\.xlsx", name)


def test_who_was_called_is_forgotten_after_half_a_year_and_the_sums_stay(
    session: Session, here: Calling
) -> None:
    call = here.opened()
    here.answers(here.scene.chen, call, "coming")
    here.closed(call)
    for days, left in ((179, 3), (181, 0)):
        later = TUESDAY + timedelta(days=days)
        with clock.frozen(later), transaction() as writing:
            forget_people(writing, later.date())
        session.expire_all()
        assert len(session.scalars(select(CalledPerson)).all()) == left
        session.rollback()
    board = here.board(here.scene.committee, call)
    assert (board["counts"]["asked"], board["counts"]["coming"]) == (3, 1)


def test_phones_hold_an_open_call_and_let_it_go(
    here: Calling, client: Callable[..., Client]
) -> None:
    call = here.opened()
    here.answers(here.scene.chen, call, "safe")
    phone = client(here.scene.chen)

    def held() -> tuple[str, list[str]]:
        news = phone.get("/sync").json or {}
        rows = [row for scope in news["scopes"] for row in scope["rows"] if row["kind"] == "call"]
        return news["cursor"], [row["row"]["answer"] for row in rows]

    assert held()[1] == ["safe"]
    here.closed(call)
    assert held()[1] == []


def test_the_desk_hears_of_every_answer_and_every_visit(session: Session, here: Calling) -> None:
    call = here.opened()
    desk = here.clients(here.scene.committee)

    def signs(cursor: str = "") -> tuple[str, int]:
        answer = desk.get("/sync", cursor=cursor)
        if answer.status_code != 200:
            return cursor, 0
        news = answer.json or {}
        rows = [row for scope in news["scopes"] for row in scope["rows"]]
        return news["cursor"], sum(row["kind"] == "call_board" for row in rows)

    cursor, count = signs()
    assert count == 1
    assert signs(cursor)[1] == 0
    here.answers(here.scene.chen, call, "coming")
    cursor, count = signs(cursor)
    assert count == 1
    door = places.household(session, here.scene.unit)
    visit = going.visit(session, door, here.scene.chen, purpose="wellness")
    record = {"on": TODAY.isoformat(), "method": "door", "outcome": "ok", "slot": "morning"}
    done = here.clients(here.scene.chen).put(f"/visits/{visit.id}/record", record, version=1)
    assert done.status_code == 200, done.text
    assert signs(cursor)[1] == 1
