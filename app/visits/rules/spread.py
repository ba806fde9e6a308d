"""Who goes to which door on which day: the even spread of a round over its people and windows.

The planner proper comes later; this one is fair and plain. Two runs over the same doors give the
same plan, so that what is previewed is what is published.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from math import ceil
from uuid import UUID

from app.core.calendar import DayKind
from app.places.rules import CareLevel, VisitWish
from app.visits.rules.windows import (
    ELDER_HOURS_FOR,
    OpenWindow,
    Slot,
    earliest,
    usable,
)
from app.visits.rules.words import Gap

DOORS_AN_OUTING = 3


@dataclass(frozen=True, kw_only=True)
class Door:
    """A household as the spread needs to know it. `paired` are the team's people for its unit
    first, then for its building; `main` and `backup` are None unless they are in the team."""

    household_id: UUID
    order: str
    care_level: CareLevel
    wish: VisitWish = VisitWish.ANY
    last_contact: date | None = None
    has_open_visit: bool = False
    main: UUID | None = None
    backup: UUID | None = None
    paired: tuple[UUID, ...] = ()

    @property
    def people(self) -> tuple[UUID, ...]:
        """Everybody who could go, nearest first, nobody twice."""
        near = (self.main, self.backup, *self.paired)
        return tuple(dict.fromkeys(person for person in near if person is not None))


@dataclass(frozen=True)
class Planned:
    """One visit to propose."""

    household_id: UUID
    person_id: UUID
    partner_id: UUID | None
    slot: Slot


@dataclass
class Plan:
    """The visits to propose, and the doors that get none, each with its reason."""

    visits: list[Planned] = field(default_factory=list)
    gaps: list[tuple[UUID, Gap]] = field(default_factory=list)


def gap_before_planning(door: Door) -> Gap | None:
    """Why a door is left alone whoever could go."""
    if door.wish is VisitWish.NO_MORE_VISITS:
        return Gap.NO_MORE_VISITS
    if door.has_open_visit:
        return Gap.MERGED
    return None if door.people else Gap.NOBODY


def share(doors: Iterable[Door]) -> dict[UUID, list[Door]]:
    """Each door's main person, else its backup, else the least laden of those paired with it."""
    by_person: dict[UUID, list[Door]] = defaultdict(list)
    for door in doors:
        person = door.main or door.backup
        if person is None:
            person = min(door.paired, key=lambda one: len(by_person[one]))
        by_person[person].append(door)
    return {person: theirs for person, theirs in by_person.items() if theirs}


def slots_of(
    offered: Sequence[OpenWindow],
    days: Iterable[tuple[date, DayKind]],
    care_level: CareLevel,
    not_before: datetime,
) -> list[Slot]:
    """Every slot of the round that has not begun yet (`not_before` is a local wall clock)."""
    slots = [Slot(day, one) for day, kind in days for one in usable(offered, kind, care_level)]
    begins = (not_before.date(), not_before.time())
    return [slot for slot in slots if (slot.date, slot.window.start) > begins]


def outings(slots: Sequence[Slot], doors: int) -> list[Slot]:
    """Evenly picked slots: as many as give each about three doors."""
    wanted = min(len(slots), ceil(doors / DOORS_AN_OUTING))
    return [slots[(2 * index + 1) * len(slots) // (2 * wanted)] for index in range(wanted)]


def place_in_time(door: Door, wished: Slot, slots: Sequence[Slot]) -> Slot | None:
    """The wished slot, or the first after the household has rested; None when there is none."""
    rested = earliest(door.last_contact, door.care_level)
    if rested is None or wished.date >= rested:
        return wished
    return next((slot for slot in slots if slot.date >= rested), None)


def plan(
    doors: Iterable[Door],
    offered: Sequence[OpenWindow],
    days: Sequence[tuple[date, DayKind]],
    not_before: datetime,
) -> Plan:
    """Spread the doors over people and slots, neighbours together."""
    made, going = Plan(), []
    for door in sorted(doors, key=lambda one: (one.order, one.household_id)):
        gap = gap_before_planning(door)
        if gap is None:
            going.append(door)
        else:
            made.gaps.append((door.household_id, gap))
    by_class = {
        elder: slots_of(offered, days, level, not_before)
        for elder, level in ((True, CareLevel.HIGH), (False, CareLevel.GENERAL))
    }
    for person, theirs in share(going).items():
        for elder, slots in by_class.items():
            same = [door for door in theirs if (door.care_level in ELDER_HOURS_FOR) is elder]
            _walk(made, person, same, slots)
    return made


def _walk(made: Plan, person: UUID, doors: Sequence[Door], slots: Sequence[Slot]) -> None:
    picked = outings(slots, len(doors))
    for index, door in enumerate(doors):
        if not picked:
            made.gaps.append((door.household_id, Gap.NO_SLOT))
            continue
        slot = place_in_time(door, picked[index * len(picked) // len(doors)], slots)
        if slot is None:
            made.gaps.append((door.household_id, Gap.RESTING))
            continue
        partner = next((one for one in door.people if one != person), None)
        made.visits.append(Planned(door.household_id, person, partner, slot))
