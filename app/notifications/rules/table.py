"""The table of everything that is told: which fact, to which seat, how pressing, in which words.

It gathers the tables of this folder, so that all of it is in sight: the page "谁会收到什么" shows
it as it stands, and a test walks every row of it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.hours.rules.states import Verb as HoursVerb
from app.notifications.rules import calls, followers, hours, others, tickets, visits
from app.notifications.rules.telling import Tell
from app.notifications.rules.visits import Fact
from app.tickets.rules import VERB_NAMES, Holder, Verb
from app.tickets.rules.rechecks import RecheckResult


@dataclass(frozen=True)
class Row:
    """One line of the table. `event` is the class of the fact, `case` which of its cases."""

    event: str
    case: str
    when: str
    line: Tell

    @property
    def name(self) -> str:
        """What a test calls it."""
        return f"{self.event}.{self.case}:{self.line.seat}"


# Facts that are heard and told to nobody: they make silent what was told.
SETTLING: dict[str, str] = {
    "DutyChanged": "值班表排满了，空当的提醒收回",
    "DoorWishSettled": "门口留的话核实过了，提醒收回",
    "WebhookResumed": "又能通知那个系统了，提醒收回",
    "WebhookRemoved": "不再通知那个系统了，提醒收回",
    "CallAnswered": "应了紧急召集，提醒收回",
    "DeviceSignedOut": "退出登录的设备不再响",
}

HOLDERS = {Holder.COMMUNITY: "受理的", Holder.LEAD: "办理的", Holder.CO: "协办的"}

OF_VISITS: dict[Fact, tuple[str, str]] = {
    Fact.ASKED: ("VisitsProposed", "一轮走访发出来了"),
    Fact.HOUSEHOLDS_WITHOUT_PERSON: ("RoundPublished", "一轮走访里有住户没人负责"),
    Fact.ROUND_CANCELLED: ("RoundCancelled", "一轮走访取消了"),
    Fact.VISIT_CANCELLED: ("VisitCancelled", "一户走访取消了"),
    Fact.TURNED_DOWN: ("VisitAnswered", "被请的人这次去不了"),
    Fact.GOING_TOGETHER: ("VisitAnswered", "被请的人答应了，有人同去"),
    Fact.GO_AGAIN: ("FollowUpMade", "一户要再去一次"),
    Fact.WANTS_CALL: ("VisitRecorded", "住户想请社区打电话"),
    Fact.WELLNESS_CHECK: ("WellnessCheckNeeded", "重点关心的人家没人应门"),
    Fact.NOBODY_ANSWERS: ("NobodyAnswers", "一户几次都没人应门"),
    Fact.DISPUTED: ("VisitAccountAdded", "两个人记的走访不一样"),
    Fact.PICKED: ("VisitPicked", "两份走访记录选定了一份"),
    Fact.SET_RIGHT: ("VisitCorrected", "一条走访记录被改正或作废"),
    Fact.STRAY_HANDED_IN: ("StrayHandedIn", "一条走访记录没能收下"),
    Fact.STRAY_ENTERED: ("StrayEntered", "没收下的走访记录补记了"),
    Fact.STRAY_DROPPED: ("StrayDropped", "没收下的走访记录不补记"),
    Fact.DOORS_HANDED: ("HandedOver", "住户交给别人照看"),
    Fact.VISITS_HANDED: ("VisitsHandedOver", "住户交接，走访跟着交接"),
    Fact.ONE_ASKED: ("VisitAsked", "单独请人去一户"),
    Fact.MONTH_ASKED: ("MonthVisitsAsked", "一个月的走访发出来了"),
    Fact.MONTH_WITHDRAWN: ("MonthVisitsAsked", "一个月的走访改请了别人"),
    Fact.PATROLS_ASKED: ("PatrolsAsked", "请人去巡查"),
    Fact.PATROL_CANCELLED: ("PatrolCancelled", "一次巡查取消了"),
    Fact.WISHED_VISIT: ("DoorWished", "有人在门口留话，请人来看看"),
    Fact.WISHED_NONE: ("DoorWished", "有人在门口留话，请不要上门"),
}
OF_HOURS: dict[HoursVerb, str] = {
    HoursVerb.SEND_BACK: "一条服务时长被退回",
    HoursVerb.CORRECT: "一条服务时长被更正",
    HoursVerb.VOID: "一条服务时长被作废",
}
# The same words for another fact: (fact, event, what happens).
ALSO: tuple[tuple[Fact, str, str], ...] = (
    (Fact.WANTS_CALL, "VisitAccountAdded", "同去的人记下：住户想请社区打电话"),
    (Fact.SET_RIGHT, "VisitVoided", "一条走访记录被作废"),
)


def _rows(event: str, case: str, when: str, lines: Sequence[Tell]) -> Iterator[Row]:
    for line in lines:
        yield Row(event, case, when, line)


def _of_tickets() -> Iterator[Row]:
    yield from _rows("TicketOpened", "waits", "报了一件事", tickets.MOVED[Verb.SUBMIT])
    urgent = tickets.pressed(tickets.SENT_AT_ONCE)
    yield from _rows("TicketOpened", "sent", "报了一件应急的事", urgent)
    watched = tickets.watched(urgent)
    yield from _rows("TicketOpened", "watched", "报了一件应急的事，主办方有人值班", watched)
    accepted = tickets.pressed(tickets.ACCEPTED_AND_SENT)
    yield from _rows("TicketMoved", "accept_sent", "受理时定为应急，直接派出", accepted)
    for verb, lines in tickets.MOVED.items():
        if verb is not Verb.SUBMIT:
            yield from _rows("TicketMoved", verb, f"工单：{VERB_NAMES[verb]}", lines)
    yield from _rows("TicketNoted", "noted", "工单补充了情况", tickets.NOTED)
    for holder, lines in tickets.NEARLY_DUE.items():
        yield from _rows("TicketNearlyDue", holder, f"{HOLDERS[holder]}时限快到了", lines)
    for holder, lines in tickets.OVERDUE.items():
        yield from _rows("TicketOverdue", holder, f"{HOLDERS[holder]}时限过了", lines)


def _around_tickets() -> Iterator[Row]:
    for verb, line in followers.MOVED.items():
        yield Row("TicketMoved", f"{verb}_followed", f"工单：{VERB_NAMES[verb]}", line)
    yield from _rows("TicketTookIn", "joined", "同一件事又有人报", followers.TOOK_IN)
    yield from _rows("TicketFollowed", "followed", "有人说也遇到了", followers.TOOK_IN)
    yield from _rows("TopicGathered", "first", "同一栋楼反复出现同类事", others.GATHERED)
    yield from _rows("TopicCureSet", "cure", "反复出现的事定了谁来根治", others.CURE)
    found = {RecheckResult.TRUE: "抽查属实", RecheckResult.UNTRUE: "抽查不属实"}
    for result, lines in others.FOUND.items():
        yield from _rows("TicketRechecked", result, found[result], lines)
    yield from _rows("DutyHole", "hole", "值班表有空当", others.HOLE)
    yield from _rows("WebhookStopped", "stopped", "一直通知不到其他系统", others.STOPPED)


def _of_visits() -> Iterator[Row]:
    for fact, (event, when) in OF_VISITS.items():
        yield from _rows(event, fact, when, visits.TABLE[fact])
    for fact, event, when in ALSO:
        yield from _rows(event, fact, when, visits.TABLE[fact])


def _of_hours() -> Iterator[Row]:
    for verb, when in OF_HOURS.items():
        yield from _rows("HoursMoved", verb, when, hours.MOVED[verb])
    yield from _rows("HoursCounted", "fell", "确认过的时长，走访或巡查记录有改动", hours.FELL)
    yield from _rows("HoursCounted", "gone", "确认过的时长，走访或巡查记录没有了", hours.GONE)


def _of_calls() -> Iterator[Row]:
    opened = calls.woken(calls.OPENED, danger=False)
    yield from _rows("CallOpened", "opened", "社区发起紧急召集", opened)
    danger = calls.woken(calls.OPENED, danger=True)
    yield from _rows("CallOpened", "danger", "社区发起紧急召集，有生命危险", danger)
    yield from _rows("CallClosed", "closed", "紧急召集结束", calls.CLOSED)
    yield from _rows("CallCalledOff", "called_off", "紧急召集撤回", calls.CALLED_OFF)
    yield from _rows("VisitsSetAside", "aside", "常规走访因召集放下", calls.SET_ASIDE)
    yield from _rows("VisitsAskedAnew", "anew", "放下的走访重新问", calls.ASKED_ANEW)
    yield from _rows("VisitsBroughtBack", "back", "放下的走访照旧", calls.BROUGHT_BACK)


ROWS: tuple[Row, ...] = (
    *_of_tickets(),
    *_around_tickets(),
    *_of_visits(),
    *_of_hours(),
    *_of_calls(),
)
