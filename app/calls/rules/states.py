"""What may be done with a call, as one table, and which answer fits whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from app.calls.rules.words import Answer, CallState, Seat
from app.core.errors import Refusal
from app.teams.rules.windows import QUIET_FROM, QUIET_UNTIL

OPEN, CLOSED, CALLED_OFF = CallState.OPEN, CallState.CLOSED, CallState.CALLED_OFF
CALL_OFF_WITHIN = timedelta(hours=24)
LONGEST = timedelta(days=14)  # [D] for so long regular visits are put off at most
PEOPLE_KEPT = timedelta(days=180)


class Verb(StrEnum):
    """What can be done to a call."""

    ANSWER = "answer"
    CLOSE = "close"
    CALL_OFF = "call_off"


class CallIsOver(Refusal):
    status, code = 409, "call_is_over"
    title = "这次召集已经结束了，不用再答复。"


class TooLateToCallOff(Refusal):
    status, code = 409, "call_too_late_to_call_off"
    title = "发出超过 24 小时的召集不能撤回，请按“结束召集”。"


class AnswerDoesNotFit(Refusal):
    status, code = 422, "call_answer_does_not_fit"
    title = "值班的人请答“我来”或“来不了”。"


class AlreadyCalled(Refusal):
    status, code = 409, "call_already_open"
    title = "这里正有一次召集没有结束，请先看那一次。"


class NobodyToCall(Refusal):
    status, code = 422, "call_reaches_nobody"
    title = "这里还没有可以召集的人，请先建好队伍或值班表。"


@dataclass(frozen=True)
class Step:
    """One row: a verb, where it starts and ends."""

    verb: Verb
    source: CallState
    target: CallState


STEPS = (
    Step(Verb.ANSWER, OPEN, OPEN),
    Step(Verb.CLOSE, OPEN, CLOSED),
    Step(Verb.CALL_OFF, OPEN, CALLED_OFF),
)

FITTING: Mapping[Seat, tuple[Answer, ...]] = {
    Seat.MEMBER: (Answer.COMING, Answer.CANNOT, Answer.SAFE),
    Seat.DUTY: (Answer.COMING, Answer.CANNOT),
}


def next_state(state: CallState, verb: Verb, age: timedelta) -> CallState:
    """The state after a verb on a call of this age, or the refusal that says why not."""
    step = next((one for one in STEPS if one.verb is verb and one.source is state), None)
    if step is None:
        raise CallIsOver
    if verb is Verb.CALL_OFF and age > CALL_OFF_WITHIN:
        raise TooLateToCallOff
    return step.target


def offered(state: CallState, age: timedelta) -> tuple[Verb, ...]:
    """What whoever may lead a call can do with it now."""
    if state is not OPEN:
        return ()
    return (Verb.CLOSE, Verb.CALL_OFF) if age <= CALL_OFF_WITHIN else (Verb.CLOSE,)


def checked(seat: Seat, answer: Answer) -> Answer:
    """An answer that fits a seat. AnswerDoesNotFit otherwise."""
    if answer not in FITTING[seat]:
        raise AnswerDoesNotFit
    return answer


def problems(today: date, until: date, *, danger: bool, reason: str) -> dict[str, list[str]]:
    """What keeps a call from going out, by field. Danger to life is what may ring everybody at
    night, so it wants a reason, which is logged."""
    found = {}
    if until < today:
        found["until"] = ["日期已经过去了。"]
    elif until > today + LONGEST:
        found["until"] = [f"常规走访最多先放 {LONGEST.days} 天。"]
    if danger and len(reason.strip()) < 4:
        found["danger_reason"] = ["夜里叫醒大家，请写明为什么有生命危险（至少 4 个字）。"]
    return found


def forgotten_before(now: datetime) -> datetime:
    """Who was called and answered what is forgotten for calls that ended before this moment."""
    return now - PEOPLE_KEPT


def is_night(moment: time) -> bool:
    """Whether this lies in the quiet hours: then only those on duty are rung, unless a life is in
    danger."""
    return moment >= QUIET_FROM or moment < QUIET_UNTIL
