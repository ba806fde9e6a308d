"""Who is asked when somebody cannot come, and who is asked first. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from uuid import UUID

from app.visits.rules.windows import Slot


def asked_instead(
    declined: UUID, main: UUID | None, backup: UUID | None, able: Collection[UUID]
) -> UUID | None:
    """The backup, where the main person cannot come. Nobody further is asked by itself: whom to
    ask then, people know better."""
    return backup if declined == main and backup in able else None


def first_meeting(
    near: Sequence[UUID],
    slots: Iterable[Slot],
    free: Mapping[UUID, Sequence[Slot]],
) -> tuple[UUID, UUID | None, Slot] | None:
    """Who goes first to residents who wait, who goes along, and when: the nearest person who has
    time, as soon as they have; with the nearest other who has time then, else the nearest."""
    soonest = sorted(slots)
    for person in near:
        slot = next((one for one in soonest if holds(free.get(person, ()), one)), None)
        if slot is not None:
            others = [other for other in near if other != person]
            with_time = [other for other in others if holds(free.get(other, ()), slot)]
            return person, next(iter([*with_time, *others]), None), slot
    return None


def holds(free: Iterable[Slot], slot: Slot) -> bool:
    return any(
        one.date == slot.date
        and one.window.start <= slot.window.start
        and slot.window.end <= one.window.end
        for one in free
    )
