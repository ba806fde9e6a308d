"""The planner on a generated month: a community of 2,600 households, 8 grids and 60 people, beside
the greedy plan; and the same again after one person falls ill, grid by grid. Every plan is looked
at by the tests' independent checker."""

import resource
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import timedelta
from typing import NamedTuple

from app.visits.planner.better import better
from app.visits.planner.greedy import greedy
from app.visits.planner.many import plan_all
from app.visits.planner.shapes import Placed, Plan, Problem
from bench.month import FIRST, HOUSEHOLDS, PEOPLE, community
from bench.report import figure
from tests.visits.checker import broken

PROCESSES = 2
ACCEPTED = 0.8  # of the visits, when somebody falls ill
ILL_FROM, ILL_UNTIL = FIRST + timedelta(days=7), FIRST + timedelta(days=20)


class Took(NamedTuple):
    """Time on the clock, and of processors in the processes that planned."""

    seconds: float
    cpu: float


def planned(problems: Sequence[Problem]) -> tuple[dict[str, Plan], Took]:
    """All grids side by side, beginning the processes included."""
    before, start = _cpu_of_children(), time.perf_counter()
    plans = {plan.name: plan for plan in plan_all(problems, processes=PROCESSES)}
    return plans, Took(time.perf_counter() - start, _cpu_of_children() - before)


def _cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def gaps(plans: Sequence[Plan]) -> dict[str, float]:
    """For each step of the cost: what of all grids' values together is not proven to be needed."""
    values: Counter[str] = Counter()
    bounds: Counter[str] = Counter()
    for plan in plans:
        for block in plan.blocks:
            values["+".join(block.parts)] += block.value
            bounds["+".join(block.parts)] += block.bound
    return {name: round(1 - bounds[name] / values[name], 4) for name in values if values[name]}


def costs(plans: Sequence[Plan]) -> dict[str, int]:
    """All parts of the cost, over all grids."""
    total: Counter[str] = Counter()
    for plan in plans:
        total.update(asdict(plan.cost))
    return {part: value for part, value in total.items() if not part.startswith("moved")}


def ill(problem: Problem, plan: Plan) -> Problem:
    """Who has most to do is away for two weeks; most of the visits have been accepted."""
    does = Counter(person for stop in plan.stops for person in stop.people)
    away = max(sorted(does), key=lambda person: does[person])
    last = tuple(
        Placed(key=one.key, people=one.people, slot=one.slot, accepted=n % 10 < ACCEPTED * 10)
        for n, one in enumerate(plan.stops)
    )
    people = tuple(
        replace(
            one,
            available=tuple(
                slot
                for slot in one.available
                if one.id != away or not ILL_FROM <= slot.date <= ILL_UNTIL
            ),
        )
        for one in problem.people
    )
    return replace(problem, people=people, last=last)


def tell_community() -> dict[str, Plan]:
    problems = community()
    start = time.perf_counter()
    quick = [greedy(one) for one in problems]
    greedy_seconds = time.perf_counter() - start
    plans, took = planned(problems)
    good = [plans[one.name] for one in problems]
    wrong = sum(len(broken(one, plans[one.name])) for one in problems)
    print(f"greedy {costs(quick)}\nbetter {costs(good)}")
    figure(
        "planner.community_seconds",
        took.seconds,
        "s",
        cpu=round(took.cpu, 2),
        processes=PROCESSES,
        households=HOUSEHOLDS,
        people=PEOPLE,
        visits=sum(len(one.owed) for one in problems),
        broken_rules=wrong,
        baseline={"greedy": round(greedy_seconds, 2)},
    )
    by_step = gaps(good)
    figure(
        "planner.community_gap",
        100 * max(by_step.values()),
        "%",
        by_step=by_step,
        worst_grid=round(100 * max(plan.gap or 0 for plan in good), 2),
        cost=costs(good),
        baseline={"greedy": costs(quick)},
    )
    return plans


def tell_replanning(plans: dict[str, Plan]) -> None:
    seconds, cpu, wrong, moved, kept_word, had_to = [], [], 0, 0, 0, 0
    for problem in community():
        before = plans[problem.name]
        changed = ill(problem, before)
        start, used = time.perf_counter(), time.process_time()
        after = better(changed)
        seconds.append(time.perf_counter() - start)
        cpu.append(time.process_time() - used)
        wrong += len(broken(changed, after))
        moved += after.cost.moved_accepted + after.cost.moved
        kept_word += after.cost.moved_accepted
        had_to += _cannot_stay(changed)
    visits = sum(len(plan.stops) for plan in plans.values())
    figure(
        "planner.replan_seconds",
        max(seconds),
        "s",
        cpu=round(max(cpu), 2),
        at=f"the slowest of {len(seconds)} grids",
        moved_share=round(moved / visits, 4),
        moved=moved,
        moved_accepted=kept_word,
        had_to_move=had_to,
        visits=visits,
        broken_rules=wrong,
    )


def _cannot_stay(changed: Problem) -> int:
    """Visits of the last plan to which somebody cannot come any more."""
    people = {one.id: one for one in changed.people}
    return sum(
        any(
            not any(
                free.date == placed.slot.date
                and free.window.start <= placed.slot.window.start
                and placed.slot.window.end <= free.window.end
                for free in people[person].available
            )
            for person in placed.people
        )
        for placed in changed.last
    )


def main() -> None:
    tell_replanning(tell_community())
