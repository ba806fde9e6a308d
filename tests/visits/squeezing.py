"""Could what a plan leaves out simply be added to it? Asked of the checker, place by place."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time
from itertools import permutations

from app.visits.planner.shapes import Owed, Plan, Problem, Slot, Stop, VisitWish, Window
from tests.visits.checker import NIGHT_BEGINS, NIGHT_ENDS, broken


def squeezed_in(problem: Problem, plan: Plan) -> Iterator[Stop]:
    """Stops that were left out although a place was free."""
    owed = {one.key: one for one in problem.owed}
    for missing in plan.unplanned:
        others = tuple(one for one in plan.unplanned if one is not missing)
        for stop in places(problem, owed[missing.key]):
            more = replace(plan, stops=(*plan.stops, stop), unplanned=others)
            if not broken(problem, more):
                yield stop
                break


def places(problem: Problem, owed: Owed) -> Iterator[Stop]:
    """Everything worth trying for one stop, sensible or not."""
    door = next(one for one in problem.doors if one.id == owed.door_id)
    near = dict.fromkeys((door.main, door.backup, *door.paired))
    by_phone = door.wish is VisitWish.PHONE_ONLY
    number = 1 if by_phone or not owed.together else 2
    known = [one for one in problem.people if one.id in near]
    for going in permutations(known, number):
        open_hours = {one for one in door.windows if _by_day(one)}
        sets = [open_hours, *(set(one.available) for one in going)]
        for slot in _shared(sets):
            yield Stop(
                key=owed.key,
                door_id=door.id,
                people=tuple(one.id for one in going),
                slot=slot,
                by_phone=by_phone,
                late=slot.date > owed.due,
            )


def _by_day(slot: Slot) -> bool:
    return slot.window.start >= NIGHT_ENDS and slot.window.end <= NIGHT_BEGINS


def _shared(sets: list[set[Slot]]) -> list[Slot]:
    first, *others = sets
    found = {(one.date, one.window.start, one.window.end) for one in first}
    for other in others:
        found = {
            (day, max(start, one.window.start), min(end, one.window.end))
            for day, start, end in found
            for one in other
            if one.date == day
        }
    return [_slot(*one) for one in sorted(found) if one[1] < one[2]]


def _slot(day: date, start: time, end: time) -> Slot:
    return Slot(day, Window(start, end))
