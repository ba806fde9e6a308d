"""The one clock. Everything that asks for the time asks here, so that tests can set it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Asia/Shanghai")

_frozen: list[datetime] = []


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _frozen[-1] if _frozen else datetime.now(UTC)


def local_now() -> datetime:
    """The present moment as a wall clock in Asia/Shanghai shows it."""
    return now().astimezone(LOCAL)


def today() -> date:
    """The date in Asia/Shanghai."""
    return local_now().date()


@contextmanager
def frozen(moment: datetime) -> Iterator[None]:
    """Tests only: hold the clock of this process at an aware moment."""
    if moment.tzinfo is None:
        raise ValueError("a frozen moment must be aware")
    _frozen.append(moment.astimezone(UTC))
    try:
        yield
    finally:
        _frozen.pop()
