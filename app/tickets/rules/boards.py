"""What stands on the board of each office, and how urgent a piece of work is. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache

from app.core.clock import LOCAL
from app.identity.rules import Home
from app.tickets.rules.words import TicketStatus as S
from app.tickets.rules.words import Verb

FEWEST_HOUSEHOLDS = 5
RECENT = timedelta(days=90)


class Urgency(StrEnum):
    """Which work comes first, in this order."""

    EMERGENCY = "emergency"
    OVERDUE = "overdue"
    TODAY = "today"
    NEAR = "near"
    NEW = "new"
    REST = "rest"


URGENCY_NAMES: dict[Urgency, str] = {
    Urgency.EMERGENCY: "应急，马上去",
    Urgency.OVERDUE: "已经超时",
    Urgency.TODAY: "今天到期",
    Urgency.NEAR: "快到时限",
    Urgency.NEW: "新派来的",
    Urgency.REST: "其余在办的",
}


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a board: a queue in plain words, what one does there, and the move that is made
    from the board itself. Review is none: who reviews has looked at the ticket first."""

    queue: str
    name: str
    hint: str
    step: Verb | None = None


BOARDS: Mapping[Home, tuple[Part, ...]] = {
    Home.COMMITTEE: (
        Part("overdue", "超时的", "问一问卡在哪里，该催的催，该协商的协商。"),
        Part(
            "to_accept", "等您受理", "看一眼：归小区管就收下，不归就说清楚去哪里办。", Verb.ACCEPT
        ),
        Part("to_dispatch", "等您派单", "收下了，还没有交给谁。"),
        Part("to_review", "等您审核", "各方说办好了，去看一眼或者看照片，好了就通过。"),
        Part("arbitration", "来回退的", "退过的单又回来了，请定一个主办方。"),
        Part(
            "to_approve",
            "挂起等您批",
            "超过三个工作日的挂起，要社区同意。",
            Verb.APPROVE_SUSPENSION,
        ),
        Part("watched", "挂牌督办", "要盯到办好为止。"),
        Part("to_call_back", "等报事人回话", "办好了，等报事人说一声；也可以打电话问。"),
        Part("deliberating", "正在协商", "各方坐下来谈，谈定了写回来。"),
    ),
    Home.OWNERS: (
        Part("owners_to_review", "请你们看一看", "社区或物业办好了，办得怎么样由业委会来看。"),
        Part("lead_overdue", "已经过了时间", "答应的时间到了，先回个话。"),
        Part("lead_to_start", "新交给你们的", "接下来，报事的人就知道有人管了。", Verb.START),
        Part("lead_working", "你们手上的", "办好了点开，写一句做了什么。"),
        Part("to_help", "请你们帮一把", "别家主办，你们做其中一段。"),
        Part("lead_waiting", "办完了，等别人", "不用再做什么，等审核和报事人回话。"),
    ),
    Home.SOCIAL: (
        Part("lead_overdue", "已经过了时间", "答应的时间到了，先回个话。"),
        Part("lead_to_start", "新交给你们的", "接下来，报事的人就知道有人管了。", Verb.START),
        Part("lead_working", "你们手上的", "办好了点开，写一句做了什么。"),
        Part("to_help", "请你们帮一把", "别家主办，你们做其中一段。"),
        Part("lead_waiting", "办完了，等别人", "不用再做什么，等审核和报事人回话。"),
    ),
    Home.SUBDISTRICT: (
        Part("to_answer", "社区报上来的", "答复以后，事情回到社区接着办。"),
        Part("subdistrict_to_review", "等街道审核", "没有业委会的小区，社区办的事由街道来看。"),
        Part("subdistrict_overdue", "超时的", "哪个社区卡住了。"),
        Part("supervised", "挂牌督办", "要盯到办好为止。"),
    ),
    Home.PROPERTY: (
        Part("lead_overdue", "已超时", ""),
        Part("lead_to_start", "待接单", ""),
        Part("lead_working", "办理中", ""),
        Part("to_help", "协办", ""),
        Part("lead_suspended", "挂起", ""),
        Part("lead_waiting", "等别人", ""),
    ),
}
# Whose work of the day stands on the board piece by piece.
AT_WORK = frozenset({Home.PROPERTY})


@lru_cache(maxsize=64)  # asked for every piece of a board
def end_of_day(now: datetime) -> datetime:
    """The midnight that ends today, in the local time."""
    return datetime.combine(now.astimezone(LOCAL).date() + timedelta(days=1), time(), LOCAL)


def since_when(now: datetime) -> datetime:
    """From when on a report is counted as one of late: a morning, in the local time."""
    day = (now - RECENT).astimezone(LOCAL).date()
    return datetime.combine(day, time(), LOCAL).astimezone(UTC)


def urgency_of(
    status: S,
    due_at: datetime | None,
    warn_at: datetime | None,
    *,
    emergency: bool,
    now: datetime,
) -> Urgency:
    """How urgent a piece of work is."""
    if emergency:
        return Urgency.EMERGENCY
    if due_at is not None and due_at < end_of_day(now):
        return Urgency.OVERDUE if due_at <= now else Urgency.TODAY
    if warn_at is not None and warn_at <= now:
        return Urgency.NEAR
    return Urgency.NEW if status is S.DISPATCHED else Urgency.REST


def may_be_counted(households: int) -> bool:
    """Whether numbers of a building may be shown: of so few households they would tell whose.
    Where nobody lives there is nobody to be told."""
    return households == 0 or households >= FEWEST_HOUSEHOLDS
