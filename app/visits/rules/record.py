"""What a record must say and may not say. What follows it: `following`."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.places.rules import CareLevel, VisitWish
from app.visits.rules.windows import Slot, window_problem
from app.visits.rules.words import Band, Method, Need, NextStep, Outcome

NOTE_LENGTH = 200
NOTE_KEPT_DAYS = 180
LATE_BY_DAYS = 30  # a phone that was offline hands in its last 30 days
AHEAD_DAYS = 60

METHODS: dict[Outcome, frozenset[Method]] = {
    Outcome.OK: frozenset(Method),
    Outcome.ISSUE: frozenset(Method) - {Method.OK_SIGNAL},
    Outcome.NOT_HOME: frozenset({Method.DOOR, Method.PHONE, Method.VIDEO}),
    Outcome.DECLINED: frozenset(Method) - {Method.OK_SIGNAL},
    Outcome.RESCHEDULED: frozenset(Method) - {Method.OK_SIGNAL},
}

AT_THE_STAIR = frozenset({Method.DOOR, Method.DOWNSTAIRS, Method.OK_SIGNAL})

# What a household says of future visits, and how its wish is kept.
WISHES: dict[NextStep, VisitWish] = {
    NextStep.CALL_FIRST: VisitWish.CALL_FIRST,
    NextStep.PHONE_ONLY: VisitWish.PHONE_ONLY,
    NextStep.NO_MORE_VISITS: VisitWish.NO_MORE_VISITS,
}

IDENTITY_NUMBER = re.compile(r"\d{17}[\dXx]")
_BETWEEN_DIGITS = re.compile(r"(?<=[\dXx])[\s\-_.·]+(?=[\dXx])")


@dataclass(frozen=True, kw_only=True)
class Said:
    """What the visitor says happened."""

    on: date
    method: Method
    outcome: Outcome
    slot: Band | None = None
    needs: Sequence[Need] = ()
    note: str | None = None
    note_agreed: bool = False
    next_step: NextStep | None = None
    reschedule_to: Slot | None = None


def spoken(method: Method, outcome: Outcome) -> bool:
    """Whether the household was spoken with, so that it could agree to anything."""
    return method is not Method.OK_SIGNAL and outcome is not Outcome.NOT_HOME


def looks_like_identity_number(text: str) -> bool:
    """Eighteen digits (the last may be X), however they are spaced or typed."""
    narrow = unicodedata.normalize("NFKC", text)
    return IDENTITY_NUMBER.search(_BETWEEN_DIGITS.sub("", narrow)) is not None


def date_problem(on: date, today: date) -> str | None:
    """A record is of something that has happened, not long ago."""
    if on > today:
        return "走访日期不能晚于今天。"
    if on < today - timedelta(days=LATE_BY_DAYS):
        return f"只能补记最近 {LATE_BY_DAYS} 天的走访。"
    return None


def note_problem(said: Said) -> str | None:
    """A note is short, agreed to by the resident, and never holds an identity number."""
    if not said.note:
        return None
    if len(said.note) > NOTE_LENGTH:
        return f"备注最多 {NOTE_LENGTH} 个字。"
    if looks_like_identity_number(said.note):
        return "备注里像是有身份证号。红邻不收集身份证号，请删掉再提交。"
    if not spoken(said.method, said.outcome):
        return "这次没有和住户说上话，备注没有人同意过，请先清空备注。"
    if not said.note_agreed:
        return "备注要住户同意才能记。请问过住户后勾选“住户同意”，或者清空备注。"
    return None


def step_problem(said: Said) -> str | None:
    """A wish for the future must have been spoken."""
    if said.next_step in WISHES and not spoken(said.method, said.outcome):
        return "这次没有和住户说上话，不能替住户定以后怎么联系。"
    return None


def reschedule_problem(said: Said) -> str | None:
    """A new appointment has a date and a window; nothing else carries one."""
    if said.outcome is not Outcome.RESCHEDULED:
        return "只有改约才填新的时间。" if said.reschedule_to else None
    if said.reschedule_to is None:
        return "改约要写明新的日期和时段。"
    if said.reschedule_to.date < said.on:
        return "新的日期不能早于这次走访。"
    if said.reschedule_to.date > said.on + timedelta(days=AHEAD_DAYS):
        return f"新的日期最多排到 {AHEAD_DAYS} 天以后。"
    return window_problem(said.reschedule_to.window)


def stair_problem(said: Said, care_level: CareLevel, wish: VisitWish) -> str | None:
    """A whole stair in one go says "seen, all well", of doors that may be passed without being
    named: who is looked after every week is named, and whoever wishes no call at the door is not
    passed."""
    if said.outcome is not Outcome.OK or said.method not in AT_THE_STAIR:
        return "整单元一起记，只能记“见到，平安”。"
    if care_level is CareLevel.HIGH:
        return "这一户要每周看看，请单独点名记。"
    if wish in (VisitWish.PHONE_ONLY, VisitWish.NO_MORE_VISITS):
        return "这一户不上门，请不要一起记。"
    return None


def problems(said: Said, today: date) -> dict[str, list[str]]:
    """Everything that keeps a record from being taken, by field; empty when it is whole."""
    wrong_method = said.method not in METHODS[said.outcome]
    found = {
        "on": date_problem(said.on, today),
        "method": "这样的结果不是这种方式能知道的，请换一个。" if wrong_method else None,
        "note": note_problem(said),
        "next_step": step_problem(said),
        "reschedule_to": reschedule_problem(said),
    }
    return {field: [sentence] for field, sentence in found.items() if sentence}


def disagree(one: Outcome, other: Outcome) -> bool:
    """Whether two visitors of one visit contradict each other: in what came of it. That one rang
    at the door and the other telephoned is no contradiction."""
    return one is not other
