"""Who is where: what is placed so far, and whether one more place can still be taken.

A person is in one crew of two in a slot, may make calls alone beside it, and is in no two slots
that share time; then everybody's stops fit one after the other into the slot.
"""

from collections import defaultdict
from uuid import UUID

from app.visits.planner.finding import Crew
from app.visits.planner.prepared import Option, Prepared, Task
from app.visits.planner.shapes import VisitWish

Outing = tuple[int, int]  # person, slot


class Ledger:
    """Begins with the fixed visits, which are never questioned."""

    def __init__(self, prepared: Prepared) -> None:
        self.prepared = prepared
        self.visits: dict[Outing, int] = defaultdict(int)
        self.minutes: dict[Outing, int] = defaultdict(int)
        self.crew: dict[Outing, Crew] = {}
        self.load: dict[int, int] = defaultdict(int)
        self.dates: dict[UUID, list[int]] = defaultdict(list)
        self.arrived: set[tuple[int, Crew, UUID]] = set()
        for fixed, slot, crew in prepared.fixed:
            self._take(slot, crew, fixed.minutes)
            door = prepared.doors.get(fixed.door_id)
            if door is not None and door.wish is not VisitWish.PHONE_ONLY:
                self.arrived.add((slot, crew, door.building_id))

    def can(self, task: Task, option: Option) -> bool:
        """Whether a stop can be there beside all that is placed."""
        slot, crew = option.slot, option.crew
        return self.rests(task, slot) and all(
            self.person_can(person, slot, crew, task.owed.minutes) for person in crew
        )

    def rests(self, task: Task, slot: int) -> bool:
        """Whether the door has its rest between this day and its other stops."""
        day, rest = self.prepared.days[slot], task.door.rest_days
        return all(abs(day - other) >= rest for other in self.dates[task.door.id])

    def person_can(self, person: int, slot: int, crew: Crew, minutes: int) -> bool:
        """Whether a person has the time and the capacity for one more."""
        prepared = self.prepared
        who, outing = prepared.people[person], (person, slot)
        return (
            self.load[person] < who.per_period
            and self.visits.get(outing, 0) < who.per_window
            and self.minutes.get(outing, 0) + minutes <= prepared.lengths[slot]
            and (len(crew) == 1 or self.crew.get(outing, crew) == crew)
            and not any((person, other) in self.visits for other in prepared.overlaps[slot])
        )

    def put(self, task: Task, option: Option) -> None:
        """Place a stop."""
        self._take(option.slot, option.crew, task.owed.minutes)
        self.dates[task.door.id].append(self.prepared.days[option.slot])
        if arrives(task):
            self.arrived.add((option.slot, option.crew, task.door.building_id))

    def _take(self, slot: int, crew: Crew, minutes: int) -> None:
        for person in crew:
            self.visits[person, slot] += 1
            self.minutes[person, slot] += minutes
            self.load[person] += 1
            if len(crew) > 1:
                self.crew[person, slot] = crew


def arrives(task: Task) -> bool:
    """Whether somebody goes there: a telephone call is no arrival."""
    return task.door.wish is not VisitWish.PHONE_ONLY
