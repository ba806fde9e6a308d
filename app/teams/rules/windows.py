"""When people may visit: the five windows of a week, what a person has said of them, and what
differs on single dates. Pure; what kind of day a date is comes from `app.core.calendar`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from app.core.calendar import Day, DayKind

QUIET_FROM = time(21, 0)
QUIET_UNTIL = time(8, 30)


@dataclass(frozen=True, order=True)
class Window:
    """From–to on the wall clock of one day."""

    start: time
    end: time


@dataclass(frozen=True, order=True)
class Slot:
    """A window on a date."""

    date: date
    window: Window


class Span(StrEnum):
    """The windows in which doors are rung at, by name; a day of rest has two of its own."""

    WORKDAY_MORNING = "workday_morning"
    WORKDAY_AFTERNOON = "workday_afternoon"
    WORKDAY_EVENING = "workday_evening"
    REST_MORNING = "rest_morning"
    REST_AFTERNOON = "rest_afternoon"


class WeekDay(StrEnum):
    """The days a person may choose: those of the week, and holidays that fall on one of them."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"
    HOLIDAY = "holiday"


class Differs(StrEnum):
    """How a date may differ from the person's week."""

    AWAY = "away"
    NOT_THEN = "not_then"
    EXTRA = "extra"


WINDOWS: dict[Span, Window] = {
    Span.WORKDAY_MORNING: Window(time(9, 0), time(11, 0)),
    Span.WORKDAY_AFTERNOON: Window(time(15, 0), time(17, 0)),
    Span.WORKDAY_EVENING: Window(time(18, 30), time(20, 30)),
    Span.REST_MORNING: Window(time(9, 30), time(11, 30)),
    Span.REST_AFTERNOON: Window(time(15, 0), time(17, 30)),
}
SPAN_NAMES: dict[Span, str] = {
    Span.WORKDAY_MORNING: "工作日上午",
    Span.WORKDAY_AFTERNOON: "工作日下午",
    Span.WORKDAY_EVENING: "工作日傍晚",
    Span.REST_MORNING: "周末上午",
    Span.REST_AFTERNOON: "周末下午",
}
WEEK_DAY_NAMES: dict[WeekDay, str] = {
    WeekDay.MON: "周一",
    WeekDay.TUE: "周二",
    WeekDay.WED: "周三",
    WeekDay.THU: "周四",
    WeekDay.FRI: "周五",
    WeekDay.SAT: "周六",
    WeekDay.SUN: "周日",
    WeekDay.HOLIDAY: "节假日",
}
WORKDAYS = frozenset({WeekDay.MON, WeekDay.TUE, WeekDay.WED, WeekDay.THU, WeekDay.FRI})
DAYS_OF: dict[Span, frozenset[WeekDay]] = {
    span: WORKDAYS if span.startswith("workday") else frozenset(WeekDay) - WORKDAYS for span in Span
}
BY_NUMBER = tuple(WeekDay)  # Monday is 0, as in `date.weekday`


@dataclass(frozen=True)
class Free:
    """A span in which somebody may be asked: on these days, in this part of the span."""

    span: Span
    days: frozenset[WeekDay]
    window: Window


@dataclass(frozen=True)
class Differing:
    """What somebody has said of single dates. `window` is None for days away."""

    kind: Differs
    first: date
    last: date
    window: Window | None = None

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.last


Pattern = Sequence[Free]

# Who has said nothing may be asked in every window (DOMAIN.md, section 3).
EVERYTHING: Pattern = tuple(Free(span, DAYS_OF[span], WINDOWS[span]) for span in Span)


def free_problem(free: Free) -> str | None:
    """Why a person cannot say this of their week, in words; None where they can."""
    whole = WINDOWS[free.span]
    if free.window.start >= free.window.end:
        return "结束时间要晚于开始时间。"
    if free.window.start < whole.start or free.window.end > whole.end:
        return f"只能在 {whole.start:%H:%M}–{whole.end:%H:%M} 里选一段。"
    return None if free.days <= DAYS_OF[free.span] else "这个时段没有这一天。"


def extra_problem(window: Window) -> str | None:
    """Why an extra window is not possible, in words; None where it is."""
    if window.start >= window.end:
        return "结束时间要晚于开始时间。"
    if window.start < QUIET_UNTIL or window.end > QUIET_FROM:
        return "晚上九点到早上八点半不上门，请选别的时间。"
    return None


def slots_of(
    pattern: Pattern, differing: Iterable[Differing], days: Iterable[Day]
) -> tuple[Slot, ...]:
    """The dated windows in which a person may be asked to visit, in order of time."""
    said = tuple(differing)
    found: list[Slot] = []
    for day in days:
        of_day = [one for one in said if one.covers(day.date)]
        if all(one.kind is not Differs.AWAY for one in of_day):
            found += (Slot(day.date, window) for window in _windows_on(day, pattern, of_day))
    return tuple(found)


def _windows_on(day: Day, pattern: Pattern, of_day: Sequence[Differing]) -> tuple[Window, ...]:
    """Those of the week without what was taken off, with what was added."""
    off = [one.window for one in of_day if one.kind is Differs.NOT_THEN and one.window]
    extra = [one.window for one in of_day if one.kind is Differs.EXTRA and one.window]
    usual = [free.window for free in pattern if _holds(free, day)]
    return _joined([one for one in usual if not any(_touch(one, other) for other in off)] + extra)


def _holds(free: Free, day: Day) -> bool:
    """Whether a day has this span and the person has chosen it. A makeup workday is none of the
    week's own days: it is open to whoever gives the span on all five workdays."""
    if day.kind is DayKind.MAKEUP_WORKDAY:
        return free.days == WORKDAYS
    if day.kind is DayKind.HOLIDAY:
        return WeekDay.HOLIDAY in free.days
    return BY_NUMBER[day.date.weekday()] in free.days


def _touch(one: Window, other: Window) -> bool:
    return one.start < other.end and other.start < one.end


def _joined(windows: Iterable[Window]) -> tuple[Window, ...]:
    """In order; those that overlap or meet become one."""
    joined: list[Window] = []
    for window in sorted(windows):
        if joined and window.start <= joined[-1].end:
            joined[-1] = Window(joined[-1].start, max(joined[-1].end, window.end))
        else:
            joined.append(window)
    return tuple(joined)
