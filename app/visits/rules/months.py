"""Words of a month's plan: how it stands, what can clash on it and how that is said.

What is refused nobody may overrule: the night and what residents wish. All else the committee is
told and decides.
"""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import Any
from uuid import UUID

from app.core.errors import Refusal
from app.teams.rules.windows import Slot, Window


class PlanState(StrEnum):
    """Where a month's plan stands."""

    DRAFT = "draft"
    PUBLISHED = "published"
    DROPPED = "dropped"


class GridStage(StrEnum):
    """How far the planner is with one grid."""

    WAITING = "waiting"
    GREEDY = "greedy"
    BETTER = "better"


class Clash(StrEnum):
    """What may stand against a visit at one time by these people."""

    NIGHT = "night"
    NO_MORE_VISITS = "no_more_visits"
    NOT_THEN = "not_then"
    PAST = "past"
    DECLINED = "declined"
    NOT_HERE = "not_here"
    NOT_FREE = "not_free"
    ELSEWHERE = "elsewhere"
    FULL = "full"
    MUCH = "much"
    RESTING = "resting"
    ALONE = "alone"
    NOT_NEAR = "not_near"
    LATE = "late"


# {who}: a person's name; {day}: a date; all of them sentences a clerk would say.
CLASH_SENTENCES: dict[Clash, str] = {
    Clash.NIGHT: "晚上九点到早上八点半不上门。",
    Clash.NO_MORE_VISITS: "住户说过不再上门，请尊重他们的意思。",
    Clash.NOT_THEN: "这户这个时候不方便，请换一个时段。",
    Clash.PAST: "只能排明天以后的日子。",
    Clash.DECLINED: "{who}婉拒了这个时间，请换人或者换个时间。",
    Clash.NOT_HERE: "{who}不在这个网格的走访队伍里。",
    Clash.NOT_FREE: "{who}这个时候没空。",
    Clash.ELSEWHERE: "{who}这个时候已经在别的地方。",
    Clash.FULL: "{who}这一趟已经排满了。",
    Clash.MUCH: "{who}这个月已经排得够多了。",
    Clash.RESTING: "离另一次走访太近，最早排在{day}，让住户歇一歇。",
    Clash.ALONE: "只有一个人去，最好两人同行。",
    Clash.NOT_NEAR: "{who}没有和这户结对。",
    Clash.LATE: "过了{day}，比该去的日子晚。",
}
REFUSED = frozenset(
    {
        Clash.NIGHT,
        Clash.NO_MORE_VISITS,
        Clash.NOT_THEN,
        Clash.PAST,
        Clash.DECLINED,
        Clash.NOT_HERE,
    }
)

# What is said of an owed visit that is not in the plan; beside the planner's own reasons.
TAKEN_OUT, TURNED_DOWN, CALLED_OFF, NOT_OWED = "taken_out", "turned_down", "called_off", "not_owed"


@dataclass(frozen=True, slots=True)
class Put:
    """Where a stop is put: who goes, the lead first, and when."""

    people: tuple[UUID, ...]
    slot: Slot

    def kept(self) -> dict[str, Any]:
        """The form in which it is kept."""
        return {
            "people": [str(person) for person in self.people],
            "date": self.slot.date.isoformat(),
            "from": f"{self.slot.window.start:%H:%M}",
            "to": f"{self.slot.window.end:%H:%M}",
        }

    @staticmethod
    def of(kept: dict[str, Any] | None) -> "Put | None":
        """From the form in which it is kept; None where nothing is."""
        if kept is None:
            return None
        window = Window(time.fromisoformat(kept["from"]), time.fromisoformat(kept["to"]))
        people = tuple(UUID(person) for person in kept["people"])
        return Put(people, Slot(date.fromisoformat(kept["date"]), window))


class PlanIsOver(Refusal):
    status, code = 409, "month_plan_is_over"
    title = "这份计划已经作废了，请另排一份。"


class PlanIsPublished(Refusal):
    status, code = 409, "month_plan_is_published"
    title = "这份计划已经发出去了，不能作废。要调整请直接改，再发一次。"


class PlanBusy(Refusal):
    status, code = 409, "month_plan_busy"
    title = "正在排，等排完或者停下来再改。"


class MonthTaken(Refusal):
    status, code = 409, "month_plan_taken"
    title = "这个月在这里已经有一份计划了，请打开那一份。"


class NothingToPlan(Refusal):
    status, code = 409, "month_plan_nothing_to_plan"
    title = "这份计划没有等着排的网格了。"


class PlanClash(Refusal):
    """What stands against an edit; nobody may overrule it."""

    status, code = 409, "month_plan_clash"
    title = "这样排不行。"


class NothingToUndo(Refusal):
    status, code = 409, "month_plan_nothing_to_undo"
    title = "没有可以撤回或重做的改动了。"


class NothingToSend(Refusal):
    status, code = 409, "month_plan_nothing_to_send"
    title = "没有要发的安排。"


class DifferenceIsOld(Refusal):
    status, code = 409, "month_plan_difference_is_old"
    title = "算完以后计划又改过，请按现在的情况再算一次。"
