"""What an answer of a push service means for us, and how long it asks us to wait."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum

LONGEST_WAIT = timedelta(hours=24)


class Verdict(StrEnum):
    """What became of one message."""

    TAKEN = "taken"
    GONE = "gone"
    LATER = "later"
    NEVER = "never"


def verdict_of(status: int) -> Verdict:
    """Read a status: a 3xx is never followed, and no other 4xx gets better by asking again."""
    if 200 <= status < 300:
        return Verdict.TAKEN
    if status in {404, 410}:
        return Verdict.GONE
    if status in {408, 425, 429} or status >= 500:
        return Verdict.LATER
    return Verdict.NEVER


def wait_asked(header: str | None, now: datetime) -> timedelta | None:
    """`Retry-After` in seconds or as a date; None when it is missing, unreadable or past."""
    text = (header or "").strip()
    if text.isdecimal() and len(text) < 10:
        wait = timedelta(seconds=int(text))
    else:
        try:
            moment = parsedate_to_datetime(text)
        except ValueError:
            return None
        wait = moment.replace(tzinfo=moment.tzinfo or UTC) - now
    return min(wait, LONGEST_WAIT) if wait > timedelta(0) else None
