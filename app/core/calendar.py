"""What kind of day a date is: the official calendar with its makeup workdays (调休).

Where a year is not published yet, weekends stand in and `certain` is false: whoever shows the
dates says so. Importing a year by hand comes later.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

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


@lru_cache(maxsize=4096)
def day_of(on: date) -> Day:
    """Look one date up."""
    weekend = on.weekday() >= 5
    try:
        rests = bool(chinese_calendar.is_holiday(on))
    except NotImplementedError:
        return Day(on, DayKind.WEEKEND if weekend else DayKind.WEEKDAY, certain=False)
    if rests:
        return Day(on, DayKind.WEEKEND if weekend else DayKind.HOLIDAY, certain=True)
    return Day(on, DayKind.MAKEUP_WORKDAY if weekend else DayKind.WEEKDAY, certain=True)


def days_between(first: date, last: date) -> Iterator[Day]:
    """Every date from first to last, both included."""
    for offset in range((last - first).days + 1):
        yield day_of(first + timedelta(days=offset))


def warning(first: date, last: date) -> str | None:
    """The sentence to show when part of a span is not in the official calendar yet."""
    unsure = sorted({day.date.year for day in days_between(first, last) if not day.certain})
    return UNCERTAIN.format(year="、".join(str(year) for year in unsure)) if unsure else None
