"""Who should look after which door: near, balanced, keeping the known faces. Pure.

The same doors and people always give the same answer, so that what was shown is what is applied.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import ceil
from uuid import UUID

USUAL_LIMIT = 60
FAR = 1_000
Persons = tuple[UUID | None, UUID | None]


@dataclass(frozen=True)
class Door:
    """A household: where it lies as one walks, the place of its building among the buildings of
    the estate, and who looks after it now."""

    id: UUID
    order: str
    unit: UUID
    building: UUID
    nth: int
    main: UUID | None = None
    backup: UUID | None = None


@dataclass(frozen=True)
class Keeper:
    """Somebody who can look after doors: how many they have room for, the buildings and units
    they are paired with, and where these buildings stand."""

    id: UUID
    room: int
    places: frozenset[UUID] = frozenset()
    nths: frozenset[int] = frozenset()


@dataclass
class _Standing:
    """Where each keeper is at home by now, and how much they have."""

    keepers: dict[UUID, Keeper]
    load: Counter[UUID] = field(default_factory=Counter)
    places: dict[UUID, set[UUID]] = field(default_factory=dict)
    nths: dict[UUID, set[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for keeper in self.keepers.values():
            self.places[keeper.id] = set(keeper.places)
            self.nths[keeper.id] = set(keeper.nths)

    def give(self, person: UUID, door: Door) -> None:
        self.load[person] += 1
        self.places[person] |= {door.unit, door.building}
        self.nths[person].add(door.nth)

    def distance(self, person: UUID, door: Door) -> int:
        """0 in the same unit, 1 in the same building, then by buildings between."""
        if door.unit in self.places[person]:
            return 0
        if door.building in self.places[person]:
            return 1
        return 1 + min((abs(nth - door.nth) for nth in self.nths[person]), default=FAR)


def suggest(doors: Iterable[Door], keepers: Sequence[Keeper]) -> dict[UUID, Persons]:
    """The main and the backup person of each door. Who looks after a door goes on, as far as they
    have room; a door for which nobody has room gets nobody."""
    ordered = sorted(doors, key=lambda door: (door.order, door.id))
    standing = _Standing({keeper.id: keeper for keeper in keepers})
    mains = _known(ordered, standing)
    fair = ceil(len(ordered) / len(keepers)) if keepers else 0
    for door in ordered:
        if door.id not in mains and (person := _nearest(door, standing, fair)):
            mains[door.id] = person
            standing.give(person, door)
    backups = _backups(ordered, mains, standing)
    return {door.id: (mains.get(door.id), backups.get(door.id)) for door in ordered}


def _known(doors: Sequence[Door], standing: _Standing) -> dict[UUID, UUID]:
    """Known faces stay; who has too much keeps what lies nearest to their own buildings."""
    theirs: dict[UUID, list[Door]] = {}
    for door in doors:
        if door.main in standing.keepers:
            theirs.setdefault(door.main, []).append(door)
    kept: dict[UUID, UUID] = {}
    for person, held in theirs.items():
        crowd = Counter(door.building for door in held)
        nearest = sorted(
            held,
            key=lambda door: (standing.distance(person, door), -crowd[door.building], door.order),
        )
        for door in nearest[: max(standing.keepers[person].room, 0)]:
            kept[door.id] = person
    for door in doors:
        if door.id in kept:
            standing.give(kept[door.id], door)
    return kept


def _nearest(door: Door, standing: _Standing, fair: int) -> UUID | None:
    """The nearest who has less than an even share; when all have that, the least laden of those
    who have room."""
    room = [one for one in standing.keepers.values() if standing.load[one.id] < one.room]
    below = [one.id for one in room if standing.load[one.id] < fair]
    if below:
        return min(below, key=lambda one: (standing.distance(one, door), standing.load[one], one))
    return min(
        (one.id for one in room),
        key=lambda one: (standing.load[one], standing.distance(one, door), one),
        default=None,
    )


def _backups(
    doors: Sequence[Door], mains: dict[UUID, UUID], standing: _Standing
) -> dict[UUID, UUID]:
    """Known backups stay; others are near and take turns."""
    found: dict[UUID, UUID] = {}
    turns: Counter[UUID] = Counter()
    for door in doors:
        main = mains.get(door.id)
        if main is not None and door.backup in standing.keepers and door.backup != main:
            found[door.id] = door.backup
            turns[door.backup] += 1
    for door in doors:
        main = mains.get(door.id)
        others = [one for one in standing.keepers if one != main]
        if main is None or door.id in found or not others:
            continue
        person = min(
            others, key=lambda one: (min(standing.distance(one, door), 3), turns[one], one)
        )
        found[door.id] = person
        turns[person] += 1
    return found


def handed(
    doors: Iterable[Door], leaving: UUID, keepers: Sequence[Keeper], *, for_good: bool
) -> dict[UUID, Persons]:
    """The persons of the doors of somebody who leaves, for a while or for good. Nobody is left
    alone: the known backup moves up where they are among those who take over."""
    listed = list(doors)
    receivers = {keeper.id for keeper in keepers}
    before = {door.id: door for door in listed}
    asked = [
        Door(
            door.id,
            door.order,
            door.unit,
            door.building,
            door.nth,
            main=door.backup if door.backup in receivers else None,
        )
        for door in listed
        if door.main == leaving
    ]
    chosen = suggest(asked, keepers)
    after: dict[UUID, Persons] = {}
    for door_id, (main, near) in chosen.items():
        old = before[door_id].backup
        if old is not None and old != main:
            after[door_id] = (main, old)
        else:
            after[door_id] = (main, near if for_good or near else leaving)
    behind = [door for door in listed if door.backup == leaving and door.main != leaving]
    for door in behind:
        others = [keeper for keeper in keepers if keeper.id != door.main]
        alone = Door(door.id, door.order, door.unit, door.building, door.nth)
        after[door.id] = (door.main, suggest([alone], others)[door.id][0])
    return after
