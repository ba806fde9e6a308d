"""When somebody may be asked to visit: the week, and the dates that differ from it."""

import itertools
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import calendar
from app.core.calendar import Day, DayKind
from app.teams.rules.windows import (
    DAYS_OF,
    EVERYTHING,
    QUIET_FROM,
    QUIET_UNTIL,
    WINDOWS,
    WORKDAYS,
    Differing,
    Differs,
    Free,
    Pattern,
    Span,
    WeekDay,
    Window,
    extra_problem,
    free_problem,
    slots_of,
)

WEDNESDAY = date(2026, 11, 25)
SATURDAY = date(2026, 11, 28)
EVENING = WINDOWS[Span.WORKDAY_EVENING]
HALF_HOURS = [time(hour, minute) for hour in range(24) for minute in (0, 30)]
PATTERNS = st.lists(st.sampled_from(Span), unique=True).flatmap(
    lambda spans: st.tuples(
        *(
            st.sets(st.sampled_from(sorted(DAYS_OF[span])), min_size=1).map(
                lambda days, span=span: Free(span, frozenset(days), WINDOWS[span])
            )
            for span in spans
        )
    )
)
DIFFERING = st.builds(
    lambda kind, first, length, window: Differing(
        kind,
        first,
        first + timedelta(days=length if kind is Differs.AWAY else 0),
        None if kind is Differs.AWAY else window,
    ),
    st.sampled_from(Differs),
    st.dates(WEDNESDAY, WEDNESDAY + timedelta(days=20)),
    st.integers(0, 9),
    st.sampled_from([*WINDOWS.values(), Window(time(19), time(20)), Window(time(10), time(16))]),
)


def shown(pattern: Pattern, on: date, kind: DayKind, *differing: Differing) -> list[str]:
    day = Day(on, kind, certain=True)
    return [
        f"{slot.window.start:%H:%M}-{slot.window.end:%H:%M}"
        for slot in slots_of(pattern, differing, [day])
    ]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (DayKind.WEEKDAY, ["09:00-11:00", "15:00-17:00", "18:30-20:30"]),
        (DayKind.MAKEUP_WORKDAY, ["09:00-11:00", "15:00-17:00", "18:30-20:30"]),
        (DayKind.WEEKEND, ["09:30-11:30", "15:00-17:30"]),
        (DayKind.HOLIDAY, ["09:30-11:30", "15:00-17:30"]),
    ],
)
def test_who_has_said_nothing_may_be_asked_in_every_window_of_the_domain(
    kind: DayKind, expected: list[str]
) -> None:
    on = SATURDAY if kind in (DayKind.WEEKEND, DayKind.MAKEUP_WORKDAY) else WEDNESDAY
    assert shown(EVERYTHING, on, kind) == expected


@pytest.mark.parametrize(
    ("days", "on", "kind", "open_"),
    [
        ({WeekDay.WED}, WEDNESDAY, DayKind.WEEKDAY, True),
        ({WeekDay.TUE}, WEDNESDAY, DayKind.WEEKDAY, False),
        (WORKDAYS, WEDNESDAY, DayKind.HOLIDAY, False),
        (WORKDAYS, SATURDAY, DayKind.MAKEUP_WORKDAY, True),
        (WORKDAYS - {WeekDay.FRI}, SATURDAY, DayKind.MAKEUP_WORKDAY, False),
        (WORKDAYS, SATURDAY, DayKind.WEEKEND, False),
    ],
)
def test_a_workday_evening_is_open_on_the_days_that_were_chosen(
    days: set[WeekDay], on: date, kind: DayKind, open_: bool
) -> None:
    pattern = [Free(Span.WORKDAY_EVENING, frozenset(days), EVENING)]
    assert bool(shown(pattern, on, kind)) is open_


