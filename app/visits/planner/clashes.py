"""What stands against a visit at one time by these people, told to whoever moves it by hand.

Works on the same problem as the planner and on where everything is put at present; it never
decides: see `rules.months` for what is refused and what is only told.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from app.teams.rules.windows import QUIET_FROM, QUIET_UNTIL
from app.visits.planner.finding import not_paired, overlap
from app.visits.planner.shapes import Door, Owed, Person, Placed, Problem, Slot, VisitWish
from app.visits.rules.months import REFUSED, Clash


@dataclass(frozen=True, slots=True)
class Found:
    """One clash; only what its sentence names is set."""

    kind: Clash
    person_id: UUID | None = None
    day: date | None = None

    @property
    def refused(self) -> bool:
        return self.kind in REFUSED


class Board:
    """A problem with everything on it put somewhere: asked about single places, many times."""

    def __init__(self, problem: Problem, placed: Iterable[Placed], first: date) -> None:
        self.problem = problem
        self.first = first  # nothing can be put before it any more
        self.doors: dict[UUID, Door] = {door.id: door for door in problem.doors}
        self.owed: dict[str, Owed] = {owed.key: owed for owed in problem.owed}
        self.people: dict[UUID, Person] = {person.id: person for person in problem.people}
        self._busy: defaultdict[UUID, list[tuple[Slot, str | None]]] = defaultdict(list)
        self._called: defaultdict[UUID, list[tuple[date, str | None]]] = defaultdict(list)
        keys = set()
        for one in placed:
            keys.add(one.key)
            if one.key in self.owed:
                self._put(self.owed[one.key].door_id, one.people, one.slot, one.key)
        for fixed in problem.fixed:
            if fixed.key is None or fixed.key not in keys:
                self._put(fixed.door_id, fixed.people, fixed.slot, fixed.key)

    def _put(self, door_id: UUID, people: Iterable[UUID], slot: Slot, key: str | None) -> None:
        for person in people:
            self._busy[person].append((slot, key))
        self._called[door_id].append((slot.date, key))

    def put_again(self, one: Placed) -> None:
        """One visit is elsewhere from now on."""
        for times in self._busy.values():
            times[:] = [each for each in times if each[1] != one.key]
        door_id = self.owed[one.key].door_id
        self._called[door_id] = [each for each in self._called[door_id] if each[1] != one.key]
        self._put(door_id, one.people, one.slot, one.key)

    def clashes(self, one: Placed) -> tuple[Found, ...]:
        """All that stands against one visit where it is, or would be; the gravest first."""
        owed = self.owed[one.key]
        door = self.doors[owed.door_id]
        found = [*self._at_door(door, owed, one), *self._of_people(door, one)]
        return tuple(sorted(found, key=lambda each: not each.refused))

    def _at_door(self, door: Door, owed: Owed, one: Placed) -> Iterator[Found]:
        window = one.slot.window
        if window.start < QUIET_UNTIL or window.end > QUIET_FROM:
            yield Found(Clash.NIGHT)
        if door.wish is VisitWish.NO_MORE_VISITS:
            yield Found(Clash.NO_MORE_VISITS)
        elif one.slot not in door.windows:
            yield Found(Clash.NOT_THEN)
        if one.slot.date < self.first:
            yield Found(Clash.PAST)
        rested = self._rested(door, one)
        if rested is not None:
            yield Found(Clash.RESTING, day=rested)
        if owed.together and len(one.people) < 2 and door.wish is not VisitWish.PHONE_ONLY:
            yield Found(Clash.ALONE)
        if one.slot.date > owed.due:
            yield Found(Clash.LATE, day=owed.due)

    def _rested(self, door: Door, one: Placed) -> date | None:
        """From when the door may be called at again, if that is after this visit's date."""
        others = [day for day, key in self._called[door.id] if key != one.key]
        near = [day for day in others if abs((day - one.slot.date).days) < door.rest_days]
        rested = max((day + timedelta(days=door.rest_days) for day in near), default=None)
        if door.rest_until is not None and door.rest_until > one.slot.date:
            rested = max(rested or door.rest_until, door.rest_until)
        return rested

    def _of_people(self, door: Door, one: Placed) -> Iterator[Found]:
        near = {door.main, door.backup, *door.paired}
        for index, person_id in enumerate(one.people):
            person = self.people.get(person_id)
            if person is None:
                yield Found(Clash.NOT_HERE, person_id)
                continue
            away = person_id not in near or not_paired(door, person_id, one.slot.date)
            if index == 0 and away:
                yield Found(Clash.NOT_NEAR, person_id)
            yield from self._of_time(person, one)

    def _of_time(self, person: Person, one: Placed) -> Iterator[Found]:
        if not free(person, one.slot):
            yield Found(Clash.NOT_FREE, person.id)
        others = [slot for slot, key in self._busy[person.id] if key != one.key]
        if any(overlap(slot, one.slot) and slot != one.slot for slot in others):
            yield Found(Clash.ELSEWHERE, person.id)
        if Counter(others)[one.slot] >= person.per_window:
            yield Found(Clash.FULL, person.id)
        if len(others) >= person.per_period:
            yield Found(Clash.MUCH, person.id)

    def crew(self, one: Placed, lead: UUID, slot: Slot) -> tuple[UUID, ...]:
        """Who goes when a visit is given to `lead`: with the partner it had where that is possible,
        else with the nearest of the door's people who is free."""
        owed = self.owed[one.key]
        door = self.doors[owed.door_id]
        if not owed.together or door.wish is VisitWish.PHONE_ONLY:
            return (lead,)
        had = [person for person in one.people if person != lead]
        near = [person for person in (door.main, door.backup, *door.paired) if person is not None]
        able = (
            person
            for person in dict.fromkeys((*had, *near))
            if person != lead and self._can(person, one.key, slot)
        )
        partner = next(able, None)
        return (lead,) if partner is None else (lead, partner)

    def _can(self, person_id: UUID, key: str, slot: Slot) -> bool:
        person = self.people.get(person_id)
        if person is None:
            return False
        return not any(self._of_time(person, Placed(key=key, people=(person_id,), slot=slot)))

    def best(self, one: Placed, lead: UUID | None, day: date) -> tuple[Placed, tuple[Found, ...]]:
        """The best way to put a visit on a day (with another lead): in the window it had if that
        is as good as any; and what stands against it."""
        wanted = one.slot.window
        door = self.doors[self.owed[one.key].door_id]
        windows = {slot.window for slot in door.windows if slot.date == day} or {wanted}
        tried = []
        for window in sorted(windows):
            slot = Slot(day, window)
            people = self.crew(one, lead or one.people[0], slot)
            put = Placed(key=one.key, people=people, slot=slot)
            found = self.clashes(put)
            tried.append((_weight(found), window != wanted, window, put, found))
        *_, put, found = min(tried, key=lambda each: each[:3])
        return put, found


def _weight(found: Sequence[Found]) -> tuple[int, int]:
    return sum(each.refused for each in found), len(found)


def free(person: Person, slot: Slot) -> bool:
    """Whether a slot lies wholly within one of a person's times."""
    return any(
        time.date == slot.date
        and time.window.start <= slot.window.start
        and slot.window.end <= time.window.end
        for time in person.available
    )
