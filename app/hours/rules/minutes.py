"""How long something took, in minutes, and how minutes become hours.

Nobody is timed at a door: there is no clock to start and no position to read. A visit counts what
it usually takes, and whoever was there may say what it really was, until it is confirmed.
"""

from app.visits.rules import Method, Outcome

MOST = 480  # minutes in one record: eight hours
QUARTER = 15
SHORTEST_REST = 8  # from so many minutes on, what is over counts as one more quarter
LATE_BY_DAYS = 60  # how long ago something may be entered by hand
CONTENT_LENGTH = 40

FACE_TO_FACE, BY_WIRE, BRIEF = 20, 10, 5
SPOKEN: dict[Method, int] = {
    Method.DOOR: FACE_TO_FACE,
    Method.DOWNSTAIRS: FACE_TO_FACE,
    Method.PHONE: BY_WIRE,
    Method.VIDEO: BY_WIRE,
    Method.OK_SIGNAL: BRIEF,
}
TALKED = frozenset({Outcome.OK, Outcome.ISSUE})


def visit_minutes(method: Method, outcome: Outcome) -> int:
    """What a visit usually takes: short where nobody was there or nobody wished to talk."""
    return SPOKEN[method] if outcome in TALKED else BRIEF


def capped(minutes: int) -> int:
    """At most eight hours in one record."""
    return min(minutes, MOST)


def quarters(minutes: int) -> int:
    """The quarters of an hour that a record counts: rounded to the nearest, at least one."""
    whole, rest = divmod(minutes, QUARTER)
    return max(1, whole + (rest >= SHORTEST_REST))


def hours(quarters_: int) -> float:
    """Quarters as hours: exact, for a quarter is."""
    return quarters_ / 4


def hours_text(quarters_: int) -> str:
    """As it stands on paper: 12, 12.5, 12.25."""
    return f"{hours(quarters_):.2f}".rstrip("0").rstrip(".")


def minutes_problem(minutes: int | None) -> str | None:
    """Why so many minutes cannot be one record, in words."""
    if minutes is None:
        return "请填时长。"
    if not 1 <= minutes <= MOST:
        return "一条记录最多 8 小时，最少 1 分钟。"
    return None
