"""What the office reads of a plan of a month: what would help, and how good it is known to be."""

from datetime import date
from uuid import UUID

import pytest

from app.visits.models_months import MonthPlanGrid
from app.visits.planner.shapes import Help, HelpKind, Slot, Why
from app.visits.rules.months import GridStage
from app.visits.service.months import words, writing
from tests.visits import monthly


def test_what_would_help_is_said_with_names_and_dates() -> None:
    who, where = UUID(int=1), UUID(int=2)
    slot = Slot(date(2026, 12, 5), monthly.MORNING)
    said = [
        words.help_text(writing.kept_help(one), {who: "陈师傅"}, {where: "7栋"})
        for one in (
            Help(kind=HelpKind.ANOTHER_PERSON, building_id=where),
            Help(kind=HelpKind.ONE_MORE_WINDOW, person_id=who, slot=slot),
            Help(kind=HelpKind.MORE_VISITS, person_id=who),
            Help(kind=HelpKind.LATER, slot=slot),
            Help(kind=HelpKind.ASK_RESIDENTS),
            Help(kind=HelpKind.ANOTHER_PERSON),
            Help(kind=HelpKind.MORE_VISITS),
        )
    ]
    assert said == [
        "给7栋再配一位结对的人",
        "请陈师傅再空出12月5日 09:30–11:30",
        "请陈师傅多走几户",
        "晚一点，排在12月5日 09:30–11:30",
        "和住户再约一个方便的时间",
        "给这栋楼再配一位结对的人",
        "请结对的人多走几户",
    ]
    assert set(words.HELP_SENTENCES) == set(HelpKind)
    assert set(Why) <= set(words.WHY_SENTENCES)
    assert words.why_text(None) == "您拿出来的"


@pytest.mark.parametrize(
    ("stage", "gap", "edited", "working", "said"),
    [
        (GridStage.WAITING, None, False, True, "正等着排。"),
        (GridStage.WAITING, None, False, False, "还没有排。"),
        (GridStage.GREEDY, None, False, True, "先排出一份能用的，正在找更好的。"),
        (GridStage.GREEDY, None, False, False, "这是一份能用的，没有再比较。"),
        (GridStage.GREEDY, None, True, True, "您改过，就按您改的来。"),
        (GridStage.BETTER, 0.0, False, False, "算过了：没有更好的排法了。"),
        (
            GridStage.BETTER,
            0.0124,
            True,
            False,
            "算过了：再怎么排，最多还能好 1.2%。您改过的都留着。",
        ),
    ],
)
def test_how_good_a_plan_is_known_to_be_is_said_in_plain_words(
    stage: GridStage, gap: float | None, edited: bool, working: bool, said: str
) -> None:
    part = MonthPlanGrid(stage=stage, gap=gap, edited=edited, cut_short=False)
    assert words.goodness(part, working=working) == said
    part.cut_short = True
    assert ("时间到了先停下" in words.goodness(part, working=working)) == bool(gap)
