"""An independent look at a plan: does it keep every hard rule? Shares no code with the planner,
only the shapes in which problems and plans are written."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import time
from itertools import combinations
from uuid import UUID

from app.visits.planner.shapes import (
    Door,
    Fixed,
    Owed,
    Person,
    Plan,
    Problem,
    Slot,
    Stop,
    VisitWish,
)

NIGHT_ENDS, NIGHT_BEGINS = time(8, 30), time(21, 0)


def broken(problem: Problem, plan: Plan) -> list[str]:
    """Every rule that the plan breaks, one sentence each; empty for a good plan."""
    doors = {door.id: door for door in problem.doors}
    people = {person.id: person for person in problem.people}
    owed = {one.key: one for one in problem.owed}
    found = list(_everything_once(problem, plan))
    for stop in plan.stops:
        if stop.key not in owed or owed[stop.key].door_id != stop.door_id:
            found.append(f"{stop.key}: nobody owes this")
            continue
        door = doors[stop.door_id]
        found += (f"{stop.key}: {what}" for what in _at_the_door(door, owed[stop.key], stop))
        found += (f"{stop.key}: {what}" for what in _who_goes(door, owed[stop.key], stop, people))
    found += _rest(problem, plan, doors)
    found += _people(problem, plan, owed, people)
    return found


def _everything_once(problem: Problem, plan: Plan) -> Iterator[str]:
    """Each owed stop is settled, planned or unplanned with a reason, and only one of these."""
    settled = {one.key for one in problem.fixed if one.key is not None}
    answers = Counter([*(one.key for one in plan.stops), *(one.key for one in plan.unplanned)])
    for one in problem.owed:
        if answers[one.key] + (one.key in settled) != 1:
            yield f"{one.key}: answered {answers[one.key]} times, settled: {one.key in settled}"
    for missing in plan.unplanned:
        if not missing.why:
            yield f"{missing.key}: no reason"
    for extra in answers.keys() - {one.key for one in problem.owed}:
        yield f"{extra}: was never owed"


def _at_the_door(door: Door, owed: Owed, stop: Stop) -> Iterator[str]:
    window = stop.slot.window
    if door.wish is VisitWish.NO_MORE_VISITS:
        yield "the residents want no visits"
    if stop.by_phone != (door.wish is VisitWish.PHONE_ONLY):
        yield "to be telephoned, or not, against the residents' wish"
    if window.start < NIGHT_ENDS or window.end > NIGHT_BEGINS:
        yield "at night"
    if not any(_within(stop.slot, slot) for slot in door.windows):
        yield "outside the residents' windows"
    if _length(stop.slot) < owed.minutes:
        yield "longer than the slot"
    yield from _its_dates(door, owed, stop)


def _its_dates(door: Door, owed: Owed, stop: Stop) -> Iterator[str]:
    day = stop.slot.date
    if not owed.earliest <= day <= max(owed.due, owed.latest or owed.due):
        yield "outside its dates"
    if stop.late != (day > owed.due):
        yield "late and not said so, or the other way round"
    if door.rest_until is not None and day < door.rest_until:
        yield "before the door has rested"


def _who_goes(door: Door, owed: Owed, stop: Stop, people: dict[UUID, Person]) -> Iterator[str]:
    near = [one for one in dict.fromkeys((door.main, door.backup, *door.paired)) if one in people]
    wanted = 2 if owed.together and door.wish is not VisitWish.PHONE_ONLY else 1
    if len(set(stop.people)) != wanted or len(stop.people) != wanted:
        yield f"{len(stop.people)} people go, {wanted} should"
    if any(one not in near for one in stop.people):
        yield "somebody goes who is not paired with the door"
        return
    if list(stop.people) != sorted(stop.people, key=near.index):
        yield "not led by the nearest"
    for one in stop.people:
        if any(who == one and _touch(stop.slot, no) for who, no in door.refused):
            yield f"{one} has said no to this door then"
        spans = [span for span in door.only if span[0] == one]
        if spans and not any(since <= stop.slot.date <= until for _, since, until in spans):
            yield f"{one} is not paired with this door then"
        if not any(_within(stop.slot, slot) for slot in people[one].available):
            yield f"{one} is not free"


def _rest(problem: Problem, plan: Plan, doors: dict[UUID, Door]) -> Iterator[str]:
    visits: dict[UUID, list[tuple[Slot, bool]]] = defaultdict(list)
    for made in plan.stops:
        visits[made.door_id].append((made.slot, True))
    for stands in problem.fixed:
        visits[stands.door_id].append((stands.slot, False))
    for door_id, theirs in visits.items():
        for (one, planned), (other, also) in combinations(theirs, 2):
            between = abs((one.date - other.date).days)
            if (planned or also) and between < doors[door_id].rest_days:
                yield f"door {door_id}: only {between} days of rest"


def _people(
    problem: Problem, plan: Plan, owed: dict[str, Owed], people: dict[UUID, Person]
) -> Iterator[str]:
    """What each person does, fixed visits included: these may break a rule among themselves."""
    for person in people.values():
        stops = [one for one in plan.stops if person.id in one.people]
        fixed = [one for one in problem.fixed if person.id in one.people]
        if stops and len(stops) + len(fixed) > person.per_period:
            yield f"{person.id}: {len(stops)} stops and {len(fixed)} fixed in the period"
        for slot in {one.slot for one in stops}:
            yield from _in_a_slot(person, slot, stops, fixed, owed)


def _in_a_slot(
    person: Person, slot: Slot, stops: list[Stop], fixed: list[Fixed], owed: dict[str, Owed]
) -> Iterator[str]:
    every: list[Stop | Fixed] = [*stops, *fixed]
    here = [one for one in every if one.slot == slot]
    if len(here) > person.per_window:
        yield f"{person.id}: {len(here)} visits in {slot}"
    if any(one.slot != slot and _touch(one.slot, slot) for one in every):
        yield f"{person.id}: in two slots at once, {slot}"
    if len({frozenset(one.people) for one in here if len(one.people) > 1}) > 1:
        yield f"{person.id}: in two crews at once, {slot}"
    minutes = sum(owed[one.key].minutes for one in stops if one.slot == slot)
    minutes += sum(one.minutes for one in fixed if one.slot == slot)
    if minutes > _length(slot):
        yield f"{person.id}: {minutes} minutes in {slot}"


def _within(inner: Slot, outer: Slot) -> bool:
    return (
        inner.date == outer.date
        and outer.window.start <= inner.window.start
        and inner.window.end <= outer.window.end
    )


def _touch(one: Slot, other: Slot) -> bool:
    return (
        one.date == other.date
        and one.window.start < other.window.end
        and other.window.start < one.window.end
    )


def _length(slot: Slot) -> int:
    start, end = slot.window.start, slot.window.end
    return (end.hour - start.hour) * 60 + end.minute - start.minute
