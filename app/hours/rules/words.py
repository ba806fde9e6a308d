"""The vocabulary of service hours."""

from enum import StrEnum


class Kind(StrEnum):
    """What somebody did. Visits and patrols come from their records, the rest by hand."""

    VISIT = "visit"
    PATROL = "patrol"
    MEETING = "meeting"
    EVENT = "event"
    OTHER = "other"


KIND_NAMES: dict[Kind, str] = {
    Kind.VISIT: "走访",
    Kind.PATROL: "巡查",
    Kind.MEETING: "会议培训",
    Kind.EVENT: "活动",
    Kind.OTHER: "其他服务",
}
BY_HAND = frozenset({Kind.MEETING, Kind.EVENT, Kind.OTHER})


class HoursState(StrEnum):
    """How a record of hours stands. Voided ones stay, with the reason."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    SENT_BACK = "sent_back"
    VOIDED = "voided"


STATE_NAMES: dict[HoursState, str] = {
    HoursState.WAITING: "待确认",
    HoursState.CONFIRMED: "已确认",
    HoursState.SENT_BACK: "退回了",
    HoursState.VOIDED: "作废",
}
