"""Hours on duty as entries: one for each stretch, and for each day where a stretch is longer than a
day. Pure.

A duty list goes by weekdays and dated exceptions (decision 0015), whatever days off the State
moves about; so stretches are written out one by one, from the same function that decides whom to
telephone, and no rule of recurrence can say something else.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from app.core.clock import LOCAL
from app.tickets.rules.duty import DutyList, Watch, mine

AHEAD = timedelta(days=60)
DAY = timedelta(days=1)
MARGIN = 3 * DAY  # so that where we begin and end to look cuts no stretch that is shown


@dataclass(frozen=True, slots=True)
class Stint:
    """Hours on duty that begin on a day; the `number`-th of them there, from nought."""

    on: date
    number: int
    start: datetime
    end: datetime


def stints(duty: DutyList, person: UUID, now: datetime) -> list[Stint]:
    """When somebody is on duty from now on, sixty days ahead; what is over is left out."""
    today = datetime.combine(now.astimezone(LOCAL).date(), time(), LOCAL)
    until = today + AHEAD
    found = mine(duty, person, today - MARGIN, until + MARGIN)
    numbered: dict[date, int] = {}
    made = []
    for start, end in _by_day(_joined(found)):
        number = numbered.get(start.date(), 0)
        numbered[start.date()] = number + 1
        if end > now and start < until:
            made.append(Stint(start.date(), number, start, end))
    return made


def _joined(found: list[Watch]) -> Iterator[tuple[datetime, datetime]]:
    """Stretches without a break, whoever else is there."""
    start = end = None
    for one in found:
        if end != one.start:
            if start and end:
                yield start, end
            start = one.start
        end = one.end
    if start and end:
        yield start, end


def _by_day(stretches: Iterator[tuple[datetime, datetime]]) -> Iterator[tuple[datetime, datetime]]:
    """A night is one piece; what is longer than a day is cut at midnight."""
    for first, last in stretches:
        start, end = first.astimezone(LOCAL), last.astimezone(LOCAL)
        if end - start <= DAY:
            yield start, end
            continue
        while start < end:
            midnight = datetime.combine(start.date() + DAY, time(), LOCAL)
            yield start, min(midnight, end)
            start = midnight
