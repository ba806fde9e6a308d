"""What is owed, over HTTP: the month, the places, one door."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.identity.models import Person
from app.identity.rules import OrganisationKind
from app.places.models import Grid, Household
from app.places.rules import CareLevel, VisitWish
from app.visits.planner.shapes import Why
from app.visits.rules import Purpose
from app.visits.rules.owing import Because, Due
from app.visits.rules.saying import reason
from app.visits.service.owed_list import stuck
from tests.clients import Client
from tests.factories import identity
from tests.factories.visits import TODAY, Scene, visit
from tests.visits.gridding import doors, five, owed

Clients = Callable[[Person], Client]


def part(because: Because, **given: Any) -> Due:
    usual = {"key": "k", "purpose": Purpose.CARE, "title": "过冬安全检查"}
    dates = dict.fromkeys(("due", "by", "earliest", "latest"), date(2026, 11, 30))
    return Due(because=because, **(usual | dates | {"since": date(2026, 10, 28)} | given))


@pytest.mark.parametrize(
    ("because", "given", "said"),
    [
        (Because.CADENCE, {}, "重点关心，每月一次，上次 10-28"),
        (Because.CADENCE, {"since": None}, "重点关心，每月一次，还没有去过"),
        (Because.OCCASION, {}, "过冬安全检查，到 11-30 为止"),
        (Because.ROUND, {}, "过冬安全检查，到 11-30 为止"),
        (Because.ASKED, {"purpose": Purpose.ASKED}, "住户 10-28 请人去看看"),
        (Because.ASKED, {"purpose": Purpose.NEW_RESIDENTS}, "新住户，去认识一下"),
        (Because.CALL_BACK, {}, "住户报的事办完了，回个话"),
    ],
)
def test_why_something_is_owed_is_said_in_words(
    because: Because, given: dict[str, Any], said: str
) -> None:
    assert reason(part(because, **given), CareLevel.FOCUS) == said


@pytest.mark.parametrize("wish", VisitWish)
@pytest.mark.parametrize("people", [0, 1, 2, 3])
def test_who_cannot_be_called_at_is_said_with_the_reason(wish: VisitWish, people: int) -> None:
    why = {0: Why.NOBODY, 1: Why.NO_PARTNER}.get(people)
    if wish is VisitWish.NO_MORE_VISITS:
        why = Why.NO_MORE_VISITS
    elif wish is VisitWish.PHONE_ONLY and people == 1:
        why = None
    assert stuck(wish, people) is why


@pytest.fixture
def homes(session: Session, known: Scene, grid: Grid) -> list[Household]:
    return five(session, known)


def test_the_month_is_listed_soonest_first_with_why(
    client: Clients, known: Scene, homes: list[Household]
) -> None:
    items = owed(client(known.committee), known)
    assert doors(items) == ["101", "103", "102", "909"]
    assert items[0] == {
        "household": {"id": str(homes[0].id), "place_text": "和园一村 3栋1单元101"},
        "care_level": "focus",
        "purposes": ["care"],
        "why": ["重点关心，每月一次，上次 10-10"],
        "due_on": "2026-11-10",
        "overdue": True,
        "coming_on": None,
        "stuck": None,
    }
    assert [one["coming_on"] for one in items] == [None, None, "2026-11-27", None]
    assert [one["stuck"] for one in items] == [None, "住户说过不再上门", None, "还没有人结对"]


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ({"show": "overdue"}, ["101"]),
        ({"show": "stuck"}, ["103", "909"]),
        ({"show": "coming"}, ["102"]),
        ({"show": "open"}, ["101"]),
        ({"care_level": "general"}, []),
        ({"care_level": "focus", "purpose": "care"}, ["101", "103", "102", "909"]),
        ({"purpose": "safety"}, []),
        ({"month": "2026-12"}, ["101", "103", "909", "201", "102"]),
        ({"month": "2026-10"}, []),
    ],
)
def test_the_list_is_narrowed(
    client: Clients, known: Scene, homes: list[Household], query: dict[str, Any], left: list[str]
) -> None:
    assert doors(owed(client(known.committee), known, **query)) == left


def test_a_grid_and_a_building_narrow_too(
    client: Clients, known: Scene, grid: Grid, homes: list[Household]
) -> None:
    office = client(known.committee)
    assert doors(owed(office, known, grid_id=grid.id)) == ["101", "103", "102"]
    assert doors(owed(office, known, building_id=homes[-1].building_id)) == ["909"]


def test_the_list_goes_on_where_the_page_ended(
    client: Clients, known: Scene, homes: list[Household]
) -> None:
    office, seen = client(known.committee), []
    asked = {"community_id": known.community.id, "limit": 1}
    for _ in range(4):
        page = office.get("/visits/owed", **asked).json
        seen += doors(page["items"])
        asked["cursor"] = page["next_cursor"]
    assert (seen, page["next_cursor"]) == (["101", "103", "102", "909"], None)
    wrong = office.get("/visits/owed", community_id=known.community.id, cursor="zzz")
    assert (wrong.status_code, list(wrong.json["errors"])) == (422, ["cursor"])


def test_the_sums_are_by_grid_and_building_and_of_no_person(
    client: Clients, known: Scene, homes: list[Household]
) -> None:
    office, here = client(known.committee), {"community_id": known.community.id}
    told = office.get("/visits/owed/places", **here).json
    counts = ("owed", "overdue", "stuck", "coming")
    assert [(one["name"], *(one[name] for name in counts)) for one in told["grids"]] == [
        ("第一网格", 3, 1, 1, 1),
        ("不在网格里", 1, 0, 1, 0),
    ]
    assert [one["name"] for one in told["grids"][0]["buildings"]] == ["3栋"]
    assert str(known.chen.id) not in str(told)
    assert told["calendar_warning"] is None
    later = office.get("/visits/owed/places", **here, month="2099-01").json
    assert "2099 年的放假安排还没有公布" in later["calendar_warning"]
    past = office.get("/visits/owed/places", **here, month="2026-10").json
    assert past["calendar_warning"] is None


def test_another_committee_and_volunteers_find_nothing(
    session: Session, client: Clients, known: Scene, homes: list[Household]
) -> None:
    other = identity.member(
        session, OrganisationKind.RESIDENTS_COMMITTEE, identity.community(session)
    )
    here = {"community_id": known.community.id}
    for path in ("/visits/owed", "/visits/owed/places"):
        assert client(other).get(path, **here).status_code == 404
        assert client(known.chen).get(path, **here).status_code == 403
    door = f"/visits/owed/doors/{homes[0].id}"
    assert client(known.chen).get(door).status_code == 200
    assert client(known.zhou).get(door).status_code == 404
    assert client(known.steward).get(door).status_code == 404
    assert client(other).get(door).status_code == 404


def test_a_door_says_when_it_was_called_at_and_when_it_is_next_and_why(
    client: Clients, known: Scene, homes: list[Household]
) -> None:
    office = client(known.committee)
    told = office.get(f"/visits/owed/doors/{homes[3].id}").json
    assert (told["last_on"], told["next"]["due_on"]) == ("2026-11-22", "2026-12-22")
    assert told["next"]["why"] == ["重点关心，每月一次，上次 11-22"]


def test_what_is_planned_before_a_month_is_taken_to_be_made(
    session: Session, client: Clients, known: Scene, homes: list[Household]
) -> None:
    visit(session, homes[0], known.chen, on=TODAY + timedelta(days=3))
    items = owed(client(known.committee), known, month="2026-12", show="open")
    assert {one["household"]["place_text"][-3:]: one["due_on"] for one in items} == {
        "101": "2026-12-27",
        "102": "2026-12-27",
        "201": "2026-12-22",
    }
