"""One grid's problem made ready: everything in a fixed order, people and slots as small numbers,
and for each owed stop every place (slot and crew) it could have if it were alone in the world.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import NamedTuple
from uuid import UUID

from app.visits.planner.finding import (
    Crew,
    Finder,
    Meeting,
    is_alone,
    kept_away,
    minutes_of,
    not_own,
    rested,
    shared,
)
from app.visits.planner.shapes import CareLevel, Door, Fixed, Owed, Person, Problem, Slot, VisitWish

STRICT = (CareLevel.HIGH, CareLevel.FOCUS)  # whose due dates come first


class Option(NamedTuple):
    """A place for one stop. `slot` is a number in order of time."""

    slot: int
    crew: Crew
    not_own: int
    late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A stop to be planned. `people` are nearest first; `stay` is where the last plan had it."""

    number: int
    owed: Owed
    door: Door
    people: Crew
    alone: bool
    options: tuple[Option, ...]
    stay: Option | None = None
    was: bool = False  # whether the last plan had it anywhere
    accepted: bool = False

    @property
    def strict(self) -> bool:
        return self.owed.level in STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """The problem in numbers."""

    problem: Problem
    doors: dict[UUID, Door]
    people: tuple[Person, ...]
    number_of: dict[UUID, int]  # also of people who only stand in fixed visits
    slots: tuple[Slot, ...]
    days: tuple[int, ...]
    lengths: tuple[int, ...]
    overlaps: tuple[frozenset[int], ...]  # of each slot: the others that share time with it
    fixed: tuple[tuple[Fixed, int, Crew], ...]
    tasks: tuple[Task, ...]
    fair: int  # visits that are a fair share of one person

    @property
    def much(self) -> int:
        """Half as much again as a fair share."""
        return ceil(self.fair * 1.5)


def prepare(problem: Problem) -> Prepared:
    """Put a problem in order. What is settled by a fixed visit is no task any more."""
    finder = Finder(problem)
    doors = {door.id: door for door in problem.doors}
    fixed = sorted(
        problem.fixed, key=lambda one: (one.slot, one.door_id, one.people, one.key or "")
    )
    number_of = dict(finder.number_of)
    for one in fixed:
        for person in one.people:
            number_of.setdefault(person, len(number_of))
    sketches = _sketches(problem, finder, doors, fixed)
    used = {slot for _, _, places in sketches for slot, _ in places}
    slots = tuple(sorted(used | {one.slot for one in fixed}))
    tasks = _tasks(problem, finder, sketches, {slot: n for n, slot in enumerate(slots)})
    crews = [tuple(sorted({number_of[one] for one in which.people})) for which in fixed]
    return Prepared(
        problem=problem,
        doors=doors,
        people=tuple(finder.people),
        number_of=number_of,
        slots=slots,
        days=tuple(slot.date.toordinal() for slot in slots),
        lengths=tuple(minutes_of(slot.window) for slot in slots),
        overlaps=_overlaps(slots),
        fixed=tuple(
            (one, slots.index(one.slot), crew) for one, crew in zip(fixed, crews, strict=True)
        ),
        tasks=tasks,
        fair=_fair_share(tasks, crews, len(finder.people)),
    )


Sketch = tuple[Owed, Door, list[Meeting]]


def _sketches(
    problem: Problem, finder: Finder, doors: dict[UUID, Door], fixed: Sequence[Fixed]
) -> list[Sketch]:
    """What is still owed, with its places."""
    settled = {one.key for one in fixed if one.key is not None}
    taken: dict[UUID, list[date]] = defaultdict(list)
    for one in fixed:
        taken[one.door_id].append(one.slot.date)
    last = {one.key: one for one in problem.last}
    found: list[Sketch] = []
    for owed in problem.owed:
        if owed.key in settled:
            continue
        door = doors[owed.door_id]
        places = finder.meetings(door, finder.people_of(door), is_alone(door, owed), owed.minutes)
        if owed.key in last:
            places = _with_last(places, last[owed.key].slot)
        if door.refused or door.only:
            places = [one for one in places if not kept_away(door, finder.ids_of(one[1]), one[0])]
        open_days = {
            slot.date
            for slot, _ in places
            if owed.earliest <= slot.date <= owed.last_day
            and door.wish is not VisitWish.NO_MORE_VISITS
            and rested(door, slot.date, taken[door.id])
        }
        found.append((owed, door, [one for one in places if one[0].date in open_days]))
    return sorted(found, key=lambda one: (one[1].order, one[1].id, one[0].earliest, one[0].key))


def _with_last(places: list[Meeting], last: Slot) -> list[Meeting]:
    """The last plan's slot stays possible where the time in which people are free has grown."""
    also = [
        (last, crew)
        for slot, crew in places
        if slot.date == last.date
        and slot != last
        and shared(slot.window, last.window) == last.window
    ]
    return places + [one for one in dict.fromkeys(also) if one not in places]


def _tasks(
    problem: Problem, finder: Finder, sketches: Sequence[Sketch], slot_number: dict[Slot, int]
) -> tuple[Task, ...]:
    last = {one.key: one for one in problem.last}
    ids = [one.id for one in finder.people]
    tasks: list[Task] = []
    for owed, door, places in sketches:
        own = {crew: not_own(door, (ids[one] for one in crew)) for _, crew in places}
        options = sorted(
            Option(slot_number[slot], crew, own[crew], slot.date > owed.due)
            for slot, crew in places
        )
        was = last.get(owed.key)
        stay = None
        if was is not None:
            crew = tuple(sorted(finder.number_of.get(one, -1) for one in set(was.people)))
            same = (slot_number.get(was.slot, -1), crew)
            stay = next((one for one in options if one[:2] == same), None)
        tasks.append(
            Task(
                number=len(tasks),
                owed=owed,
                door=door,
                people=finder.people_of(door),
                alone=is_alone(door, owed),
                options=tuple(options),
                stay=stay,
                was=was is not None,
                accepted=was is not None and was.accepted,
            )
        )
    return tuple(tasks)


def _overlaps(slots: Sequence[Slot]) -> tuple[frozenset[int], ...]:
    together: dict[date, list[int]] = defaultdict(list)
    for number, slot in enumerate(slots):
        together[slot.date].append(number)
    return tuple(
        frozenset(
            other
            for other in together[slot.date]
            if other != number
            and slots[other].window.start < slot.window.end
            and slot.window.start < slots[other].window.end
        )
        for number, slot in enumerate(slots)
    )


def _fair_share(tasks: Sequence[Task], fixed: Sequence[Crew], people: int) -> int:
    """All that is to do and stands, spread over everybody whom something could be given to."""
    visits = sum(1 if task.alone else 2 for task in tasks if task.options)
    visits += sum(1 for crew in fixed for person in crew if person < people)
    able = {person for task in tasks for option in task.options for person in option.crew}
    able |= {person for crew in fixed for person in crew if person < people}
    return ceil(1.1 * visits / len(able)) if able else 0
