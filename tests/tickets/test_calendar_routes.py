"""A year of the calendar over HTTP: read line by line, imported, and what is refused."""

from collections.abc import Iterator
from typing import Any

import pytest

from app.core import calendar, clock
from app.core.calendar import Almanac
from tests.clients import Client
from tests.factories.catalogue import SPRING_2027, let_work
from tests.factories.clocks import at

Clients = dict[str, Client]


@pytest.fixture(autouse=True)
def morning() -> Iterator[None]:
    with clock.frozen(at("2026-11-24T10:00")):
        yield
    calendar.use(Almanac())


def test_a_year_is_read_line_by_line_then_imported(seats: Clients) -> None:
    district = seats["district"]
    before = district.get("/tickets/calendar", year=2027).json or {}
    assert (before["certain"], before["may_import"], before["days"]) == (False, True, [])
    seen = district.post("/tickets/calendar/preview", {"year": 2027, "text": SPRING_2027}).json
    assert seen["wrong"] == 0
    assert (seen["lines"][0]["date"], seen["lines"][0]["kind"]) == ("2027-01-01", "holiday")
    answer = district.post("/tickets/calendar", {"year": 2027, "text": SPRING_2027})
    begun = (answer.json or {})["retiming"]
    let_work()
    after = seats["committee"].get("/tickets/calendar", year=2027).json or {}
    assert (after["certain"], after["may_import"]) == (True, False)
    assert {"date": "2027-01-31", "kind": "makeup_workday", "name": "春节"} in after["days"]
    done = district.get(f"/tickets/retimings/{begun['id']}").json or {}
    assert (done["state"], done["moved"]) == ("done", 0)
    again = district.post("/tickets/calendar", {"year": 2027, "text": SPRING_2027})
    assert (again.json or {})["retiming"] is None  # no day counts otherwise than before


def test_a_file_with_wrong_lines_is_shown_by_their_numbers_and_not_imported(
    seats: Clients,
) -> None:
    said = {"year": 2027, "text": "日期,种类\n2027-02-30,放假\n2027-02-08,休息\n"}
    seen = seats["district"].post("/tickets/calendar/preview", said).json or {}
    assert (seen["wrong"], seen["moves"]["count"]) == (2, 0)
    assert [(one["number"], one["wrong"]) for one in seen["lines"]] == [
        (2, "日期看不懂，请写成 2027-02-06 这样。"),
        (3, "第二列要写“放假”“调休上班”或“上班”。"),
    ]
    answer = seats["district"].post("/tickets/calendar", said)
    assert (answer.status_code, (answer.json or {})["code"]) == (422, "invalid")
    assert (answer.json or {})["errors"] == {"text": ["有几行不对，请先改好再导入。"]}
    assert not (seats["district"].get("/tickets/calendar", year=2027).json or {})["certain"]


@pytest.mark.parametrize(
    ("said", "field", "sentence"),
    [
        ({"year": 1999, "text": "x"}, "year", "年份不对，请重新选。"),
        ({"year": 2027, "text": ""}, "text", "文件是空的，或者太大了。"),
        ({"year": 2027, "text": "x" * 40_001}, "text", "文件是空的，或者太大了。"),
    ],
)
def test_a_year_out_of_reach_or_a_file_out_of_size_is_refused(
    seats: Clients, said: dict[str, Any], field: str, sentence: str
) -> None:
    for path in ("/tickets/calendar", "/tickets/calendar/preview"):
        answer = seats["district"].post(path, said)
        assert (answer.status_code, (answer.json or {})["errors"]) == (422, {field: [sentence]})
