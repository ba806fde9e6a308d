"""How often a door is called at, counted from the last full result, and when it is due next.

`high` is weekly, `focus` monthly: all of them, in every month; `general` twice a year. A door that
was never called at is counted from the day it became known. Pure.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from math import ceil

from app.places.rules import CareLevel, care_last_kept_from
from app.visits.rules.windows import CADENCE_DAYS
from app.visits.rules.words import Outcome

FULL_RESULTS = frozenset({Outcome.OK, Outcome.ISSUE, Outcome.DECLINED})
DAY = timedelta(days=1)

# What is overdue when a plan begins is planned for within so many days of it, and what could not
# be made in time still makes sense for so long. None: through the last day of the plan.
CATCH_UP_DAYS: dict[CareLevel, int | None] = {
    CareLevel.HIGH: 6,
    CareLevel.FOCUS: 13,
    CareLevel.GENERAL: None,
}
STILL_GOOD_DAYS: dict[CareLevel, int | None] = {
    CareLevel.HIGH: 3,
    CareLevel.FOCUS: None,
    CareLevel.GENERAL: None,
}


@dataclass(frozen=True, order=True)
class Turn:
    """One visit that the cadence asks for: due on a date, planned for a date that can be met
    (`by`), between `earliest` and `latest`."""

    due: date
    by: date
    earliest: date
    latest: date


def level_on(level: CareLevel, confirmed_on: date | None, day: date) -> CareLevel:
    """The care level that holds on a day: one that nobody has confirmed for a year has lapsed."""
    kept = confirmed_on is not None and confirmed_on >= care_last_kept_from(day)
    return level if kept else CareLevel.GENERAL


@lru_cache(1024)  # many doors, few dates
def month_later(day: date) -> date:
    """The same day of the next month, or that month's last."""
    first = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    last = (first + timedelta(days=32)).replace(day=1) - DAY
    return min(first + timedelta(days=day.day - 1), last)


def next_due(level: CareLevel, last: date) -> date:
    """By when a door is called at again after a full result. A month is the calendar's, so that
    no month of a `focus` household goes by without a visit."""
    if level is CareLevel.FOCUS:
        return month_later(last)
    return last + timedelta(days=CADENCE_DAYS[level])


@lru_cache(1024)
def first_due(level: CareLevel, known_since: date, nth: int, of: int) -> date:
    """By when a door is called at for the first time. `general` ones take turns over their half
    year, neighbours together: the `nth` (from 0) of so many."""
    if level is not CareLevel.GENERAL:
        return next_due(level, known_since)
    return known_since + timedelta(days=ceil(CADENCE_DAYS[level] * (nth + 1) / of))


def turns(level: CareLevel, due: date, first: date, last: date) -> Iterator[Turn]:
    """What the cadence asks for from `first` through `last`, when it asks next on `due`. However
    much is overdue, it is made up for once."""
    earliest = first
    while due <= last:
        by = _in_days(first, CATCH_UP_DAYS[level], last) if due < first else due
        yield Turn(due, by, earliest, _in_days(by, STILL_GOOD_DAYS[level], last))
        earliest, due = by + DAY, next_due(level, by)


def _in_days(day: date, days: int | None, last: date) -> date:
    return last if days is None else min(day + timedelta(days=days), last)
