"""Moments as spreadsheets write them: 2026-11-20 09:30, 2026/11/20, 2026年11月20日9时. Pure."""

import re
from datetime import datetime, tzinfo

_MOMENT = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?"
    r"(?:[T\s]*(\d{1,2})\s*[:：时点]\s*(\d{1,2})?(?:\s*[:：分]\s*\d{0,2})?.*)?"
)


def moment_of(text: str, zone: tzinfo, *, end: bool = False) -> datetime | None:
    """The moment that a cell means; None for what is none. A day alone is its first minute;
    where it says until when, its last one, also where a spreadsheet wrote the day as midnight."""
    found = _MOMENT.fullmatch(text.strip())
    if found is None:
        return None
    year, month, day, hour, minute = (int(part or 0) for part in found.groups())
    if end and (hour, minute) == (0, 0):
        hour, minute = 23, 59
    try:
        return datetime(year, month, day, hour, minute, tzinfo=zone)
    except ValueError:
        return None
