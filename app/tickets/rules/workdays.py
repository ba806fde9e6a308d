"""Working days, counted whole, on the official calendar with its holidays and makeup days.
Hours of work are in `worktime.py`."""

from datetime import date, datetime, timedelta
from itertools import islice

from app.core.calendar import day_of
from app.core.clock import LOCAL


def workdays_after(start: date, end: date, most: int) -> int:
    """How many working days lie after `start`, up to and including `end`; counted up to `most`."""
    days = (start + timedelta(days=step) for step in range(1, (end - start).days + 1))
    return sum(1 for _ in islice((day for day in days if day_of(day).works), most))


def one_workday_later(moment: datetime) -> datetime:
    """The same time on the next working day."""
    local = moment.astimezone(LOCAL) + timedelta(days=1)
    while not day_of(local.date()).works:
        local += timedelta(days=1)
    return local.astimezone(moment.tzinfo)
