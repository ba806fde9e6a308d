"""Working days as the first cut counts them: Monday to Friday. The official calendar with its
holidays and make-up days comes with the clocks, and takes this module's place."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Asia/Shanghai")
SATURDAY = 5


def workdays_after(start: date, end: date) -> int:
    """How many working days lie after `start`, up to and including `end`."""
    days = (start + timedelta(days=step) for step in range(1, (end - start).days + 1))
    return sum(day.weekday() < SATURDAY for day in days)


def one_workday_later(moment: datetime) -> datetime:
    """The same time on the next working day."""
    local = moment.astimezone(LOCAL) + timedelta(days=1)
    while local.weekday() >= SATURDAY:
        local += timedelta(days=1)
    return local.astimezone(moment.tzinfo)
