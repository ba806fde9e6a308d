"""When a door may be rung at."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import calendar
from app.core.calendar import DayKind
from app.places.rules import CareLevel
from app.visits.rules import Band, Days, Method, Outcome
from app.visits.rules.windows import (
    CADENCE_DAYS,
    DEFAULT_WINDOWS,
    OpenWindow,
    Window,
    band_of,
    disturbs,
    earliest,
    other_band_slots,
    rest_days,
    usable,
    window_problem,
)

TIMES = st.times(min_value=time(0), max_value=time(23, 59))


def clock_times(windows: tuple[Window, ...]) -> list[str]:
    return [f"{one.start:%H:%M}-{one.end:%H:%M}" for one in windows]


@pytest.mark.parametrize(
    ("kind", "level", "expected"),
    [
        (DayKind.WEEKDAY, CareLevel.GENERAL, ["18:30-20:30"]),
        (DayKind.MAKEUP_WORKDAY, CareLevel.GENERAL, ["18:30-20:30"]),
        (DayKind.WEEKEND, CareLevel.GENERAL, ["09:30-11:30", "15:00-17:30"]),
        (DayKind.HOLIDAY, CareLevel.GENERAL, ["09:30-11:30", "15:00-17:30"]),
        (DayKind.WEEKDAY, CareLevel.FOCUS, ["09:00-11:00", "15:00-17:00", "18:30-20:30"]),
        (DayKind.WEEKDAY, CareLevel.HIGH, ["09:00-11:00", "15:00-17:00", "18:30-20:30"]),
        (DayKind.HOLIDAY, CareLevel.HIGH, ["09:30-11:30", "15:00-17:30"]),
    ],
)
def test_the_default_windows_are_those_of_the_domain(
    kind: DayKind, level: CareLevel, expected: list[str]
) -> None:
    assert clock_times(usable(DEFAULT_WINDOWS, kind, level)) == expected


def test_a_round_with_only_elder_hours_uses_them_for_everybody() -> None:
    morning = Window(time(9), time(11))
    only = [OpenWindow(Days.ELDER_WEEKDAY, morning)]
    assert usable(only, DayKind.WEEKDAY, CareLevel.GENERAL) == (morning,)
    assert usable(only, DayKind.WEEKEND, CareLevel.GENERAL) == ()


@given(start=TIMES, end=TIMES)
def test_2100_to_0830_is_blocked(start: time, end: time) -> None:
    open_hours = time(8, 30) <= start < end <= time(21)
    assert (window_problem(Window(start, end)) is None) is open_hours


@given(start=TIMES, end=TIMES)
def test_an_emergency_with_a_reason_opens_the_night(start: time, end: time) -> None:
    assert (window_problem(Window(start, end), "老人摔倒") is None) is (start < end)


def test_an_emergency_without_a_reason_opens_nothing() -> None:
    assert window_problem(Window(time(22), time(23)), "")


def test_every_default_window_may_be_planned() -> None:
    assert not [one for one in DEFAULT_WINDOWS if window_problem(one.window)]


def test_the_cadence_is_weekly_monthly_and_twice_a_year() -> None:
    assert CADENCE_DAYS == {CareLevel.HIGH: 7, CareLevel.FOCUS: 30, CareLevel.GENERAL: 182}


@pytest.mark.parametrize(
    ("level", "days"), [(CareLevel.HIGH, 3), (CareLevel.FOCUS, 14), (CareLevel.GENERAL, 14)]
)
def test_a_door_rests_14_days_unless_its_cadence_asks_for_it(level: CareLevel, days: int) -> None:
    assert rest_days(level) == days
    assert earliest(date(2026, 11, 1), level) == date(2026, 11, 1) + timedelta(days=days)
    assert earliest(None, level) is None


@pytest.mark.parametrize("method", Method)
@pytest.mark.parametrize("outcome", Outcome)
def test_only_a_ring_that_somebody_answered_starts_a_rest(method: Method, outcome: Outcome) -> None:
    answered = outcome in {Outcome.OK, Outcome.ISSUE, Outcome.DECLINED}
    assert disturbs(method, outcome) is (answered and method is not Method.OK_SIGNAL)


@pytest.mark.parametrize(
    ("moment", "band"),
    [
        (time(8, 30), Band.MORNING),
        (time(11, 59), Band.MORNING),
        (time(12), Band.AFTERNOON),
        (time(17, 59), Band.AFTERNOON),
        (time(18), Band.EVENING),
        (time(23), Band.EVENING),
        (time(3), Band.EVENING),
    ],
)
def test_a_day_has_three_bands(moment: time, band: Band) -> None:
    assert band_of(moment) is band


@given(st.sampled_from(Band), st.sampled_from(CareLevel))
def test_the_next_try_is_in_another_time_band(tried: Band, level: CareLevel) -> None:
    week = [(date(2026, 11, 23) + timedelta(days=day), DayKind.WEEKDAY) for day in range(5)]
    week += [(date(2026, 11, 28), DayKind.WEEKEND)]
    slots = list(other_band_slots(iter(week), DEFAULT_WINDOWS, level, tried))
    assert slots
    assert all(band_of(slot.window.start) is not tried for slot in slots)


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(2026, 11, 24), DayKind.WEEKDAY),
        (date(2026, 11, 28), DayKind.WEEKEND),
        (date(2026, 10, 1), DayKind.HOLIDAY),
        (date(2026, 2, 14), DayKind.MAKEUP_WORKDAY),
    ],
)
def test_makeup_weekends_are_workdays(day: date, kind: DayKind) -> None:
    found = calendar.day_of(day)
    assert (found.kind, found.certain) == (kind, True)


def test_where_a_year_is_not_published_weekends_stand_in_with_a_warning() -> None:
    monday = calendar.day_of(date(2099, 1, 5))
    saturday = calendar.day_of(date(2099, 1, 10))
    assert (monday.kind, monday.certain) == (DayKind.WEEKDAY, False)
    assert (saturday.kind, saturday.certain) == (DayKind.WEEKEND, False)
    assert "2099" in (calendar.warning(date(2099, 1, 5), date(2099, 1, 6)) or "")
    assert calendar.warning(date(2026, 11, 1), date(2026, 11, 30)) is None


def test_the_span_of_a_year_counts_every_day_once() -> None:
    days = [day.date for day in calendar.days_between(date(2026, 1, 1), date(2026, 12, 31))]
    assert len(days) == len(set(days)) == 365
    assert datetime(2026, 1, 1).date() == days[0]  # noqa: DTZ001 - a date, not a moment
