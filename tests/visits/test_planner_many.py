"""Many grids side by side."""

import subprocess
import sys

import pytest

from app.visits.planner.better import better
from app.visits.planner.many import AREAS, Progress, plan_all
from app.visits.planner.shapes import Stopped
from tests.visits.grids import grid

PROBLEMS = [grid(seed) for seed in (2, 4, 6, 8, 12)]


@pytest.mark.parametrize("processes", [1, 2])
def test_every_grid_gets_the_plan_it_would_get_alone(processes: int) -> None:
    said: list[Progress] = []
    plans = list(plan_all(PROBLEMS, said.append, processes=processes))
    assert {plan.name: plan for plan in plans} == {one.name: better(one) for one in PROBLEMS}
    assert said == [Progress(done, 5) for done in range(6)]


def test_a_process_that_plans_reads_neither_the_web_nor_the_database() -> None:
    read = (
        f"import sys; from app.core import bare; bare.begin({AREAS!r});"
        "import app.visits.planner.better, app.visits.planner.many;"
        "print(sorted({'flask', 'sqlalchemy', 'marshmallow'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", read], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("processes", [1, 2])
def test_cancelling_ends_it(processes: int) -> None:
    said: list[Progress] = []
    with pytest.raises(Stopped):
        list(plan_all(PROBLEMS, said.append, stop=lambda: True, processes=processes))
    assert len(said) < len(PROBLEMS)


@pytest.mark.parametrize("processes", [1, 2])
def test_a_grid_for_which_nobody_waits_is_left_out_and_the_others_are_planned(
    processes: int,
) -> None:
    out = PROBLEMS[1].name
    plans = list(plan_all(PROBLEMS, processes=processes, settled=lambda name: name == out))
    assert {plan.name for plan in plans} == {one.name for one in PROBLEMS} - {out}


def test_a_grid_that_was_begun_is_given_up_soon_after() -> None:
    asked: list[str] = []

    def settled(name: str) -> bool:
        asked.append(name)
        return name == PROBLEMS[1].name and asked.count(name) > 1

    plans = list(plan_all(PROBLEMS, processes=1, settled=settled))
    assert {plan.name for plan in plans} == {one.name for one in PROBLEMS} - {PROBLEMS[1].name}


def test_nothing_to_plan_is_planned_at_once() -> None:
    said: list[Progress] = []
    assert list(plan_all([], said.append)) == []
    assert said == [Progress(0, 0)]
