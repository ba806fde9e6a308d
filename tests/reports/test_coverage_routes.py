"""Who sees the coverage of whose visits, one's own month, the file and its trace."""

import io
from base64 import b64decode
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.audit import AuditRow
from app.identity.rules import OrganisationKind, PlaceKind
from app.places.models import Household
from app.places.rules import CareLevel
from app.reports.rules.coverage import COUNTED, WORDS
from app.reports.service import settling
from app.visits.rules import Outcome
from tests.auditing import unwatched
from tests.clients import Client
from tests.factories import identity, places, teams, tickets
from tests.factories.tickets import Neighbourhood
from tests.factories.visits import done

Clients = Callable[..., Client]
PATH = "/reports/coverage"
MAY, MUST_NOT = (
    ("committee", "secretary", "subdistrict", "district"),
    ("property", "owners", "social", "volunteer"),
)


@pytest.fixture
def here(session: Session, december: None) -> Neighbourhood:
    """Twenty monthly doors and six weekly ones; in November eleven were seen, one declined."""
    made = tickets.neighbourhood(session)
    volunteer = made.people["volunteer"]
    team = teams.team(session, made.community, volunteer, made.people["social"])
    with unwatched():
        for who in (volunteer, made.people["social"]):
            teams.pairing(session, team, who, made.unit)
        for nth in range(26):
            level = CareLevel.FOCUS if nth < 20 else CareLevel.HIGH
            home = door(session, made, f"{3 + nth // 10}{10 + nth % 10}", level)
            done(session, home, volunteer, on=date(2026, 10, 15))
            if nth < 12:
                outcome = Outcome.OK if nth else Outcome.DECLINED
                done(session, home, volunteer, on=date(2026, 11, 12), outcome=outcome)
        settling.settle_missing(session, clock.today())
        session.commit()
    return made


def door(session: Session, here: Neighbourhood, number: str, level: CareLevel) -> Household:
    return places.household(
        session,
        here.unit,
        number,
        care_level=level,
        care_confirmed_on=date(2026, 9, 1),
        known_since=date(2026, 1, 1),
    )


def line(found: dict[str, Any], level: str | None = None) -> dict[str, Any]:
    """The figures of the community."""
    wanted = (found["community"]["id"], level)
    (one,) = [row for row in found["items"] if (row["place_id"], row["care_level"]) == wanted]
    return {name: one[name] for name in COUNTED}


@pytest.mark.parametrize("by", MAY)
def test_the_committee_and_who_oversees_it_see_a_month(
    client: Clients, here: Neighbourhood, by: str
) -> None:
    found = client(here.people[by]).get(PATH, month="2026-11").json
    assert found["month"] == {"month": "2026-11", "state": "settled", "afterwards": False}
    assert line(found, "focus")["due"] == 20
    assert line(found, "focus")["refused"] is None, "one household"
    assert line(found, "high")["due"] >= 24
    assert {one["kind"] for one in found["places"]} == {"community", "estate", "building"}
    assert [word["name"] for word in found["words"]] == [word.name for word in WORDS]


@pytest.mark.parametrize("by", MUST_NOT)
def test_nobody_else_finds_it(client: Clients, here: Neighbourhood, by: str) -> None:
    """A property company sees no visit at all; whose care is whose is no matter of the owners'
    committee; a building is one or two volunteers' work, so a leader would see a person."""
    who = client(here.people[by])
    assert who.get(PATH).status_code == 404
    assert who.get(PATH, community_id=str(here.community.id)).status_code == 404
    assert who.post(f"{PATH}/files", {}).status_code == 404


def test_who_works_for_the_property_company_as_well_finds_nothing(
    client: Clients, session: Session, here: Neighbourhood
) -> None:
    tickets.join(session, here, "both", "committee", "property")
    who = client(here.people["both"])
    assert [who.get(path).status_code for path in (PATH, f"{PATH}/mine")] == [404, 404]


def test_a_team_leader_sees_nothing_more_than_a_volunteer(
    client: Clients, session: Session, here: Neighbourhood
) -> None:
    leader = identity.member(session, OrganisationKind.VOLUNTEER_TEAM, here.community)
    team = teams.team(session, here.community)
    teams.member(session, team, leader, leader=True)
    assert client(leader).get(PATH).status_code == 404


def test_who_is_not_signed_in_is_turned_away(client: Clients, here: Neighbourhood) -> None:
    assert client().get(PATH).status_code == 401


def test_another_community_or_place_is_not_found(
    client: Clients, session: Session, here: Neighbourhood
) -> None:
    other = identity.community(session)
    clerk = client(here.people["committee"])
    assert clerk.get(PATH, community_id=str(other.id)).status_code == 404
    assert clerk.get(PATH, place_id=str(other.id)).status_code == 404
    assert clerk.get(PATH, month="2025-01").status_code == 404
    assert clerk.get(PATH, month="2026-13").status_code == 422
    assert clerk.post(f"{PATH}/files", {"community_id": str(other.id)}).status_code == 404
    assert clerk.post(f"{PATH}/files", {"months": 14}).status_code == 422


def test_the_running_month_is_the_committees_alone(client: Clients, here: Neighbourhood) -> None:
    """From two looks at one month follows what a single household did in between."""
    clerk, above = client(here.people["committee"]), client(here.people["subdistrict"])
    assert clerk.get(PATH).json["month"]["state"] == "running"
    assert [one["month"] for one in clerk.get(PATH).json["months"]] == [
        "2026-12", "2026-11", "2026-10",
    ]  # fmt: skip
    assert [one["month"] for one in above.get(PATH).json["months"]] == ["2026-11", "2026-10"]
    assert above.get(PATH, month="2026-12").status_code == 404
    assert above.post(f"{PATH}/files", {"month": "2026-12"}).status_code == 404


