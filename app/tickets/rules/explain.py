"""Why a clock is due when it is, in sentences for whoever asks. Pure."""

from collections.abc import Iterator
from datetime import date, datetime
from itertools import groupby
from typing import Protocol

from app.core import calendar
from app.core.calendar import Day, DayKind
from app.core.clock import LOCAL
from app.tickets.rules.clock import Clock, Holder, Pause
from app.tickets.rules.times import CLOCK_NAMES, ClockKind, Unit
from app.tickets.rules.words import Verb
from app.tickets.rules.worktime import HOURS_A_DAY, HOURS_SAID, Pace

WEEKDAYS = "一二三四五六日"
DESK = "受理派单"
PART = "协办"
SINCE: dict[Verb, str] = {
    Verb.SUBMIT: "报上来",
    Verb.ACCEPT: "受理",
    Verb.RETURN: "退单",
    Verb.DISPATCH: "派单",
    Verb.CONCLUDE: "协商有结论",
    Verb.ARBITRATE: "定主办方",
    Verb.START: "接单",
}


class Held(Protocol):
    """What a clock's name depends on."""

    @property
    def holder(self) -> Holder: ...
    @property
    def kind(self) -> ClockKind: ...


def name_of(clock: Held) -> str:
    """What has to be done in time, in the words of who does it."""
    if clock.holder is Holder.COMMUNITY:
        return DESK
    return PART if clock.holder is Holder.CO else CLOCK_NAMES[clock.kind]


def explain(clock: Clock) -> list[str]:
    """From when, which time, what does not count, and so until when."""
    if clock.limit.unit is None:
        return [f"{name_of(clock)}没有固定的时限：{clock.limit.goal}。"]
    due_at = clock.due_at
    return [
        f"从{say(clock.started_at)} {SINCE[clock.since]}时起算。",
        _limit(clock),
        *(_pause(one) for one in clock.pauses),
        *_days(clock, due_at),
        f"所以到{say(due_at)}。",
    ]


def say(moment: datetime) -> str:
    """`11月26日（周四）16:30`."""
    local = moment.astimezone(LOCAL)
    return f"{_day(local.date())}{local:%H:%M}"


def _limit(clock: Clock) -> str:
    if clock.due_on:
        return f"协商定的期限是{_day(clock.due_on)}，当天都算。"
    goal = f"（{clock.limit.goal}）" if clock.limit.goal else ""
    by = f"{clock.limit.by}，" if clock.limit.by else ""
    start = f"{by}{name_of(clock)}{goal}的时限是 {clock.limit}，"
    if clock.limit.pace is Pace.CLOCK:
        return f"{start}白天黑夜都算。"
    day = f"，一个工作日算 {HOURS_A_DAY} 小时" if clock.limit.unit is Unit.WORK_DAY else ""
    return f"{start}只算工作日 {HOURS_SAID}{day}。"


def _pause(pause: Pause) -> str:
    span = f"{say(pause.start)} 到{say(pause.end)}"
    return f"{span} 办完了在等别人看，不算。" if pause.rest else f"{span} 同意挂起，不算。"


def _days(clock: Clock, due_at: datetime) -> Iterator[str]:
    """The days off on the way, the makeup days, and whether the calendar is sure of them."""
    if clock.limit.pace is Pace.CLOCK:
        return
    first, last = (at.astimezone(LOCAL).date() for at in (clock.started_at, due_at))
    days = list(calendar.days_between(first, last))
    for works, run in groupby(days, key=lambda day: day.works):
        if not works:
            yield _rest(list(run))
    for day in days:
        if day.kind is DayKind.MAKEUP_WORKDAY:
            yield f"{_day(day.date)}调休上班，照算。"
    unsure = calendar.warning(first, last)
    if unsure:
        yield unsure


def _rest(run: list[Day]) -> str:
    why = "放假" if any(day.kind is DayKind.HOLIDAY for day in run) else "休息"
    first, last = run[0].date, run[-1].date
    span = _day(first) if first == last else f"{_day(first)}到{_day(last)}"
    return f"{span}{why}，不算。"


def is_certain(clock: Clock) -> bool:
    """Whether every day that it counts is in the official calendar."""
    if clock.limit.unit is None or clock.limit.pace is Pace.CLOCK:
        return True
    first, last = (at.astimezone(LOCAL).date() for at in (clock.started_at, clock.due_at))
    return calendar.warning(first, last) is None


def _day(on: date) -> str:
    return f"{on.month}月{on.day}日（周{WEEKDAYS[on.weekday()]}）"
