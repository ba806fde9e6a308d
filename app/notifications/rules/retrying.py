"""What an answer of a push service means for us."""

from enum import StrEnum


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
