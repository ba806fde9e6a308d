"""What kind of day a date is: the official calendar with its makeup workdays (调休).

Where a year is not published yet, weekends stand in and `certain` is false: whoever shows the
dates says so. A year that an administrator has imported (`calendar_years.py`) stands before the
one that came with the program.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

import chinese_calendar

UNCERTAIN = "{year} 年的放假安排还没有公布，先按周末推算，公布后请再看一遍。"


class DayKind(StrEnum):
    """What the official calendar says of a date."""

    WEEKDAY = "weekday"
    MAKEUP_WORKDAY = "makeup_workday"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"


WORKING = frozenset({DayKind.WEEKDAY, DayKind.MAKEUP_WORKDAY})


@dataclass(frozen=True)
class Day:
    """A date, its kind, and whether the official calendar has been published for it."""

    date: date
    kind: DayKind
    certain: bool

    @property
    def works(self) -> bool:
        return self.kind in WORKING


@dataclass(frozen=True, eq=False)
class Almanac:
    """The calendar with the years that were imported: their days that are not as the day of the
    week says. The other years are as the program knows them. What was reckoned by one may be kept
    under it: it never changes."""

    years: Mapping[int, Mapping[date, DayKind]] = field(default_factory=dict)
    _known: dict[date, Day] = field(default_factory=dict, repr=False)

    def day_of(self, on: date) -> Day:
        found = self._known.get(on)
        if found is None:
            found = self._known[on] = self._look_up(on)
        return found

    def _look_up(self, on: date) -> Day:
        imported = self.years.get(on.year)
        if imported is None:
            return published(on)
        return Day(on, imported.get(on, ordinary(on)), certain=True)


def ordinary(on: date) -> DayKind:
    """What a day is by its day of the week."""
    return DayKind.WEEKEND if on.weekday() >= 5 else DayKind.WEEKDAY


def published(on: date) -> Day:
    """What the calendar says that came with the program."""
    try:
        rests = bool(chinese_calendar.is_holiday(on))
    except NotImplementedError:
        return Day(on, ordinary(on), certain=False)
    weekend = on.weekday() >= 5
    if rests:
        return Day(on, DayKind.WEEKEND if weekend else DayKind.HOLIDAY, certain=True)
    return Day(on, DayKind.MAKEUP_WORKDAY if weekend else DayKind.WEEKDAY, certain=True)


_in_force = [Almanac()]
_supposed: ContextVar[Almanac | None] = ContextVar("supposed_almanac", default=None)


def use(almanac: Almanac) -> None:
    """From now on this process counts by this calendar."""
    _in_force[0] = almanac


def almanac() -> Almanac:
    """The calendar in force, or the one that is being supposed."""
    return _supposed.get() or _in_force[0]


@contextmanager
def supposing(other: Almanac) -> Iterator[None]:
    """Inside this block days are as this calendar says: to see what it would change."""
    token = _supposed.set(other)
    try:
        yield
    finally:
        _supposed.reset(token)


def day_of(on: date) -> Day:
    """Look one date up."""
    return almanac().day_of(on)


def days_between(first: date, last: date) -> Iterator[Day]:
    """Every date from first to last, both included."""
    for offset in range((last - first).days + 1):
        yield day_of(first + timedelta(days=offset))


def warning(first: date, last: date) -> str | None:
    """The sentence to show when part of a span is not in the official calendar yet."""
    unsure = sorted({day.date.year for day in days_between(first, last) if not day.certain})
    return UNCERTAIN.format(year="、".join(str(year) for year in unsure)) if unsure else None
