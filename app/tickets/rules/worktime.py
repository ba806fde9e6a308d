"""Two ways in which time passes: by the clock, and in hours of work. Pure.

The working hours are our own default: 9:00–12:00 and 14:00–18:00 on working days, so that a
working day is seven hours long. They stand here and nowhere else.
"""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache

from app.core.calendar import Almanac, almanac, day_of
from app.core.clock import LOCAL

HOURS = ((time(9), time(12)), (time(14), time(18)))
HOURS_A_DAY = sum(end.hour - start.hour for start, end in HOURS)
HOURS_SAID = "、".join(f"{start:%-H:%M}–{end:%-H:%M}" for start, end in HOURS)
NOTHING = timedelta(0)


class Pace(StrEnum):
    """How a time is counted."""

    CLOCK = "clock"
    WORK = "work"


def passed(pace: Pace, start: datetime, end: datetime) -> timedelta:
    """How much time passes from one moment to a later one; none when it is not later."""
    if end <= start:
        return NOTHING
    if pace is Pace.CLOCK:
        return end - start
    total = NOTHING
    for opens, shuts in _shifts(start):
        if opens >= end:
            break
        total += min(shuts, end) - opens
    return total


def after(pace: Pace, start: datetime, length: timedelta) -> datetime:
    """The first moment at which so much time has passed."""
    if pace is Pace.CLOCK or length <= NOTHING:
        return start + max(length, NOTHING)
    return _worked(almanac(), start.astimezone(LOCAL), length).astimezone(start.tzinfo)


@lru_cache(maxsize=256)  # who shows a clock asks for the same moment again and again
def _worked(_by: Almanac, start: datetime, length: timedelta) -> datetime:
    left = length
    for opens, shuts in _shifts(start):
        if left <= shuts - opens:
            return opens + left
        left -= shuts - opens
    raise AssertionError("there is always a next working day")


def _shifts(start: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The hours of work from a moment on, without end."""
    local = start.astimezone(LOCAL)
    day = local.date()
    while True:
        if day_of(day).works:
            for opens, shuts in HOURS:
                begins = max(datetime.combine(day, opens, LOCAL), local)
                ends = datetime.combine(day, shuts, LOCAL)
                if begins < ends:
                    yield begins, ends
        day += timedelta(days=1)
