"""What is measured, how a ticket may come out, and what share of that a rate is."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from app.core.clock import LOCAL

TOO_FEW = 5  # of fewer tickets no share is said


class Measure(StrEnum):
    """What is measured. The first two count in the month in which the time ran out, the third in
    the month in which the ticket was closed."""

    RESPONSE = "response"
    RESOLUTION = "resolution"
    SATISFACTION = "satisfaction"


MEASURE_NAMES: dict[Measure, str] = {
    Measure.RESPONSE: "响应率",
    Measure.RESOLUTION: "办结率",
    Measure.SATISFACTION: "满意率",
}


class Outcome(StrEnum):
    """How a ticket came out in a measure."""

    IN_TIME = "in_time"
    LATE = "late"
    CAME_BACK = "came_back"
    UNTRUE = "untrue"
    UNSOLVED = "unsolved"
    OPEN = "open"
    SATISFIED = "satisfied"
    FAIRLY = "fairly"
    UNSATISFIED = "unsatisfied"
    WONT_SAY = "wont_say"
    UNRATED = "unrated"
    JOINED = "joined"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    SUSPENDED = "suspended"
    ESCALATED = "escalated"
    PASSED_ON = "passed_on"


OUTCOME_NAMES: dict[Outcome, str] = {
    Outcome.IN_TIME: "按时",
    Outcome.LATE: "超时",
    Outcome.CAME_BACK: "退回重办或重新办过",
    Outcome.UNTRUE: "抽查不属实",
    Outcome.UNSOLVED: "报事人说没解决",
    Outcome.OPEN: "还没到时限",
    Outcome.SATISFIED: "满意",
    Outcome.FAIRLY: "基本满意",
    Outcome.UNSATISFIED: "不满意",
    Outcome.WONT_SAY: "不想说",
    Outcome.UNRATED: "未评价",
    Outcome.JOINED: "并到另一件一起办",
    Outcome.REJECTED: "不受理",
    Outcome.WITHDRAWN: "报事人撤回",
    Outcome.SUSPENDED: "经同意挂起",
    Outcome.ESCALATED: "已上报街道",
    Outcome.PASSED_ON: "改由别家来办",
}

HITS = frozenset({Outcome.IN_TIME, Outcome.SATISFIED, Outcome.FAIRLY})
MISSES = frozenset(
    {Outcome.LATE, Outcome.CAME_BACK, Outcome.UNTRUE, Outcome.UNSOLVED, Outcome.UNSATISFIED}
)
# Out of the reckoning, each with its reason; they are listed, not hidden.
EXCLUDED = frozenset(
    {
        Outcome.JOINED,
        Outcome.REJECTED,
        Outcome.WITHDRAWN,
        Outcome.SUSPENDED,
        Outcome.ESCALATED,
        Outcome.PASSED_ON,
    }
)


@dataclass
class Tally:
    """How many came out how, of one organisation, month and measure."""

    outcomes: Counter[Outcome] = field(default_factory=Counter)

    @property
    def hits(self) -> int:
        return _sum(self.outcomes, HITS)

    @property
    def base(self) -> int:
        """How many the rate is a share of."""
        return self.hits + _sum(self.outcomes, MISSES)

    @property
    def excluded(self) -> int:
        return _sum(self.outcomes, EXCLUDED)

    @property
    def percent(self) -> float | None:
        """The rate to a tenth; None where there are too few to say one."""
        return round(100 * self.hits / self.base, 1) if self.base >= TOO_FEW else None


def _sum(outcomes: Mapping[Outcome, int], some: frozenset[Outcome]) -> int:
    return sum(number for outcome, number in outcomes.items() if outcome in some)


def month_of(moment: datetime) -> str:
    """The local month of a moment, as "2026-11"."""
    return moment.astimezone(LOCAL).strftime("%Y-%m")


def span_of(month: str) -> tuple[datetime, datetime]:
    """The first moment of a month, and the first of the next."""
    first = date.fromisoformat(f"{month}-01")
    following = (first + timedelta(days=31)).replace(day=1)
    return _midnight(first), _midnight(following)


def months_until(last: str, number: int) -> list[str]:
    """So many months, the latest first."""
    found, first = [last], date.fromisoformat(f"{last}-01")
    while len(found) < number:
        first = (first - timedelta(days=1)).replace(day=1)
        found.append(first.strftime("%Y-%m"))
    return found


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), LOCAL)
