"""What the office reads of a plan: clashes, reasons, what would help, how good it is."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app.identity.queries import people_named
from app.visits.models_months import MonthPlanGrid
from app.visits.planner.clashes import Found
from app.visits.planner.shapes import HelpKind, Why
from app.visits.rules.months import (
    CALLED_OFF,
    CLASH_SENTENCES,
    NOT_OWED,
    TAKEN_OUT,
    TURNED_DOWN,
    GridStage,
)

WHY_SENTENCES: Mapping[str, str] = {
    Why.NO_MORE_VISITS: "住户说过不再上门",
    Why.NOBODY: "还没有人结对",
    Why.NO_PARTNER: "只有一个人结对，上门要两人同行",
    Why.RESTING: "刚去过不久，这个月先不打扰",
    Why.NO_WINDOW: "住户方便的时段里排不进",
    Why.NOBODY_FREE: "结对的人这些时段都没空",
    Why.NOT_TOGETHER: "结对的人凑不到同一个时段",
    Why.FULL: "结对的人时间都排满了",
    TAKEN_OUT: "您拿出来的",
    TURNED_DOWN: "请过，这次去不了",
    CALLED_OFF: "已经取消，或者过了日子没有回话",
    NOT_OWED: "现在不用去了",
}
HELP_SENTENCES: Mapping[str, str] = {
    HelpKind.ANOTHER_PERSON: "给{building}再配一位结对的人",
    HelpKind.ONE_MORE_WINDOW: "请{who}再空出{when}",
    HelpKind.MORE_VISITS: "请{who}多走几户",
    HelpKind.LATER: "晚一点，排在{when}",
    HelpKind.ASK_RESIDENTS: "和住户再约一个方便的时间",
}


def sentence(session: Session | None, found: Found) -> str:
    """One clash in words, where nobody's name is at hand."""
    ids = [found.person_id] if found.person_id else []
    names = people_named(session, ids) if session is not None else {}
    return clash_text(found, names)


def clash_text(found: Found, names: Mapping[UUID, str]) -> str:
    """One clash in words."""
    who = names.get(found.person_id, "这位") if found.person_id else ""
    day = day_text(found.day) if found.day else ""
    return CLASH_SENTENCES[found.kind].format(who=who, day=day)


def why_text(why: str | None) -> str:
    """Why something is not in the plan."""
    return WHY_SENTENCES.get(why or TAKEN_OUT, WHY_SENTENCES[TAKEN_OUT])


def help_text(
    kept: Mapping[str, Any], names: Mapping[UUID, str], buildings: Mapping[UUID, str]
) -> str:
    """What would help, in words."""
    who = names.get(UUID(kept["person_id"]), "结对的人") if "person_id" in kept else "结对的人"
    place = UUID(kept["building_id"]) if "building_id" in kept else None
    building = buildings.get(place, "这栋楼") if place else "这栋楼"
    when = ""
    if "date" in kept:
        when = f"{day_text(date.fromisoformat(kept['date']))} {kept['from']}–{kept['to']}"
    return HELP_SENTENCES[kept["kind"]].format(who=who, building=building, when=when)


def goodness(part: MonthPlanGrid, *, working: bool) -> str:
    """How good a grid's plan is known to be, in plain words."""
    if part.stage is GridStage.WAITING:
        return "正等着排。" if working else "还没有排。"
    if part.stage is GridStage.GREEDY or part.gap is None:
        if part.edited:
            return "您改过，就按您改的来。"
        looking = working and not part.enough
        return "先排出一份能用的，正在找更好的。" if looking else "这是一份能用的，没有再比较。"
    kept = "您改过的都留着。" if part.edited else ""
    if part.gap < 0.0005:
        return f"算过了：没有更好的排法了。{kept}"
    short = "时间到了先停下，" if part.cut_short else ""
    return f"算过了：{short}再怎么排，最多还能好 {100 * part.gap:.1f}%。{kept}"


def day_text(day: date) -> str:
    """A date as people say it."""
    return f"{day.month}月{day.day}日"
