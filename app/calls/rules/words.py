"""The words of a call, each with the Chinese that people read."""

from enum import StrEnum


class CallKind(StrEnum):
    """What has happened."""

    FLOOD = "flood"
    COLD = "cold"
    HEAT = "heat"
    OUTAGE = "outage"
    OTHER = "other"


class CallState(StrEnum):
    """Where a call stands."""

    OPEN = "open"
    CLOSED = "closed"
    CALLED_OFF = "called_off"


class Seat(StrEnum):
    """As what somebody is called: a member of a team, or on duty for a property company."""

    MEMBER = "member"
    DUTY = "duty"


class Answer(StrEnum):
    """What somebody says who was called. Saying nothing is no answer and no failing."""

    COMING = "coming"
    CANNOT = "cannot"
    SAFE = "safe"


class BuildingState(StrEnum):
    """How a building stands during a call, the most pressing first."""

    HELP = "help"
    NOBODY = "nobody"
    COMING = "coming"
    LOOKED = "looked"
    WELL = "well"


KIND_NAMES = {
    CallKind.FLOOD: "汛情",
    CallKind.COLD: "寒潮",
    CallKind.HEAT: "高温",
    CallKind.OUTAGE: "停水停电停气",
    CallKind.OTHER: "其他突发情况",
}
STATE_NAMES = {
    CallState.OPEN: "进行中",
    CallState.CLOSED: "已结束",
    CallState.CALLED_OFF: "已撤回",
}
ANSWER_NAMES = {
    Answer.COMING: "我来",
    Answer.CANNOT: "来不了",
    Answer.SAFE: "我平安",
}
BUILDING_STATE_NAMES = {
    BuildingState.HELP: "有人要帮忙",
    BuildingState.NOBODY: "还没有人来",
    BuildingState.COMING: "有人来",
    BuildingState.LOOKED: "看过一部分",
    BuildingState.WELL: "都看过，平安",
}
