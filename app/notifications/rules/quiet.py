"""When a device may ring: not between 21:00 and 08:30 on the local clock."""

from datetime import datetime, time, timedelta

QUIET_FROM = time(21, 0)
QUIET_UNTIL = time(8, 30)


def is_quiet(local: datetime) -> bool:
    """Whether this local moment lies in the quiet hours."""
    return local.time() >= QUIET_FROM or local.time() < QUIET_UNTIL


def may_ring_at(local: datetime, *, at_any_hour: bool) -> datetime:
    """The moment itself, or the end of the quiet hours that it lies in."""
    if at_any_hour or not is_quiet(local):
        return local
    day = local.date() + timedelta(days=1) if local.time() >= QUIET_FROM else local.date()
    return datetime.combine(day, QUIET_UNTIL, local.tzinfo)
