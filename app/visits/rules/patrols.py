"""Patrols 巡查 of the red armbands: who may do what to one, and who is asked next. Pure.

A patrol is proposed to a few people, each answers for themselves, and whoever went ends it. Which
points were seen is kept; when somebody was where is not.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum
from uuid import UUID

from app.core.errors import Refusal
from app.visits.rules.record import LATE_BY_DAYS

AHEAD_DAYS = 7  # so far ahead people are asked
LONGEST_MINUTES = 8 * 60  # a record of service is of at most eight hours
HELD_DAYS = 30
MOST_AT_ONCE = 4


class PatrolState(StrEnum):
    """Where a patrol stands."""

    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"


class PatrolAnswer(StrEnum):
    """What somebody who was asked has said."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"


PATROL_STATE_NAMES: dict[PatrolState, str] = {
    PatrolState.OPEN: "等着去",
    PatrolState.DONE: "走过了",
    PatrolState.CANCELLED: "没有去",
}

PATROL_ANSWER_NAMES: dict[PatrolAnswer, str] = {
    PatrolAnswer.ASKED: "等您答复",
    PatrolAnswer.ACCEPTED: "已答应",
    PatrolAnswer.DECLINED: "已婉拒",
}

GOING = frozenset({PatrolAnswer.ASKED, PatrolAnswer.ACCEPTED})


class PatrolIsOver(Refusal):
    status, code = 409, "patrol_is_over"
    title = "这次巡查已经走过或取消了。"


class PatrolDayHasPassed(Refusal):
    status, code = 409, "patrol_day_has_passed"
    title = "这次巡查的日子已经过去了。"


class NotAskedToPatrol(Refusal):
    status, code = 403, "patrol_not_yours"
    title = "这次巡查请的不是您。"


def answer_problem(state: PatrolState, on: date, today: date) -> type[Refusal] | None:
    """Why nobody may accept or decline any more; None where they may."""
    if state is not PatrolState.OPEN:
        return PatrolIsOver
    return PatrolDayHasPassed if on < today else None


def end_problems(on: date, minutes: int, today: date) -> dict[str, list[str]]:
    """What keeps a patrol from being ended, by field."""
    found: dict[str, list[str]] = {}
    if on > today:
        found["on"] = ["还没到这一天，走过了再记。"]
    elif on < today - timedelta(days=LATE_BY_DAYS):
        found["on"] = [f"只能补记最近 {LATE_BY_DAYS} 天的巡查。"]
    if not 0 < minutes <= LONGEST_MINUTES:
        found["minutes"] = ["走了多久，请填 1 分钟到 8 小时。"]
    return found


@dataclass(frozen=True)
class Turn:
    """One time at which a route is walked."""

    on: date
    start: time
    end: time


def turns(days: Collection[int], hours: tuple[time, time], first: date) -> list[Turn]:
    """The coming week's turns of a route that is walked on these days (1 is Monday)."""
    week = [first + timedelta(days=away) for away in range(AHEAD_DAYS)]
    return [Turn(day, *hours) for day in week if day.isoweekday() in days]


def asked_next(
    people: Sequence[UUID],
    last: Mapping[UUID, date],
    away: Collection[UUID],
    on: date,
    wanted: int,
) -> list[UUID]:
    """Who is asked: those who were asked longest ago, and among equals in turn, another first each
    day. Nobody who is away. This spreads the asking; it counts nobody's answers."""
    first = on.toordinal() * wanted
    turn = {one: (place - first) % len(people) for place, one in enumerate(people)}
    free = [one for one in people if one not in away]
    return sorted(free, key=lambda one: (last.get(one, date.min), turn[one]))[:wanted]


def route_problems(
    days: Sequence[int], hours: tuple[time, time], people: Sequence[UUID], points: Sequence[UUID]
) -> dict[str, list[str]]:
    """What a route lacks, by field."""
    found: dict[str, list[str]] = {}
    if not days or not set(days) <= set(range(1, 8)):
        found["days"] = ["请选星期几走。"]
    if hours[0] >= hours[1]:
        found["window"] = ["结束时间要晚于开始时间。"]
    if not people:
        found["people"] = ["请选这条路线请谁走。"]
    if not points or len(set(points)) < len(points):
        found["points"] = ["请排好要看的点，同一个点只排一次。"]
    return found
