"""What would make possible what is not in a plan. Each help is tried before it is told: beside the
whole plan, with this one thing changed, the stop finds a place."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import islice
from uuid import UUID

from app.visits.planner.finding import clear_of_night, is_alone, minutes_of, overlap
from app.visits.planner.greedy import greedy
from app.visits.planner.shapes import (
    Door,
    Fixed,
    Help,
    HelpKind,
    Owed,
    Person,
    Plan,
    Problem,
    Slot,
    Unplanned,
    Why,
)

TRIES = 12  # of one kind of help, for one stop
NOBODY_MISSING = frozenset({Why.RESTING, Why.NO_WINDOW})
NEW_PEOPLE = (UUID(int=1), UUID(int=2))


def with_helps(problem: Problem, plan: Plan) -> Plan:
    """The plan, telling for all that is missing what would help."""
    if not plan.unplanned:
        return plan
    beside = _all_standing(problem, plan)
    owed = {one.key: one for one in problem.owed}
    doors = {door.id: door for door in problem.doors}
    return replace(
        plan,
        unplanned=tuple(
            replace(one, helps=tuple(_helps(beside, doors[one.door_id], owed[one.key], one)))
            for one in plan.unplanned
        ),
    )


def _all_standing(problem: Problem, plan: Plan) -> Problem:
    """Nothing owed, every stop of the plan as a visit that stands."""
    minutes = {one.key: one.minutes for one in problem.owed}
    stops = tuple(
        Fixed(door_id=one.door_id, people=one.people, slot=one.slot, minutes=minutes[one.key])
        for one in plan.stops
    )
    return replace(problem, owed=(), last=(), fixed=problem.fixed + stops)


def _helps(beside: Problem, door: Door, owed: Owed, missing: Unplanned) -> Iterator[Help]:
    """The first of each kind that would do, the easiest kind first."""
    if missing.why is Why.NO_MORE_VISITS:
        return
    known = {one.id: one for one in beside.people}
    near = dict.fromkeys((door.main, door.backup, *door.paired))
    people = [known[one] for one in near if one in known]
    kinds: list[Iterable[Help]] = [_later(door, owed), _other_hours(door, owed, people)]
    if missing.why not in NOBODY_MISSING:
        kinds = [
            _more_windows(door, owed, people),
            _more_people(door),
            _more_visits(beside, people),
            *kinds,
        ]
    one_door = replace(beside, doors=(door,))
    for kind in kinds:
        tried = islice(kind, TRIES)
        found = next((one for one in tried if _does(one_door, owed, one)), None)
        if found is not None:
            yield found


def _does(beside: Problem, owed: Owed, help_: Help) -> bool:
    return bool(greedy(changed(replace(beside, owed=(owed,)), help_)).stops)


def changed(problem: Problem, help_: Help) -> Problem:
    """A problem of one owed stop in which somebody has helped."""
    match help_.kind:
        case HelpKind.ANOTHER_PERSON:
            return _with_people(problem, help_)
        case HelpKind.ONE_MORE_WINDOW:
            return _person_changed(problem, help_, available=help_.slot)
        case HelpKind.MORE_VISITS:
            return _person_changed(problem, help_)
        case HelpKind.LATER:
            day = help_.slot.date if help_.slot else None
            return replace(problem, owed=tuple(replace(one, latest=day) for one in problem.owed))
        case HelpKind.ASK_RESIDENTS:
            more = (help_.slot,) if help_.slot else ()
            doors = tuple(replace(one, windows=one.windows + more) for one in problem.doors)
            return replace(problem, doors=doors)


def _with_people(problem: Problem, help_: Help) -> Problem:
    """Newcomers who can always come and are paired with the building."""
    known = NEW_PEOPLE[: help_.people]
    windows = tuple(slot for door in problem.doors for slot in door.windows)
    people = tuple(Person(id=one, available=windows) for one in known)
    doors = tuple(
        replace(one, paired=one.paired + known) if one.building_id == help_.building_id else one
        for one in problem.doors
    )
    return replace(problem, doors=doors, people=problem.people + people)


def _person_changed(problem: Problem, help_: Help, available: Slot | None = None) -> Problem:
    def helping(one: Person) -> Person:
        if one.id != help_.person_id:
            return one
        if available is not None:
            return replace(one, available=(*one.available, available))
        if help_.slot is None:
            return replace(one, per_period=one.per_period + 1)
        return replace(one, per_window=one.per_window + 1)

    return replace(problem, people=tuple(helping(one) for one in problem.people))


def _more_windows(door: Door, owed: Owed, people: list[Person]) -> Iterator[Help]:
    """Of each person, nearest first, the windows of the door in which they are not free; where two
    go, those in which another one is."""
    slots = sorted(one for one in set(door.windows) if _in_time(one, owed, owed.last_day))
    for person in people:
        others = [one for one in people if one is not person]
        for slot in slots:
            free_too = is_alone(door, owed) or any(_free(one, slot) for one in others)
            if free_too and not _free(person, slot) and not _no(person, slot):
                yield Help(kind=HelpKind.ONE_MORE_WINDOW, person_id=person.id, slot=slot)


def _more_people(door: Door) -> Iterator[Help]:
    for number in range(1, len(NEW_PEOPLE) + 1):
        yield Help(kind=HelpKind.ANOTHER_PERSON, building_id=door.building_id, people=number)


def _more_visits(beside: Problem, people: list[Person]) -> Iterator[Help]:
    """Of those who have as many as they take, in the period or in one of their slots."""
    load = Counter(one for fixed in beside.fixed for one in fixed.people)
    there = Counter((one, fixed.slot) for fixed in beside.fixed for one in fixed.people)
    for person in people:
        if load[person.id] >= person.per_period:
            yield Help(kind=HelpKind.MORE_VISITS, person_id=person.id)
    for (who, slot), number in sorted(there.items(), key=lambda one: (one[0][1], one[0][0])):
        for person in people:
            if person.id == who and number >= person.per_window:
                yield Help(kind=HelpKind.MORE_VISITS, person_id=person.id, slot=slot)


def _later(door: Door, owed: Owed) -> Iterator[Help]:
    for slot in sorted(set(door.windows)):
        if slot.date > owed.last_day and clear_of_night(slot):
            yield Help(kind=HelpKind.LATER, slot=slot)


def _other_hours(door: Door, owed: Owed, people: list[Person]) -> Iterator[Help]:
    """The times in which people are free, the residents asked whether these suit them too."""
    usual = set(door.windows)
    for slot in sorted({slot for person in people for slot in person.available} - usual):
        if _in_time(slot, owed, owed.last_day) and minutes_of(slot.window) >= owed.minutes:
            yield Help(kind=HelpKind.ASK_RESIDENTS, slot=slot)


def _in_time(slot: Slot, owed: Owed, last: date) -> bool:
    return owed.earliest <= slot.date <= last and clear_of_night(slot)


def _no(person: Person, slot: Slot) -> bool:
    return any(overlap(slot, no) for no in person.said_no)


def _free(person: Person, slot: Slot) -> bool:
    return any(
        one.date == slot.date
        and one.window.start <= slot.window.start
        and slot.window.end <= one.window.end
        for one in person.available
    )
