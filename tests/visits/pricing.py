"""What a plan costs, counted anew from the plan alone; and the best plan there is, by trying every
one. Shares no code with the planner."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import product
from math import ceil
from uuid import UUID

from app.visits.planner.shapes import (
    CareLevel,
    Cost,
    Door,
    Plan,
    Problem,
    Stop,
    Unplanned,
    VisitWish,
    Why,
)
from tests.visits.checker import broken
from tests.visits.squeezing import places

STEPS = (
    ("overdue_high",),
    ("overdue_focus",),
    ("unplanned",),
    ("moved_accepted",),
    ("moved",),
    ("not_own",),
    ("uneven", "arrivals"),
)


def by_step(cost: Cost) -> tuple[int, ...]:
    return tuple(sum(getattr(cost, part) for part in step) for step in STEPS)


def price(problem: Problem, plan: Plan, fair: int) -> Cost:
    """The cost of a plan where so many visits are a fair share."""
    doors = {door.id: door for door in problem.doors}
    settled = {one.key for one in problem.fixed}
    wanted = [
        one
        for one in problem.owed
        if one.key not in settled and doors[one.door_id].wish is not VisitWish.NO_MORE_VISITS
    ]
    stops = {one.key: one for one in plan.stops}
    late = [one.level for one in wanted if one.key not in stops or stops[one.key].late]
    keys = {one.key for one in wanted}
    elsewhere = [
        was.accepted
        for was in problem.last
        if was.key in keys
        and not (
            was.key in stops
            and stops[was.key].slot == was.slot
            and set(stops[was.key].people) == set(was.people)
        )
    ]
    load = Counter(one for stop in plan.stops for one in stop.people)
    load.update(one for fixed in problem.fixed for one in fixed.people)
    much = ceil(fair * 1.5)
    loads = [load[person.id] for person in problem.people]
    return Cost(
        overdue_high=late.count(CareLevel.HIGH),
        overdue_focus=late.count(CareLevel.FOCUS),
        unplanned=sum(one.key not in stops for one in wanted),
        not_own=sum(_not_own(doors[stop.door_id], stop) for stop in plan.stops),
        uneven=sum(max(0, one - fair) + max(0, one - much) for one in loads),
        arrivals=len(_arrivals(problem, plan, doors)),
        moved_accepted=elsewhere.count(True),
        moved=elsewhere.count(False),
    )


def _not_own(door: Door, stop: Stop) -> int:
    if door.main is not None and door.main in stop.people:
        return 0
    cost = 1 if door.main is not None else 0
    return cost + (1 if door.backup is not None and door.backup not in stop.people else 0)


def _arrivals(problem: Problem, plan: Plan, doors: dict[UUID, Door]) -> set[object]:
    made = {
        (stop.slot, frozenset(stop.people), doors[stop.door_id].building_id)
        for stop in plan.stops
        if not stop.by_phone
    }
    stand = {
        (fixed.slot, frozenset(fixed.people), doors[fixed.door_id].building_id)
        for fixed in problem.fixed
        if fixed.door_id in doors and doors[fixed.door_id].wish is not VisitWish.PHONE_ONLY
    }
    return made - stand


def every_plan(problem: Problem, plan: Plan) -> Iterator[Plan]:
    """Every plan that keeps the rules; `plan` lends its form."""
    settled = {one.key for one in problem.fixed}
    owed = [one for one in problem.owed if one.key not in settled]
    choices = [[None, *_possible(problem, places(problem, one))] for one in owed]
    for chosen in product(*choices):
        stops = tuple(one for one in chosen if one is not None)
        keys = {one.key for one in stops}
        missing = [one for one in owed if one.key not in keys]
        gone = tuple(Unplanned(key=one.key, door_id=one.door_id, why=Why.FULL) for one in missing)
        one_plan = replace(plan, stops=stops, unplanned=gone)
        if not broken(problem, one_plan):
            yield one_plan


def _possible(problem: Problem, stops: Iterable[Stop]) -> list[Stop]:
    """Only those places that keep the rules alone."""
    form = Plan(name="", stops=(), unplanned=(), cost=Cost())
    good = []
    for stop in stops:
        owed = tuple(one for one in problem.owed if one.key == stop.key)
        alone = replace(problem, owed=owed, fixed=())
        if not broken(alone, replace(form, stops=(stop,))):
            good.append(stop)
    return good
