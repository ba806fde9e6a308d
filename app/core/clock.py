"""The one clock. Everything that asks for the time asks here, so that tests can set it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Asia/Shanghai")

_told_by: list[Callable[[], datetime]] = []


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _told_by[-1]() if _told_by else datetime.now(UTC)


def local_now() -> datetime:
    """The present moment as a wall clock in Asia/Shanghai shows it."""
    return now().astimezone(LOCAL)


def today() -> date:
    """The date in Asia/Shanghai."""
    return local_now().date()


@contextmanager
def told_by(tell: Callable[[], datetime]) -> Iterator[None]:
    """Tests only: another clock for this process, which says aware moments in UTC."""
    _told_by.append(tell)
    try:
        yield
    finally:
        _told_by.pop()


@contextmanager
def frozen(moment: datetime) -> Iterator[None]:
    """Tests only: hold the clock of this process at an aware moment."""
    if moment.tzinfo is None:
        raise ValueError("a frozen moment must be aware")
    held = moment.astimezone(UTC)
    with told_by(lambda: held):
        yield
