"""What follows a record at the same door: one table, whose sentences are what the visitor reads.

The phone holds the same table and decides by it where there is no network. Nothing in it looks at
a person: nobody answering is counted for the door, never against whoever stood there.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum

from app.places.rules import CareLevel
from app.visits.rules.record import Said
from app.visits.rules.words import Method, NextStep, Outcome

# Nobody answered: another time band, then the telephone, then building head or property.
TRIES: tuple[NextStep, ...] = (NextStep.OTHER_TIME, NextStep.PHONE, NextStep.BUILDING_HEAD)


class Coming(StrEnum):
    """Which visit comes next of itself."""

    NONE = "none"
    AGAIN = "again"
    APPOINTED = "appointed"


class Hears(StrEnum):
    """Who is told at once."""

    NOBODY = "nobody"
    BUILDING_HEAD = "building_head"
    ALL_TODAY = "all_today"


@dataclass(frozen=True)
class Row:
    """What follows one kind of record; None stands for whatever it may be."""

    outcome: Outcome
    sentence: str
    steps: AbstractSet[NextStep] | None = None
    levels: AbstractSet[CareLevel] | None = None
    methods: AbstractSet[Method] | None = None
    coming: Coming = Coming.NONE
    hears: Hears = Hears.NOBODY


OK, ISSUE, NOT_HOME = Outcome.OK, Outcome.ISSUE, Outcome.NOT_HOME
DECLINED, RESCHEDULED = Outcome.DECLINED, Outcome.RESCHEDULED
OTHER_TIME, PHONE, BUILDING_HEAD = (frozenset({step}) for step in TRIES)
CALL_FIRST, PHONE_ONLY = frozenset({NextStep.CALL_FIRST}), frozenset({NextStep.PHONE_ONLY})
NO_MORE = frozenset({NextStep.NO_MORE_VISITS})
HIGH = frozenset({CareLevel.HIGH})
FROM_AFAR = frozenset({Method.PHONE, Method.VIDEO})
SIGNAL = frozenset({Method.OK_SIGNAL})
AGAIN, APPOINTED = Coming.AGAIN, Coming.APPOINTED
HEAD, ALL_TODAY = Hears.BUILDING_HEAD, Hears.ALL_TODAY

WILL_CALL = "记下了：以后来之前先打电话。"
ONLY_CALL = "记下了：以后只打电话，不上门。"
LEFT_ALONE = "记下了：以后不再上门，已经排好的也会取消。"

# The first row that fits is the one.
ROWS: tuple[Row, ...] = (
    Row(OK, WILL_CALL, CALL_FIRST),
    Row(OK, ONLY_CALL, PHONE_ONLY),
    Row(OK, LEFT_ALONE, NO_MORE),
    Row(OK, "看到平安信号就行，不用敲门，这一户走到了。", methods=SIGNAL),
    Row(OK, "这一户走到了，没有别的事。"),
    Row(ISSUE, WILL_CALL, CALL_FIRST),
    Row(ISSUE, ONLY_CALL, PHONE_ONLY),
    Row(ISSUE, LEFT_ALONE, NO_MORE),
    Row(ISSUE, "这件事会变成工单，办到哪一步都告诉您。"),
    Row(DECLINED, WILL_CALL, CALL_FIRST),
    Row(DECLINED, ONLY_CALL, PHONE_ONLY),
    Row(DECLINED, LEFT_ALONE, NO_MORE),
    Row(DECLINED, "婉拒也算走到了，不用再去。"),
    Row(RESCHEDULED, LEFT_ALONE, NO_MORE),
    Row(RESCHEDULED, "到约好的时间再去，手机会记着。", coming=APPOINTED),
    Row(
        NOT_HOME,
        "这一户今天要有人看到：换个时段再看一次，社区和楼栋长马上知道。",
        OTHER_TIME,
        HIGH,
        coming=AGAIN,
        hears=ALL_TODAY,
    ),
    Row(
        NOT_HOME,
        "这一户今天要有人看到：先打个电话，社区和楼栋长马上知道。",
        PHONE,
        HIGH,
        coming=AGAIN,
        hears=ALL_TODAY,
    ),
    Row(
        NOT_HOME,
        "这一户今天要有人看到：社区和楼栋长马上知道，由他们去看。",
        BUILDING_HEAD,
        HIGH,
        hears=ALL_TODAY,
    ),
    Row(NOT_HOME, "下次换个时段再打，排好了再问您。", OTHER_TIME, methods=FROM_AFAR, coming=AGAIN),
    Row(NOT_HOME, "下次换个时段再来，排好了再问您。", OTHER_TIME, coming=AGAIN),
    Row(NOT_HOME, "下次先打个电话，排好了再问您。", PHONE, coming=AGAIN),
    Row(NOT_HOME, "不用再跑了：请楼栋长或物业帮忙留意。", BUILDING_HEAD, hears=HEAD),
)


def next_step(said: Said, attempt: int) -> NextStep | None:
    """What should happen next: what the visitor says, else what nobody answering asks for."""
    if said.next_step is not None or said.outcome is not NOT_HOME:
        return said.next_step
    return TRIES[min(attempt, len(TRIES)) - 1]


def follows(said: Said, attempt: int, care_level: CareLevel) -> Row:
    """What follows a record that is whole (`record.problems` found nothing)."""
    step = next_step(said, attempt)
    return next(row for row in ROWS if _fits(row, said, step, care_level))


def _fits(row: Row, said: Said, step: NextStep | None, care_level: CareLevel) -> bool:
    return (
        row.outcome is said.outcome
        and (row.steps is None or step in row.steps)
        and (row.levels is None or care_level in row.levels)
        and (row.methods is None or said.method in row.methods)
    )
