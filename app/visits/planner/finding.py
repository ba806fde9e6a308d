"""Which slots and crews a door's windows and its people's free times leave, each taken alone."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import combinations
from uuid import UUID

from app.teams.rules.windows import QUIET_FROM, QUIET_UNTIL
from app.visits.planner.shapes import Door, Owed, Problem, Slot, VisitWish, Window

Crew = tuple[int, ...]  # numbers of people, ascending
Meeting = tuple[Slot, Crew]


def minutes_of(window: Window) -> int:
    return (window.end.hour - window.start.hour) * 60 + window.end.minute - window.start.minute


def clear_of_night(slot: Slot) -> bool:
    return slot.window.start >= QUIET_UNTIL and slot.window.end <= QUIET_FROM


def by_day(slots: Iterable[Slot]) -> dict[date, list[Window]]:
    """The windows of each day, in order."""
    found: dict[date, set[Window]] = defaultdict(set)
    for slot in slots:
        found[slot.date].add(slot.window)
    return {day: sorted(windows) for day, windows in found.items()}


def shared(one: Window, other: Window) -> Window:
    """The time that both have; it ends before it starts where they have none."""
    return Window(max(one.start, other.start), min(one.end, other.end))


def not_own(door: Door, people: Iterable[UUID]) -> int:
    """One without the main person, one more without the backup too, where the door has them."""
    going = set(people)
    if door.main in going:
        return 0
    return (door.main is not None) + (door.backup is not None and door.backup not in going)


def rested(door: Door, day: date, taken: Iterable[date]) -> bool:
    """Whether the door may be called at on a day, seeing when else it is."""
    if door.rest_until is not None and day < door.rest_until:
        return False
    return all(abs((day - other).days) >= door.rest_days for other in taken)


def overlap(one: Slot, other: Slot) -> bool:
    """Whether two slots share a moment."""
    return (
        one.date == other.date
        and one.window.start < other.window.end
        and other.window.start < one.window.end
    )


def kept_away(door: Door, people: Iterable[UUID], slot: Slot) -> bool:
    """Whether one of these people has said no to coming to this door then, or is not paired."""
    return any(
        any(who == one and overlap(slot, no) for who, no in door.refused)
        or not_paired(door, one, slot.date)
        for one in people
    )


def not_paired(door: Door, person_id: UUID, day: date) -> bool:
    """Whether somebody is paired with this door on other days only."""
    spans = [(first, last) for who, first, last in door.only if who == person_id]
    return bool(spans) and not any(first <= day <= last for first, last in spans)


class Finder:
    """Finds the places that a door's windows and its people's free times leave."""

    def __init__(self, problem: Problem) -> None:
        self.people = sorted(problem.people, key=lambda one: one.id)
        self.number_of = {one.id: number for number, one in enumerate(self.people)}
        self.free = [by_day(one.available) for one in self.people]
        self._known: dict[tuple[object, ...], list[Meeting]] = {}

    def people_of(self, door: Door) -> Crew:
        """Everybody who may be sent, nearest first."""
        near = (door.main, door.backup, *door.paired)
        return tuple(dict.fromkeys(self.number_of[one] for one in near if one in self.number_of))

    def ids_of(self, crew: Crew) -> tuple[UUID, ...]:
        """The people behind these numbers."""
        return tuple(self.people[number].id for number in crew)

    def meetings(self, door: Door, people: Crew, alone: bool, least: int) -> list[Meeting]:
        """Every slot of the door with every crew: cut to the time in which all of them are free,
        where at least so many minutes are left of it."""
        key = (door.windows, people, alone, least)
        if key not in self._known:
            crews = [tuple(sorted(one)) for one in combinations(people, 1 if alone else 2)]
            self._known[key] = [
                (Slot(day, window), crew)
                for day, windows in sorted(by_day(filter(clear_of_night, door.windows)).items())
                for crew in crews
                for window in self._common(day, windows, crew, least)
            ]
        return self._known[key]

    def _common(
        self, day: date, windows: Sequence[Window], crew: Crew, least: int
    ) -> Sequence[Window]:
        left = windows
        for person in crew:
            free = self.free[person].get(day, ())
            cut = {shared(one, other) for one in left for other in free}
            left = sorted(one for one in cut if one.start < one.end and minutes_of(one) >= least)
        return left


def is_alone(door: Door, owed: Owed) -> bool:
    """Whether one person makes this stop."""
    return not owed.together or door.wish is VisitWish.PHONE_ONLY
