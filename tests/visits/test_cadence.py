"""How often a door is called at, and when next."""

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.places.rules import CARE_KEPT_DAYS, CareLevel
from app.visits.rules.cadence import first_due, level_on, month_later, next_due, turns

DATES = st.dates(min_value=date(2024, 1, 1), max_value=date(2030, 12, 31))
LEVELS = st.sampled_from(CareLevel)
DECEMBER = (date(2026, 12, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("last", "due"),
    [
        (date(2026, 10, 28), date(2026, 11, 28)),
        (date(2026, 10, 31), date(2026, 11, 30)),
        (date(2026, 12, 31), date(2027, 1, 31)),
        (date(2027, 1, 31), date(2027, 2, 28)),
        (date(2028, 1, 30), date(2028, 2, 29)),
    ],
)
def test_a_month_later_is_in_the_next_month(last: date, due: date) -> None:
    assert month_later(last) == due


@given(DATES)
def test_no_month_of_a_focus_household_goes_by(last: date) -> None:
    due = next_due(CareLevel.FOCUS, last)
    assert (due.year * 12 + due.month) - (last.year * 12 + last.month) == 1


@pytest.mark.parametrize(
    ("level", "due"),
    [
        (CareLevel.HIGH, date(2026, 11, 9)),
        (CareLevel.FOCUS, date(2026, 12, 2)),
        (CareLevel.GENERAL, date(2027, 5, 3)),
    ],
)
def test_the_next_visit_is_counted_from_the_last_full_result(level: CareLevel, due: date) -> None:
    assert next_due(level, date(2026, 11, 2)) == due


@given(level=LEVELS, day=DATES, age=st.integers(min_value=-400, max_value=800))
def test_a_care_level_that_nobody_confirmed_for_a_year_counts_as_general(
    level: CareLevel, day: date, age: int
) -> None:
    held = level if age < CARE_KEPT_DAYS else CareLevel.GENERAL
    assert level_on(level, day - timedelta(days=age), day) is held
    assert level_on(level, None, day) is CareLevel.GENERAL


@given(known=DATES, of=st.integers(min_value=1, max_value=40))
def test_doors_that_were_never_called_at_take_turns_over_their_half_year(
    known: date, of: int
) -> None:
    dues = [first_due(CareLevel.GENERAL, known, nth, of) for nth in range(of)]
    assert dues == sorted(dues)
    assert dues[0] > known
    assert dues[-1] == next_due(CareLevel.GENERAL, known)


@pytest.mark.parametrize("level", [CareLevel.HIGH, CareLevel.FOCUS])
def test_others_are_due_after_their_cadence_whatever_their_turn(level: CareLevel) -> None:
    known = date(2026, 11, 2)
    assert first_due(level, known, 0, 9) == next_due(level, known)


@given(level=LEVELS, due=DATES, first=DATES, length=st.integers(min_value=0, max_value=61))
def test_turns_lie_in_their_period_and_follow_each_other(
    level: CareLevel, due: date, first: date, length: int
) -> None:
    last = first + timedelta(days=length)
    found = list(turns(level, due, first, last))
    assert bool(found) is (due <= last)
    for turn in found:
        assert first <= turn.earliest <= turn.by <= turn.latest <= last
    for one, other in itertools.pairwise(found):
        assert one.by < other.earliest
        assert other.due == other.by == next_due(level, one.by)
    if found:
        assert found[0].due == due
        assert found[0].by == due or due < first


def test_a_weekly_household_is_owed_one_visit_in_each_week() -> None:
    found = [turn.by for turn in turns(CareLevel.HIGH, date(2026, 12, 3), *DECEMBER)]
    assert found == [date(2026, 12, day) for day in (3, 10, 17, 24, 31)]


@pytest.mark.parametrize(
    ("level", "by"),
    [
        (CareLevel.HIGH, [7, 14, 21, 28]),
        (CareLevel.FOCUS, [14]),
        (CareLevel.GENERAL, [31]),
    ],
)
def test_what_was_missed_is_made_up_for_once_and_soon(level: CareLevel, by: list[int]) -> None:
    found = list(turns(level, date(2026, 7, 1), *DECEMBER))
    assert [turn.by for turn in found] == [date(2026, 12, day) for day in by]
    assert found[0].due == date(2026, 7, 1)


@pytest.mark.parametrize(
    ("level", "latest"), [(CareLevel.HIGH, 13), (CareLevel.FOCUS, 31), (CareLevel.GENERAL, 31)]
)
def test_a_weekly_visit_that_comes_late_soon_makes_no_sense_any_more(
    level: CareLevel, latest: int
) -> None:
    found = next(turns(level, date(2026, 12, 10), *DECEMBER))
    assert found.latest == date(2026, 12, latest)
