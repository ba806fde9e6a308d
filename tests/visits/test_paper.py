"""Round sheets on paper over HTTP: who prints what."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy.orm import Session

from app.core.audit import AuditRow
from app.places.rules import CareLevel
from app.visits.models import VisitRecord
from app.visits.rules import VisitState
from tests.factories import places, teams
from tests.factories.visits import TODAY, Scene, found, leader, leaves, visit
from tests.visits.on_paper import DAYS, Clients, asked, enter, made, make


def test_a_persons_outing_is_one_sheet_in_the_order_of_stairs_and_floors(
    session: Session, client: Clients, known: Scene
) -> None:
    asked(session, known, "601", "101", "302", state=VisitState.PROPOSED)
    office = client(known.committee)
    sheet = made(office)
    assert (sheet["title"], sheet["rows"], sheet["recorded"]) == (known.chen.name, 3, 0)
    shown = office.get(f"/paper-sheets/{sheet['id']}").json
    doors = [(one["number"], one["door"], one["accepted"]) for one in shown["doors"]]
    assert doors == [(1, "1单元 101", False), (2, "1单元 302", False), (3, "1单元 601", False)]


def test_a_buildings_week_is_one_sheet(session: Session, client: Clients, known: Scene) -> None:
    for days in (0, 2, 8):
        asked(session, known, f"{days + 1}01", on=TODAY + timedelta(days=days))
    answer = make(client(known.committee), "building", last="2026-12-04")
    weeks = [(one["first_on"], one["last_on"], one["rows"]) for one in answer.json["items"]]
    assert weeks == [("2026-11-23", "2026-11-29", 2), ("2026-11-30", "2026-12-06", 1)]
    assert {one["title"] for one in answer.json["items"]} == {"和园一村 3栋"}


def test_a_sheet_names_no_resident_and_says_only_what_the_door_needs(
    session: Session, client: Clients, known: Scene
) -> None:
    home = places.household(session, known.unit, care_level=CareLevel.HIGH, contact_name="欧阳桂枝")
    visit(session, home, known.chen)
    office = client(known.committee)
    printed = office.post("/paper-sheets/print", {"ids": [made(office)["id"]]})
    assert "欧阳桂枝" not in printed.text
    [sheet] = printed.json["items"]
    [door] = sheet["doors"]
    assert door["same_day"]
    assert {"contact_name", "care_level", "phone", "last"}.isdisjoint(door)
    assert sheet["picture"].startswith("data:image/svg+xml")
    assert door["picture"] not in (sheet["picture"], "")


def test_printing_is_logged_each_time(session: Session, client: Clients, known: Scene) -> None:
    asked(session, known, "101", "102")
    office = client(known.committee)
    sheet = made(office)
    for _ in range(2):
        office.post("/paper-sheets/print", {"ids": [sheet["id"]]})
    rows = found(AuditRow, AuditRow.subject_kind == "paper_sheet", AuditRow.verb == "printed")
    said = [(row.actor_id, str(row.subject_id), row.details) for row in rows]
    assert said == [(known.committee.id, sheet["id"], {"rows": 2})] * 2


def test_the_same_visits_are_not_put_on_paper_under_two_codes(
    session: Session, client: Clients, known: Scene
) -> None:
    asked(session, known, "101")
    office = client(known.committee)
    first = made(office)
    assert made(office) == first
    asked(session, known, "102")
    assert made(office)["code"] != first["code"]


def test_a_round_and_some_people_can_be_picked_out(
    session: Session, client: Clients, known: Scene
) -> None:
    asked(session, known, "101")
    home = places.household(session, known.unit, "201")
    visit(session, home, known.li)
    office = client(known.committee)
    assert len(make(office).json["items"]) == 2
    assert made(office, whose=[str(known.li.id)])["title"] == known.li.name
    assert made(office, "building", whose=[known.building_id])["rows"] == 2
    assert make(office, round_id=str(uuid4())).json["items"] == []
    choices = office.get("/paper-sheets/choices", **DAYS).json
    assert {(one["name"], one["visits"]) for one in choices["people"]} == {
        (known.chen.name, 1),
        (known.li.name, 1),
    }
    assert [one["visits"] for one in choices["buildings"]] == [2]


@pytest.mark.parametrize("last", ["2026-11-23", "2026-12-08"])
def test_no_more_than_two_weeks_go_on_paper_at_once(
    client: Clients, known: Scene, last: str
) -> None:
    assert make(client(known.committee), last=last).status_code == 422


def test_more_doors_than_one_can_print_are_refused(
    session: Session, client: Clients, known: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.visits.service.paper.MOST_VISITS", 1)
    asked(session, known, "101", "102")
    assert make(client(known.committee)).status_code == 422


def test_the_leader_of_a_team_prints_and_enters_for_its_people(
    session: Session, client: Clients, known: Scene
) -> None:
    asked(session, known, "101")
    outsider = places.household(session, known.unit, "201")
    visit(session, outsider, known.committee)
    head = client(leader(session, known))
    sheet = made(head)
    assert (sheet["title"], sheet["rows"]) == (known.chen.name, 1)
    assert enter(head, sheet, {"number": 1}).json["recorded"] == 1
    [record] = found(VisitRecord)
    assert record.recorded_by == known.chen.id


def test_a_volunteer_and_a_property_company_print_no_door(
    session: Session, client: Clients, known: Scene
) -> None:
    asked(session, known, "101")
    teams.member(session, known.team, known.steward, leader=True)
    sheet = made(client(known.committee))
    for person in (known.chen, known.steward):
        who = client(person)
        assert make(who).json["items"] == []
        assert who.get("/paper-sheets").json["items"] == []
        assert who.get("/paper-sheets/choices", **DAYS).json == {"people": [], "buildings": []}
        assert who.get(f"/paper-sheets/{sheet['id']}").status_code == 404
        assert who.post("/paper-sheets/print", {"ids": [sheet["id"]]}).status_code == 404
        assert enter(who, sheet, {"number": 1}).status_code == 404
        hidden = who.get("/paper-sheets/find", code=sheet["code"])
        assert hidden.status_code == 404
        assert "打印的人或社区来录" in hidden.json["title"]


def test_who_leads_no_more_opens_no_sheet_any_more(
    session: Session, client: Clients, known: Scene
) -> None:
    asked(session, known, "101")
    head = leader(session, known)
    sheet = made(client(head))
    leaves(session, known, head, date(2026, 11, 23))
    assert client(head).get(f"/paper-sheets/{sheet['id']}").status_code == 404


def test_a_sheet_is_found_by_its_code_and_by_no_other(
    session: Session, client: Clients, known: Scene
) -> None:
    asked(session, known, "101")
    office = client(known.committee)
    sheet = made(office)
    link = f"http://localhost/app/paper/{sheet['code']}?row=1"
    assert office.get("/paper-sheets/find", code=link).json["id"] == sheet["id"]
    for wrong in ("12345678", "七", sheet["code"][::-1] + "1"):
        assert office.get("/paper-sheets/find", code=wrong).status_code == 404
