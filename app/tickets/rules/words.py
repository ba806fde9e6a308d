"""The vocabulary of tickets: states, moves, seats and their Chinese names. No behaviour here."""

from enum import StrEnum


class TicketStatus(StrEnum):
    """Where a ticket stands."""

    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    DISPATCHED = "dispatched"
    IN_PROGRESS = "in_progress"
    SUSPENDED = "suspended"
    RESOLVED = "resolved"
    REVIEWED = "reviewed"
    CLOSED = "closed"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    DELIBERATING = "deliberating"
    ESCALATED = "escalated"


STATUS_NAMES: dict[TicketStatus, str] = {
    TicketStatus.SUBMITTED: "待受理",
    TicketStatus.ACCEPTED: "待派单",
    TicketStatus.DISPATCHED: "待接单",
    TicketStatus.IN_PROGRESS: "办理中",
    TicketStatus.SUSPENDED: "挂起",
    TicketStatus.RESOLVED: "待审核",
    TicketStatus.REVIEWED: "待回访",
    TicketStatus.CLOSED: "已办结",
    TicketStatus.REJECTED: "不受理",
    TicketStatus.WITHDRAWN: "已撤回",
    TicketStatus.DELIBERATING: "协商中",
    TicketStatus.ESCALATED: "已上报",
}

OVER = frozenset({TicketStatus.CLOSED, TicketStatus.REJECTED, TicketStatus.WITHDRAWN})


class Verb(StrEnum):
    """What may be done to a ticket."""

    SUBMIT = "submit"
    ACCEPT = "accept"
    REJECT = "reject"
    WITHDRAW = "withdraw"
    DISPATCH = "dispatch"
    ARBITRATE = "arbitrate"
    START = "start"
    RETURN = "return"
    SUSPEND = "suspend"
    APPROVE_SUSPENSION = "approve_suspension"
    RESUME = "resume"
    ARRIVE = "arrive"
    CONTAIN = "contain"
    HAND_ON = "hand_on"
    FINISH_PART = "finish_part"
    RESOLVE = "resolve"
    REVIEW = "review"
    SEND_BACK = "send_back"
    CLOSE = "close"
    REOPEN = "reopen"
    PROPOSE = "propose"
    DELIBERATE = "deliberate"
    CONCLUDE = "conclude"
    ESCALATE = "escalate"
    ANSWER = "answer"
    SUPERVISE = "supervise"
    JOIN = "join"
    TAKE_APART = "take_apart"


VERB_NAMES: dict[Verb, str] = {
    Verb.SUBMIT: "报事",
    Verb.ACCEPT: "受理",
    Verb.REJECT: "不受理",
    Verb.WITHDRAW: "撤回",
    Verb.DISPATCH: "派单",
    Verb.ARBITRATE: "定主办方",
    Verb.START: "接单",
    Verb.RETURN: "退单",
    Verb.SUSPEND: "先挂起",
    Verb.APPROVE_SUSPENSION: "同意挂起",
    Verb.RESUME: "接着办",
    Verb.ARRIVE: "到场了",
    Verb.CONTAIN: "控制住了",
    Verb.HAND_ON: "交给同事",
    Verb.FINISH_PART: "协办完成",
    Verb.RESOLVE: "办结",
    Verb.REVIEW: "审核通过",
    Verb.SEND_BACK: "退回重办",
    Verb.CLOSE: "评价结单",
    Verb.REOPEN: "没解决，再办",
    Verb.PROPOSE: "提议协商",
    Verb.DELIBERATE: "召集协商",
    Verb.CONCLUDE: "协商有结论",
    Verb.ESCALATE: "吹哨上报",
    Verb.ANSWER: "街道答复",
    Verb.SUPERVISE: "挂牌督办",
    Verb.JOIN: "并到另一件",
    Verb.TAKE_APART: "拆开另办",
}


class Seat(StrEnum):
    """From where a person (or the system) acts on one ticket."""

    REPORTER = "reporter"
    COMMUNITY = "community"
    LEAD = "lead"
    CO = "co"
    REVIEWER = "reviewer"
    SECRETARY = "secretary"
    SUBDISTRICT = "subdistrict"
    ANY_PARTY = "any_party"
    BUILDING_HEAD = "building_head"
    SYSTEM = "system"


SEAT_NAMES: dict[Seat, str] = {
    Seat.REPORTER: "报事人",
    Seat.COMMUNITY: "社区",
    Seat.LEAD: "主办方",
    Seat.CO: "协办方",
    Seat.REVIEWER: "审核方",
    Seat.SECRETARY: "社区书记",
    Seat.SUBDISTRICT: "街道",
    Seat.ANY_PARTY: "五方中的任何一方",
    Seat.BUILDING_HEAD: "楼长",
    Seat.SYSTEM: "系统",
}


class Reviewer(StrEnum):
    """Who looks at finished work: always the other side."""

    COMMUNITY_PARTY = "community_party"
    OWNERS_COMMITTEE = "owners_committee"
    SUBDISTRICT = "subdistrict"


REVIEWER_NAMES: dict[Reviewer, str] = {
    Reviewer.COMMUNITY_PARTY: "社区",
    Reviewer.OWNERS_COMMITTEE: "业委会",
    Reviewer.SUBDISTRICT: "街道",
}


class SuspendReason(StrEnum):
    """The list of reasons for which work may rest."""

    PARTS = "parts"
    WEATHER = "weather"
    APPOINTMENT = "appointment"
    OWNERS_DECISION = "owners_decision"
    FUND = "fund"
    PROCUREMENT = "procurement"
    OTHER_UNIT = "other_unit"


SUSPEND_REASON_NAMES: dict[SuspendReason, str] = {
    SuspendReason.PARTS: "等配件",
    SuspendReason.WEATHER: "等天气",
    SuspendReason.APPOINTMENT: "等住户约时间",
    SuspendReason.OWNERS_DECISION: "等业主表决",
    SuspendReason.FUND: "等维修资金",
    SuspendReason.PROCUREMENT: "等招标采购",
    SuspendReason.OTHER_UNIT: "等外单位（水、电、气、通信等）",
}


class Solved(StrEnum):
    """The first question at the end."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


SOLVED_NAMES: dict[Solved, str] = {
    Solved.YES: "解决了",
    Solved.PARTLY: "部分解决",
    Solved.NO: "没解决",
}


class Satisfied(StrEnum):
    """The second question at the end. Silence is UNRATED, which nobody can say."""

    YES = "yes"
    FAIRLY = "fairly"
    NO = "no"
    WONT_SAY = "wont_say"
    UNRATED = "unrated"


SATISFIED_NAMES: dict[Satisfied, str] = {
    Satisfied.YES: "满意",
    Satisfied.FAIRLY: "基本满意",
    Satisfied.NO: "不满意",
    Satisfied.WONT_SAY: "不想说",
    Satisfied.UNRATED: "未评价",
}


class PhotoPhase(StrEnum):
    """When a photo was taken."""

    REPORT = "report"
    BEFORE = "before"
    AFTER = "after"
    RECHECK = "recheck"


PHOTO_PHASE_NAMES: dict[PhotoPhase, str] = {
    PhotoPhase.REPORT: "报事时",
    PhotoPhase.BEFORE: "修之前",
    PhotoPhase.AFTER: "修好后",
    PhotoPhase.RECHECK: "抽查时",
}
