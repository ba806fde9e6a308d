"""Headings, addresses, moments and cells, by tables."""

from datetime import datetime, timedelta, timezone
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.sheets.rules.address import Spot, find_spot
from app.sheets.rules.cells import defused, is_risky, plain
from app.sheets.rules.fields import Field, guess, heading_row
from app.sheets.rules.moments import moment_of

ZONE = timezone(timedelta(hours=8))
SPOTS = [
    Spot(UUID(int=1), "和园一村"),
    Spot(UUID(int=2), "和园"),
    Spot(UUID(int=3), "和园一村", "3栋"),
    Spot(UUID(int=4), "和园一村", "13栋"),
    Spot(UUID(int=5), "和园一村", "3栋", "1单元"),
    Spot(UUID(int=6), "和园", "A座"),
]


@pytest.mark.parametrize(
    ("address", "place", "doubt"),
    [
        ("和园一村3栋", 3, ""),
        ("某区某街道和园一村 3 幢 1 单元 502", 5, ""),
        ("和园一村3号楼1门洞", 5, ""),
        ("和园一村13栋502", 4, ""),
        ("和园A座", 6, ""),
        ("和园一村东门", 1, "没写楼栋，先记在小区"),
        ("和园一村30栋", 1, "没有找到「30栋」，先记在小区"),
        ("和园一村3栋9单元", 3, "没有找到「9单元」，先记在楼栋"),
    ],
)
def test_an_address_is_a_place(address: str, place: int, doubt: str) -> None:
    found = find_spot(address, SPOTS)
    assert found is not None
    assert (found.spot.id.int, found.doubt) == (place, doubt)


@pytest.mark.parametrize("address", ["", "月亮上", "别的小区3栋"])
def test_what_is_not_here_is_not_guessed(address: str) -> None:
    assert find_spot(address, SPOTS) is None


def test_the_only_estate_need_not_be_named() -> None:
    only = [Spot(UUID(int=1), "和园一村"), Spot(UUID(int=3), "和园一村", "3栋")]
    found = find_spot("3栋楼下", only)
    assert found is not None
    assert found.spot.id == UUID(int=3)
    assert find_spot("路边", only) is None


@pytest.mark.parametrize(
    ("headings", "number", "text", "address"),
    [
        (("工单编号", "诉求内容", "地址"), 0, 1, 2),
        (("序号", "受理编号*", "反映内容（必填）", "事发地址："), 1, 2, 3),
        (("诉求类型", "问题描述", "案件编号", "详细地址"), 2, 1, 3),
        (("12345工单编号", "市民诉求内容", "诉求事发地址"), 0, 1, 2),
    ],
)
def test_headings_are_guessed(
    headings: tuple[str, ...], number: int, text: int, address: int
) -> None:
    found = guess(headings)
    assert (found[Field.NUMBER], found[Field.TEXT], found[Field.ADDRESS]) == (number, text, address)


def test_what_was_chosen_last_time_comes_first() -> None:
    found = guess(("诉求内容", "补充", "编号"), {"text": "补充"})
    assert found == {Field.TEXT: 1, Field.NUMBER: 2}


@given(st.lists(st.text(max_size=6), max_size=12))
def test_no_column_is_guessed_twice(headings: list[str]) -> None:
    found = list(guess(headings).values())
    assert len(found) == len(set(found))


def test_titles_above_the_headings_are_passed_over() -> None:
    table = [["某区交办单", ""], ["", ""], ["工单编号", "诉求内容"], ["1", "灯"]]
    assert heading_row(table) == 2
    assert heading_row([["", ""], ["甲", "乙"]]) == 1


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-20", datetime(2026, 11, 20, tzinfo=ZONE)),
        ("2026/11/3 9:05", datetime(2026, 11, 3, 9, 5, tzinfo=ZONE)),
        ("2026-11-20T09:30:00", datetime(2026, 11, 20, 9, 30, tzinfo=ZONE)),
        ("2026年11月20日 9时30分", datetime(2026, 11, 20, 9, 30, tzinfo=ZONE)),
        ("2026年11月20日", datetime(2026, 11, 20, tzinfo=ZONE)),
        ("2026.11.20 18:00:59", datetime(2026, 11, 20, 18, 0, tzinfo=ZONE)),
        ("2026-02-30", None),
        ("下周", None),
        ("46000", None),
    ],
)
def test_moments_are_read_as_they_are_written(text: str, moment: datetime | None) -> None:
    assert moment_of(text, ZONE) == moment


@pytest.mark.parametrize(
    ("text", "hour", "minute"),
    [
        ("2026年11月20日", 23, 59),
        ("2026-11-20 00:00:00", 23, 59),
        ("2026-11-20 0:30", 0, 30),
        ("2026-11-20 18:00", 18, 0),
    ],
)
def test_a_matter_that_is_due_on_a_day_may_be_done_until_its_end(
    text: str, hour: int, minute: int
) -> None:
    assert moment_of(text, ZONE, end=True) == datetime(2026, 11, 20, hour, minute, tzinfo=ZONE)


@given(st.text())
def test_nothing_that_was_typed_begins_like_a_formula(text: str) -> None:
    held = defused(text)
    assert not held.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert is_risky(plain(text)) == (held != plain(text))
