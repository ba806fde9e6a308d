"""The words of a visit, each with the Chinese that people read. No rule is decided here."""

from enum import StrEnum


class Purpose(StrEnum):
    """Why somebody goes."""

    ROUTINE = "routine"
    CARE = "care"
    SAFETY = "safety"
    OPINIONS = "opinions"
    NOTICE = "notice"
    WELLNESS = "wellness"
    NEW_RESIDENTS = "new_residents"
    CALL_BACK = "call_back"
    ASKED = "asked"


class Method(StrEnum):
    """How the household was met."""

    DOOR = "door"
    DOWNSTAIRS = "downstairs"
    PHONE = "phone"
    VIDEO = "video"
    OK_SIGNAL = "ok_signal"


class Outcome(StrEnum):
    """What came of it. Each of them is a full result."""

    OK = "ok"
    ISSUE = "issue"
    NOT_HOME = "not_home"
    DECLINED = "declined"
    RESCHEDULED = "rescheduled"


class Need(StrEnum):
    """The tick-boxes of what was heard; nothing else about a household is collected."""

    POWER_FIRE = "power_fire"
    LEAK = "leak"
    PASSAGE = "passage"
    ERRAND = "errand"
    COMPANY = "company"
    ABOUT_PROPERTY = "about_property"
    COMMUNITY_CALL = "community_call"


class NextStep(StrEnum):
    """What should happen next at this door."""

    OTHER_TIME = "other_time"
    PHONE = "phone"
    BUILDING_HEAD = "building_head"
    CALL_FIRST = "call_first"
    PHONE_ONLY = "phone_only"
    NO_MORE_VISITS = "no_more_visits"


class VisitState(StrEnum):
    """Where a visit stands."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    TURNED_DOWN = "turned_down"
    DONE = "done"
    CANCELLED = "cancelled"


class RoundState(StrEnum):
    """Where a round stands."""

    DRAFT = "draft"
    PUBLISHED = "published"
    ENDED = "ended"
    CANCELLED = "cancelled"


class StrayState(StrEnum):
    """What became of a record that was handed to the leader."""

    WAITING = "waiting"
    ENTERED = "entered"
    DROPPED = "dropped"


class Band(StrEnum):
    """The part of a day: `slot` in a record, and what "another time band" is counted in."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


class Days(StrEnum):
    """The days on which a window of a round is open."""

    WEEKDAY = "weekday"
    WEEKEND = "weekend"
    ELDER_WEEKDAY = "elder_weekday"


class Gap(StrEnum):
    """Why a household that a round asks for gets no visit from it."""

    NOBODY = "nobody"
    NO_MORE_VISITS = "no_more_visits"
    RESTING = "resting"
    MERGED = "merged"
    NO_SLOT = "no_slot"


PURPOSE_NAMES: dict[Purpose, str] = {
    Purpose.ROUTINE: "日常走访",
    Purpose.CARE: "关爱看望",
    Purpose.SAFETY: "用电用火提醒",
    Purpose.OPINIONS: "听取意见",
    Purpose.NOTICE: "上门告知",
    Purpose.WELLNESS: "确认平安",
    Purpose.NEW_RESIDENTS: "认识新住户",
    Purpose.CALL_BACK: "办完事回访",
    Purpose.ASKED: "住户请人去看看",
}

METHOD_NAMES: dict[Method, str] = {
    Method.DOOR: "上门",
    Method.DOWNSTAIRS: "楼下碰面",
    Method.PHONE: "电话",
    Method.VIDEO: "视频",
    Method.OK_SIGNAL: "灯亮着、窗帘开着",
}

OUTCOME_NAMES: dict[Outcome, str] = {
    Outcome.OK: "见到，平安",
    Outcome.ISSUE: "有事",
    Outcome.NOT_HOME: "没人应",
    Outcome.DECLINED: "婉拒",
    Outcome.RESCHEDULED: "改约",
}

NEED_NAMES: dict[Need, str] = {
    Need.POWER_FIRE: "用电用火",
    Need.LEAK: "漏水",
    Need.PASSAGE: "楼道堵",
    Need.ERRAND: "想请人跑腿",
    Need.COMPANY: "想有人说说话",
    Need.ABOUT_PROPERTY: "对物业有话说",
    Need.COMMUNITY_CALL: "想社区回个话",
}

NEXT_STEP_NAMES: dict[NextStep, str] = {
    NextStep.OTHER_TIME: "换个时段再来",
    NextStep.PHONE: "先打个电话",
    NextStep.BUILDING_HEAD: "请楼栋长或物业帮忙看看",
    NextStep.CALL_FIRST: "以后来前先打电话",
    NextStep.PHONE_ONLY: "以后只打电话",
    NextStep.NO_MORE_VISITS: "不再上门",
}

VISIT_STATE_NAMES: dict[VisitState, str] = {
    VisitState.PROPOSED: "等您答复",
    VisitState.ACCEPTED: "已答应",
    VisitState.TURNED_DOWN: "已婉拒",
    VisitState.DONE: "已走访",
    VisitState.CANCELLED: "已取消",
}

ROUND_STATE_NAMES: dict[RoundState, str] = {
    RoundState.DRAFT: "草稿",
    RoundState.PUBLISHED: "进行中",
    RoundState.ENDED: "已结束",
    RoundState.CANCELLED: "已取消",
}

STRAY_STATE_NAMES: dict[StrayState, str] = {
    StrayState.WAITING: "等组长处理",
    StrayState.ENTERED: "已补记",
    StrayState.DROPPED: "没有补记",
}

BAND_NAMES: dict[Band, str] = {
    Band.MORNING: "上午",
    Band.AFTERNOON: "下午",
    Band.EVENING: "傍晚",
}

DAYS_NAMES: dict[Days, str] = {
    Days.WEEKDAY: "工作日",
    Days.WEEKEND: "周末和节假日",
    Days.ELDER_WEEKDAY: "工作日（老人）",
}

GAP_NAMES: dict[Gap, str] = {
    Gap.NOBODY: "还没有人结对",
    Gap.NO_MORE_VISITS: "住户说过不再上门",
    Gap.RESTING: "刚去过不久，这段日子先不打扰",
    Gap.MERGED: "这段日子已经有一次走访，合成一趟",
    Gap.NO_SLOT: "起止日期里没有合适的时段",
}
