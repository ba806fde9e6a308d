"""The better plan: looked at by the independent checker, priced anew, and measured against the best
plan there is where every plan can be tried."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from app.visits.planner.better import better
from app.visits.planner.greedy import greedy
from app.visits.planner.prepared import prepare
from app.visits.planner.shapes import Plan, Problem, Stopped
from bench.month import community
from tests.visits.checker import broken
from tests.visits.grids import FIRST, grid, thrice
from tests.visits.pricing import by_step, every_plan, price
from tests.visits.squeezing import places, squeezed_in

GRIDS = 200
TINY_TRIES = 20_000


@pytest.mark.parametrize("start", range(0, GRIDS, 50))
def test_no_hard_rule_is_broken_and_every_price_is_true(start: int) -> None:
    for seed in range(start, start + 50):
        problem = grid(seed)
        quick, good = greedy(problem), better(problem)
        assert broken(problem, good) == [], seed
        fair = prepare(problem).fair
        assert [price(problem, one, fair) for one in (quick, good)] == [quick.cost, good.cost], seed
        assert by_step(good.cost) <= by_step(quick.cost), seed
        assert [block.value for block in good.blocks] == list(by_step(good.cost)), seed


def test_doors_that_are_alike_are_counted_together_and_each_still_has_its_rest() -> None:
    for seed in range(0, GRIDS, 8):
        problem = thrice(grid(seed))
        good = better(problem)
        assert broken(problem, good) == [], seed
        assert price(problem, good, prepare(problem).fair) == good.cost, seed
        assert by_step(good.cost) <= by_step(greedy(problem).cost), seed


@pytest.mark.parametrize("seed", range(0, GRIDS, 20))
def test_nothing_is_left_out_that_could_simply_be_added(seed: int) -> None:
    problem = grid(seed)
    assert list(squeezed_in(problem, better(problem))) == []


def tiny(seed: int) -> Problem:
    """A corner of a random grid, small enough to try everything."""
    whole, dice = grid(seed), random.Random(seed)
    owed = tuple(dice.sample(whole.owed, min(3, len(whole.owed))))
    latest = FIRST + timedelta(days=9)
    doors = tuple(
        replace(one, windows=tuple(slot for slot in one.windows if slot.date < latest))
        for one in whole.doors
    )
    fixed = tuple(one for one in whole.fixed if one.key is None)
    return replace(whole, doors=doors, owed=owed, fixed=fixed)


def tries(problem: Problem) -> int:
    product = 1
    for one in problem.owed:
        product *= 1 + len(list(places(problem, one)))
    return product


def best(problem: Problem, plan: Plan) -> tuple[int, ...]:
    fair = prepare(problem).fair
    return min(by_step(price(problem, one, fair)) for one in every_plan(problem, plan))


def test_no_plan_at_all_is_better_than_what_is_said_to_be_proven() -> None:
    tried = 0
    for seed in range(300):
        problem = tiny(seed)
        if not 20 < tries(problem) < TINY_TRIES:
            continue
        plan = better(problem)
        known = best(problem, plan)
        for block, value in zip(plan.blocks, known, strict=True):
            assert block.bound <= value <= block.value, seed
            if value < block.value:
                break
        tried += 1
    assert tried > 20


@pytest.mark.parametrize("seed", range(0, GRIDS, 20))
def test_the_same_problem_gives_the_same_plan_in_whatever_order_it_is_told(seed: int) -> None:
    problem, dice = grid(seed), random.Random(seed)
    shuffled = {
        name: tuple(dice.sample(getattr(problem, name), len(getattr(problem, name))))
        for name in ("doors", "owed", "people", "fixed", "last")
    }
    assert better(replace(problem, **shuffled)) == better(problem)


def test_a_real_grid_is_planned_better_than_at_first_and_proven_so() -> None:
    problem = community()[1]
    plan = better(problem)
    assert broken(problem, plan) == []
    assert by_step(plan.cost) < by_step(greedy(problem).cost)
    assert plan.gap is not None
    assert plan.gap <= 0.05
    assert not plan.cut_short
    assert better(problem) == plan


def test_when_it_takes_far_too_long_the_best_so_far_is_shown_and_says_so() -> None:
    plan = better(replace(grid(10), seconds=0))
    assert plan.cut_short
    assert broken(grid(10), plan) == []


def test_it_stops_when_it_is_told_to() -> None:
    with pytest.raises(Stopped):
        better(grid(10), stop=lambda: True)
