"""Codes of sheets, and which visits share one."""

from datetime import date
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.visits.rules.paper import Asked, SheetKind, code_in, code_of, heading_of, sheets_of

NUMBERS = st.integers(0, 10**9)
DAYS = st.dates(date(2024, 1, 1), date(2030, 1, 1))


@given(NUMBERS)
def test_a_code_is_found_in_what_is_typed_and_in_what_is_scanned(number: int) -> None:
    code = code_of(number)
    assert code_in(code) == code_in(f" {code[:4]} {code[4:]} ") == code
    assert code_in(f"https://example.cn/app/paper/{code}?row=12") == code


@given(NUMBERS, st.integers(0, 7), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(number: int, place: int, more: int) -> None:
    digits = [*code_of(number)]
    digits[place] = str((int(digits[place]) + more) % 10)
    assert code_in("".join(digits)) is None


@pytest.mark.parametrize(
    "text", ["", "1234", "123456789", "/paper/", "二三四五六七八九", "abcdefgh"]
)
def test_what_is_no_code_is_none(text: str) -> None:
    assert code_in(text) is None


@given(DAYS)
def test_an_outing_is_a_day_of_one_person_and_a_buildings_week_runs_from_monday(day: date) -> None:
    asked = Asked(uuid4(), uuid4(), uuid4(), day)
    outing = heading_of(SheetKind.OUTING, asked)
    week = heading_of(SheetKind.BUILDING, asked)
    assert (outing.first_on, outing.last_on, outing.whose) == (day, day, asked.person_id)
    assert week.first_on <= day <= week.last_on
    assert (week.first_on.weekday(), week.last_on.weekday()) == (0, 6)
    assert week.whose == asked.building_id


@given(st.sampled_from(SheetKind), st.lists(DAYS, max_size=12))
def test_every_visit_stands_on_one_sheet_in_the_order_of_the_stairs(
    kind: SheetKind, days: list[date]
) -> None:
    people, buildings = [uuid4(), uuid4()], [uuid4(), uuid4()]
    visits = [
        Asked(uuid4(), people[place % 2], buildings[place % 3 % 2], day)
        for place, day in enumerate(days)
    ]
    order = [visit.visit_id for visit in visits]
    sheets = sheets_of(kind, visits)
    assert sorted(one for ids in sheets.values() for one in ids) == sorted(order)
    assert all(ids == sorted(ids, key=order.index) for ids in sheets.values())