@pytest.mark.parametrize(
    ("day", "on", "kind", "open_"),
    [
        (WeekDay.SAT, SATURDAY, DayKind.WEEKEND, True),
        (WeekDay.SUN, SATURDAY, DayKind.WEEKEND, False),
        (WeekDay.SAT, SATURDAY, DayKind.MAKEUP_WORKDAY, False),
        (WeekDay.SAT, SATURDAY, DayKind.HOLIDAY, False),
        (WeekDay.HOLIDAY, SATURDAY, DayKind.HOLIDAY, True),
        (WeekDay.HOLIDAY, WEDNESDAY, DayKind.HOLIDAY, True),
        (WeekDay.HOLIDAY, WEDNESDAY, DayKind.WEEKDAY, False),
    ],
)
def test_a_morning_of_rest_follows_the_official_calendar_and_not_the_day_of_the_week(
    day: WeekDay, on: date, kind: DayKind, open_: bool
) -> None:
    pattern = [Free(Span.REST_MORNING, frozenset({day}), WINDOWS[Span.REST_MORNING])]
    assert bool(shown(pattern, on, kind)) is open_


def test_the_official_calendar_decides_with_its_makeup_workdays() -> None:
    days = list(calendar.days_between(date(2026, 9, 30), date(2026, 10, 10)))
    evenings = [Free(Span.WORKDAY_EVENING, WORKDAYS, EVENING)]
    dates = [slot.date for slot in slots_of(evenings, (), days)]
    assert dates == [date(2026, 9, 30), date(2026, 10, 8), date(2026, 10, 9), date(2026, 10, 10)]


def test_dates_differ_from_the_week() -> None:
    away = Differing(Differs.AWAY, WEDNESDAY, WEDNESDAY)
    off = Differing(Differs.NOT_THEN, WEDNESDAY, WEDNESDAY, EVENING)
    noon = Differing(Differs.EXTRA, WEDNESDAY, WEDNESDAY, Window(time(12), time(13)))
    long = Differing(Differs.EXTRA, WEDNESDAY, WEDNESDAY, Window(time(18), time(19)))
    pattern = [Free(Span.WORKDAY_EVENING, WORKDAYS, EVENING)]
    kind = DayKind.WEEKDAY
    assert shown(pattern, WEDNESDAY, kind, off) == []
    assert shown(pattern, WEDNESDAY, kind, noon) == ["12:00-13:00", "18:30-20:30"]
    assert shown(pattern, WEDNESDAY, kind, long) == ["18:00-20:30"]
    assert shown(pattern, WEDNESDAY, kind, off, long) == ["18:00-19:00"]
    assert shown(pattern, WEDNESDAY, kind, noon, away) == []
    assert shown((), WEDNESDAY, kind) == []
    other = Differing(Differs.NOT_THEN, SATURDAY, SATURDAY, EVENING)
    assert shown(pattern, WEDNESDAY, kind, other) == ["18:30-20:30"]


@given(PATTERNS, st.lists(DIFFERING, max_size=6))
def test_windows_never_overlap_lie_outside_the_night_and_none_is_on_a_day_away(
    pattern: tuple[Free, ...], differing: list[Differing]
) -> None:
    days = list(calendar.days_between(WEDNESDAY, WEDNESDAY + timedelta(days=30)))
    slots = slots_of(pattern, differing, days)
    assert list(slots) == sorted(slots)
    for before, after in itertools.pairwise(slots):
        assert before.date < after.date or before.window.end < after.window.start
    away = [one for one in differing if one.kind is Differs.AWAY]
    for slot in slots:
        assert QUIET_UNTIL <= slot.window.start < slot.window.end <= QUIET_FROM
        assert not any(one.covers(slot.date) for one in away)


@given(st.sampled_from(HALF_HOURS), st.sampled_from(HALF_HOURS))
def test_nobody_is_rung_at_between_nine_in_the_evening_and_half_past_eight(
    start: time, end: time
) -> None:
    possible = start < end and time(8, 30) <= start and end <= time(21)
    assert (extra_problem(Window(start, end)) is None) is possible


@given(st.sampled_from(Span), st.sampled_from(HALF_HOURS), st.sampled_from(HALF_HOURS))
def test_a_person_may_give_a_part_of_a_window_and_no_more(
    span: Span, start: time, end: time
) -> None:
    whole = WINDOWS[span]
    possible = whole.start <= start < end <= whole.end
    assert (free_problem(Free(span, DAYS_OF[span], Window(start, end))) is None) is possible


def test_a_window_has_only_its_own_days() -> None:
    for span in Span:
        for day in WeekDay:
            said = free_problem(Free(span, frozenset({day}), WINDOWS[span]))
            assert (said is None) is (day in DAYS_OF[span])