def test_a_month_that_is_over_waits_for_late_records(
    client: Clients, session: Session, here: Neighbourhood
) -> None:
    with clock.frozen(datetime(2027, 1, 2, 2, 0, tzinfo=UTC)):
        clerk, above = client(here.people["committee"]), client(here.people["subdistrict"])
        states = [(one["month"], one["state"]) for one in clerk.get(PATH).json["months"]]
        assert states[:2] == [("2027-01", "running"), ("2026-12", "waiting")]
        assert above.get(PATH, month="2026-12").status_code == 404


def test_months_are_told_side_by_side_and_never_added_up(
    client: Clients, here: Neighbourhood
) -> None:
    found = client(here.people["committee"]).get(PATH, month="2026-11").json
    assert {one["month"] for one in found["course"]} <= {"2026-11", "2026-10"}
    building = next(one for one in found["places"] if one["kind"] == "building")
    of = client(here.people["committee"]).get(PATH, place_id=building["id"]).json
    assert of["course_of"] == building


def test_a_community_without_a_settled_month_says_so(
    client: Clients, session: Session, december: None
) -> None:
    empty = tickets.neighbourhood(session)
    found = client(empty.people["subdistrict"]).get(PATH).json
    assert (found["month"], found["items"], found["course"]) == (None, [], [])
    running = client(empty.people["committee"]).get(PATH).json
    assert (running["month"]["state"], running["items"]) == ("running", [])
    assert client(empty.people["subdistrict"]).post(f"{PATH}/files", {}).status_code == 404


def test_who_oversees_many_begins_where_there_is_something_to_see(
    client: Clients, session: Session, here: Neighbourhood
) -> None:
    street = session.get_one(type(here.community), here.community.parent_id)
    identity.place(session, PlaceKind.COMMUNITY, street, "阿社区")
    found = client(here.people["subdistrict"]).get(PATH).json
    assert len(found["communities"]) == 2
    assert found["community"]["id"] == str(here.community.id)


def test_ones_own_month_is_for_oneself_only(
    client: Clients, session: Session, here: Neighbourhood
) -> None:
    homes = session.scalars(select(Household).order_by(Household.door)).all()
    volunteer, other = here.people["volunteer"], here.people["social"]
    with unwatched():
        for home in homes[:2]:
            teams.assignment(session, home, volunteer.id, other.id)
        done(session, homes[0], volunteer, on=date(2026, 12, 8))
        session.commit()
    own = client(volunteer).get(f"{PATH}/mine")
    assert own.json == {"month": "2026-12", "due": 2, "done": 1, "refused": 0}
    nothing = {"month": "2026-12", "due": 0, "done": 0, "refused": 0}
    asked = client(other).get(f"{PATH}/mine", person_id=str(volunteer.id))
    assert asked.status_code == 422 or asked.json == nothing
    assert client(here.people["committee"]).get(f"{PATH}/mine").json == nothing
    assert client(here.people["property"]).get(f"{PATH}/mine").status_code == 404


def test_no_answer_names_a_person(client: Clients, here: Neighbourhood) -> None:
    text = client(here.people["committee"]).get(PATH, month="2026-11").get_data(as_text=True)
    for person in here.people.values():
        assert person.name not in text
        assert str(person.id) not in text


def book(answer: Any) -> CalamineWorkbook:
    return CalamineWorkbook.from_filelike(io.BytesIO(b64decode(answer.json["content"])))


def test_the_file_holds_what_the_page_says_and_no_more(
    client: Clients, here: Neighbourhood
) -> None:
    clerk = client(here.people["committee"])
    answer = clerk.post(f"{PATH}/files", {"month": "2026-11", "months": 2})
    assert answer.json["name"] == "走访覆盖-2026-11.xlsx"
    rows = book(answer).get_sheet_by_name("走访覆盖").to_python()
    assert rows[0][:4] == ["月份", "范围", "地方", "关心程度"]
    assert {row[0] for row in rows[1:]} == {"2026-11", "2026-10"}
    focus = next(row for row in rows if row[:2] == ["2026-11", "全社区"] and row[3] == "重点关心")
    assert focus[4] == 20
    assert "不显示" in focus
    words = book(answer).get_sheet_by_name("怎么算的").to_python()
    assert [row[0] for row in words[1:6]] == [word.name for word in WORDS]


def test_a_name_that_looks_like_a_formula_stays_a_text(
    client: Clients, session: Session, here: Neighbourhood
) -> None:
    with unwatched():
        session.get_one(type(here.building), here.building.id).name = '=HYPERLINK("http://x")'
        session.get_one(type(here.estate), here.estate.id).name = "=1+1"
        session.commit()
    answer = client(here.people["committee"]).post(f"{PATH}/files", {"month": "2026-11"})
    cells = [cell for row in book(answer).get_sheet_by_name("走访覆盖").to_python() for cell in row]
    assert "=1+1" in cells
    assert b"<f>" not in b64decode(answer.json["content"])


def test_that_a_file_was_taken_is_on_record(
    client: Clients, session: Session, here: Neighbourhood
) -> None:
    answer = client(here.people["subdistrict"]).post(f"{PATH}/files", {"month": "2026-11"})
    assert answer.status_code == 200
    (row,) = session.scalars(select(AuditRow).where(AuditRow.verb == "coverage_taken"))
    assert row.actor_id == here.people["subdistrict"].id
    assert (row.subject_id, row.details) == (here.community.id, {"months": ["2026-11"]})
