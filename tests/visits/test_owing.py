"""What is owed to one door, and what of it is one stop."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.places.rules import CareLevel
from app.visits.rules import Purpose
from app.visits.rules.merging import Together, merged, settled_by
from app.visits.rules.owing import Asked, Because, Due, Facts, Period, owed

DOOR, OTHER, BUILDING, ASK = UUID(int=1), UUID(int=2), UUID(int=3), UUID(int=4)
FIRST, LAST = date(2026, 12, 1), date(2026, 12, 31)
PERIOD = Period(FIRST, LAST)


def dec(day: int) -> date:
    return date(2026, 12, day)


def door(**given: Any) -> Facts:
    return Facts(
        **{
            "id": DOOR,
            "building_id": BUILDING,
            "level": CareLevel.FOCUS,
            "last_full": date(2026, 11, 20),
            "first_due": date(2027, 1, 1),
        }
        | given
    )


def asked(**given: Any) -> Asked:
    return Asked(
        **{
            "id": ASK,
            "because": Because.OCCASION,
            "purpose": Purpose.SAFETY,
            "title": "过冬安全检查",
            "first": dec(1),
            "last": dec(24),
        }
        | given
    )


def stops(facts: Facts, *asks: Asked, period: Period = PERIOD) -> list[Together]:
    return list(merged(owed(facts, asks, period), period.last))


@pytest.mark.parametrize(
    ("level", "purpose", "due"),
    [
        (CareLevel.HIGH, Purpose.CARE, [5, 12, 19, 26]),
        (CareLevel.FOCUS, Purpose.CARE, [28]),
        (CareLevel.GENERAL, Purpose.ROUTINE, []),
    ],
)
def test_a_care_level_owes_its_visits(level: CareLevel, purpose: Purpose, due: list[int]) -> None:
    found = stops(door(level=level, last_full=date(2026, 11, 28)))
    assert [stop.due.day for stop in found] == due
    assert {one for stop in found for one in stop.purposes} <= {purpose}


def test_a_door_that_was_never_called_at_is_owed_its_first_visit() -> None:
    (found,) = stops(door(last_full=None, first_due=dec(9), level=CareLevel.GENERAL))
    assert (found.due, found.parts[0].since) == (dec(9), None)


def test_what_several_owe_one_door_is_one_stop_with_all_purposes() -> None:
    guard = asked(id=OTHER, because=Because.ROUND, purpose=Purpose.OPINIONS, last=dec(28))
    (found,) = stops(door(), asked(), guard)
    assert found.purposes == (Purpose.CARE, Purpose.SAFETY, Purpose.OPINIONS)
    assert (found.by, found.latest) == (dec(20), LAST)
    assert found.key == f"{DOOR}/2026-12"


def test_an_occasion_joins_one_visit_of_a_weekly_household_and_only_one() -> None:
    found = stops(door(level=CareLevel.HIGH, last_full=date(2026, 11, 28)), asked())
    assert [stop.purposes for stop in found] == [(Purpose.CARE, Purpose.SAFETY)] + [
        (Purpose.CARE,)
    ] * 3


def test_where_nothing_else_is_owed_an_occasion_is_a_stop_of_its_own() -> None:
    (found,) = stops(door(level=CareLevel.GENERAL), asked())
    assert (found.purposes, found.earliest, found.by) == ((Purpose.SAFETY,), dec(1), dec(24))


def test_what_ends_after_the_period_goes_along_or_waits() -> None:
    later = asked(last=date(2027, 1, 15))
    assert stops(door(level=CareLevel.GENERAL), later) == []
    (found,) = stops(door(), later)
    assert found.purposes == (Purpose.CARE, Purpose.SAFETY)


@pytest.mark.parametrize(
    ("last_full", "begun", "owes"),
    [
        (None, dec(1), True),
        (dec(4), dec(5), True),
        (dec(5), dec(5), False),
        (dec(6), dec(5), False),
        (None, date(2027, 1, 1), False),
    ],
)
def test_an_occasion_is_brought_once(last_full: date | None, begun: date, owes: bool) -> None:
    facts = door(level=CareLevel.GENERAL, last_full=last_full)
    period = Period(dec(7), LAST)
    assert bool(stops(facts, asked(first=begun, last=dec(24)), period=period)) is owes


@pytest.mark.parametrize(
    ("whom", "included"),
    [
        ({}, True),
        ({"levels": frozenset({CareLevel.FOCUS})}, True),
        ({"levels": frozenset({CareLevel.HIGH})}, False),
        ({"buildings": frozenset({BUILDING})}, True),
        ({"buildings": frozenset({OTHER})}, False),
        ({"levels": frozenset({CareLevel.FOCUS}), "buildings": frozenset({OTHER})}, False),
        ({"levels": frozenset({CareLevel.HIGH}), "doors": frozenset({DOOR})}, True),
        ({"doors": frozenset({OTHER})}, False),
    ],
)
def test_whom_a_round_asks_for(whom: dict[str, Any], included: bool) -> None:
    assert asked(**whom).includes(door()) is included


def come(due: date, since: date = date(2026, 11, 29)) -> Asked:
    return asked(because=Because.ASKED, purpose=Purpose.ASKED, title="", first=since, last=due)


def test_who_asks_for_a_visit_is_owed_one_soon() -> None:
    (found,) = stops(door(level=CareLevel.GENERAL), come(dec(2)))
    assert found.asked
    assert (found.by, found.latest, found.purposes) == (dec(2), LAST, (Purpose.ASKED,))


def test_who_has_waited_too_long_for_the_visit_they_asked_for_is_first() -> None:
    (found,) = stops(door(level=CareLevel.GENERAL), come(date(2026, 11, 28), date(2026, 11, 25)))
    assert (found.due, found.by) == (date(2026, 11, 28), dec(3))


def test_a_visit_that_was_asked_for_draws_the_owed_one_forward() -> None:
    (found,) = stops(door(), come(dec(2)))
    assert (found.by, found.purposes) == (dec(2), (Purpose.CARE, Purpose.ASKED))


def test_a_call_back_goes_along_and_makes_no_stop() -> None:
    back = asked(because=Because.CALL_BACK, purpose=Purpose.CALL_BACK, last=dec(5))
    assert stops(door(level=CareLevel.GENERAL), back) == []
    (found,) = stops(door(), back)
    assert found.purposes == (Purpose.CARE, Purpose.CALL_BACK)
    assert (found.by, found.latest) == (dec(20), LAST)


DUES = st.builds(
    lambda because, start, length, number: Due(
        key=f"{because}{number}",
        because=because,
        purpose=Purpose.CARE if because is Because.CADENCE else Purpose.SAFETY,
        due=FIRST + timedelta(days=start + length),
        by=FIRST + timedelta(days=start + length),
        earliest=FIRST + timedelta(days=start),
        latest=FIRST + timedelta(days=start + length + 3),
    ),
    because=st.sampled_from(Because),
    start=st.integers(min_value=0, max_value=30),
    length=st.integers(min_value=0, max_value=20),
    number=st.integers(min_value=0, max_value=9),
)


@given(st.lists(DUES, max_size=8))
def test_merging_loses_nothing_that_is_due_and_fits_every_part(dues: list[Due]) -> None:
    found = merged(dues, LAST)
    parts = [part for stop in found for part in stop.parts]
    left = list(dues)
    for part in parts:
        left.remove(part)
    assert all(not part.alone or part.by > LAST for part in left)
    for stop in found:
        assert stop.earliest <= stop.by <= stop.latest
        assert stop.by <= LAST
        assert sum(part.because is Because.CADENCE for part in stop.parts) <= 1


@given(st.permutations([asked(), asked(id=OTHER, first=dec(20), last=dec(30)), come(dec(2))]))
def test_the_order_of_what_is_owed_changes_nothing(asks: list[Asked]) -> None:
    usual = stops(door(), asked(), asked(id=OTHER, first=dec(20), last=dec(30)), come(dec(2)))
    assert stops(door(), *asks) == usual


@pytest.mark.parametrize(
    ("days", "settled"),
    [
        ([], []),
        ([2], [0]),
        ([2, 3], [0, None]),
        ([2, 12], [0, 1]),
        ([12, 13], [1, 2]),
        ([12, 12], [1, None]),
        ([31], [None]),
    ],
)
def test_a_visit_that_stands_settles_one_stop(days: list[int], settled: list[int | None]) -> None:
    weekly = stops(door(level=CareLevel.HIGH, last_full=date(2026, 11, 28)))
    expected = [None if nth is None else weekly[nth].key for nth in settled]
    assert settled_by(weekly, [dec(day) for day in days]) == expected
