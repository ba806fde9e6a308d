"""The queues of each seat: whose tickets, in which states, under which name. One table."""

from dataclasses import dataclass
from enum import StrEnum

from app.tickets.rules.words import TicketStatus as S


class Scope(StrEnum):
    """By what a queue is gathered."""

    REPORTER = "reporter"
    COMMUNITY = "community"
    LEAD = "lead"
    CO = "co"
    OWNERS_ESTATE = "owners_estate"
    OWNERS_REVIEW = "owners_review"
    SUBDISTRICT = "subdistrict"


class Only(StrEnum):
    """A queue's further condition."""

    REVIEW_BY_COMMUNITY = "review_by_community"
    REVIEW_BY_SUBDISTRICT = "review_by_subdistrict"
    SUSPENSION_PENDING = "suspension_pending"
    SUPERVISED = "supervised"
    RETURNED = "returned"
    PART_OPEN = "part_open"
    NEARLY_DUE = "nearly_due"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Queue:
    """One line of the side bar."""

    key: str
    name: str
    scope: Scope
    statuses: tuple[S, ...]
    only: Only | None = None


STILL_OPEN = tuple(state for state in S if state not in (S.CLOSED, S.REJECTED, S.WITHDRAWN))
TIMED = (
    S.SUBMITTED, S.ACCEPTED, S.DISPATCHED, S.IN_PROGRESS, S.SUSPENDED, S.DELIBERATING, S.ESCALATED,
)  # fmt: skip
WAITING = (S.RESOLVED, S.REVIEWED, S.DELIBERATING, S.ESCALATED)

QUEUES: tuple[Queue, ...] = (
    Queue("to_accept", "待受理", Scope.COMMUNITY, (S.SUBMITTED,)),
    Queue("to_dispatch", "待派单", Scope.COMMUNITY, (S.ACCEPTED,)),
    Queue("arbitration", "来回退的", Scope.COMMUNITY, (S.ACCEPTED,), Only.RETURNED),
    Queue("under_way", "各方办理中", Scope.COMMUNITY, (S.DISPATCHED, S.IN_PROGRESS, S.SUSPENDED)),
    Queue("to_review", "待审核", Scope.COMMUNITY, (S.RESOLVED,), Only.REVIEW_BY_COMMUNITY),
    Queue("to_call_back", "待回访", Scope.COMMUNITY, (S.REVIEWED,)),
    Queue("to_approve", "挂起待批", Scope.COMMUNITY, (S.SUSPENDED,), Only.SUSPENSION_PENDING),
    Queue("overdue", "超时", Scope.COMMUNITY, TIMED, Only.OVERDUE),
    Queue("nearly_due", "快到时限", Scope.COMMUNITY, TIMED, Only.NEARLY_DUE),
    Queue("watched", "挂牌督办", Scope.COMMUNITY, STILL_OPEN, Only.SUPERVISED),
    Queue("deliberating", "协商中", Scope.COMMUNITY, (S.DELIBERATING,)),
    Queue("escalated", "已上报", Scope.COMMUNITY, (S.ESCALATED,)),
    Queue("finished", "全部已办结", Scope.COMMUNITY, (S.CLOSED,)),
    Queue("lead_to_start", "待接单", Scope.LEAD, (S.DISPATCHED,)),
    Queue("lead_working", "办理中", Scope.LEAD, (S.IN_PROGRESS,)),
    Queue("lead_overdue", "超时", Scope.LEAD, TIMED, Only.OVERDUE),
    Queue("lead_nearly_due", "快到时限", Scope.LEAD, TIMED, Only.NEARLY_DUE),
    Queue("lead_suspended", "挂起", Scope.LEAD, (S.SUSPENDED,)),
    Queue("lead_waiting", "等别人", Scope.LEAD, WAITING),
    Queue("lead_finished", "已办结", Scope.LEAD, (S.CLOSED,)),
    Queue(
        "to_help", "请我们协办", Scope.CO,
        (S.DISPATCHED, S.IN_PROGRESS, S.SUSPENDED), Only.PART_OPEN,
    ),
    Queue("owners_to_review", "待业委会审核", Scope.OWNERS_REVIEW, (S.RESOLVED,)),
    Queue("to_answer", "待答复", Scope.SUBDISTRICT, (S.ESCALATED,)),
    Queue(
        "subdistrict_to_review", "待街道审核", Scope.SUBDISTRICT,
        (S.RESOLVED,), Only.REVIEW_BY_SUBDISTRICT,
    ),
    Queue("subdistrict_overdue", "超时", Scope.SUBDISTRICT, TIMED, Only.OVERDUE),
    Queue("supervised", "挂牌督办", Scope.SUBDISTRICT, STILL_OPEN, Only.SUPERVISED),
    Queue("mine_open", "我报的", Scope.REPORTER, STILL_OPEN),
    Queue("mine_over", "我报的 · 已结束", Scope.REPORTER, (S.CLOSED, S.REJECTED, S.WITHDRAWN)),
)  # fmt: skip
QUEUES_BY_KEY = {queue.key: queue for queue in QUEUES}
