"""Stops that are alike for the model: same building, same places, same price. They are counted
together, and dealt out again once it is known how many of them go where."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from app.visits.planner.ledger import Ledger, arrives
from app.visits.planner.prepared import Option, Prepared, Task


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """So many stops that are alike, in walking order, and where any of them can be."""

    tasks: tuple[Task, ...]
    options: tuple[Option, ...]
    building: UUID | None  # None for telephone calls, which arrive nowhere

    @property
    def number(self) -> int:
        return len(self.tasks)

    @property
    def first(self) -> Task:
        return self.tasks[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Household:
    """Kinds that belong to the same doors, each door having one stop of each, with rest between."""

    kinds: tuple[int, ...]
    doors: int
    rest: int


def gather(
    prepared: Prepared, ledger: Ledger, *, apart: bool
) -> tuple[tuple[Kind, ...], tuple[Household, ...]]:
    """All kinds, and those between which a door must rest. `apart` counts no doors of several
    stops together: dealing out is then always possible."""
    kinds: list[Kind] = []
    households: list[Household] = []
    for doors in _alike_doors(prepared, ledger, apart):
        numbers = range(len(kinds), len(kinds) + len(doors[0]))
        if len(numbers) > 1:
            rest = doors[0][0][0].door.rest_days
            households.append(Household(kinds=tuple(numbers), doors=len(doors), rest=rest))
        for turn, (first, options) in enumerate(doors[0]):
            tasks = [door[turn][0] for door in doors]
            if len(numbers) == 1:
                tasks.sort(key=_by_due)
            building = first.door.building_id if arrives(first) else None
            kinds.append(Kind(tasks=tuple(tasks), options=options, building=building))
    return tuple(kinds), tuple(households)


Choosable = tuple[Task, tuple[Option, ...]]


def _alike_doors(
    prepared: Prepared, ledger: Ledger, apart: bool
) -> Iterable[list[list[Choosable]]]:
    """Doors whose stops are the same one by one."""
    of_door: dict[UUID, list[Choosable]] = defaultdict(list)
    for task in prepared.tasks:
        options = tuple(_simplified(task, ledger))
        if options:
            of_door[task.door.id].append((task, options))
    alike: dict[object, list[list[Choosable]]] = defaultdict(list)
    for door_id, theirs in of_door.items():
        by_itself = apart and len(theirs) > 1
        key = door_id if by_itself else tuple(_sameness(*one) for one in theirs)
        alike[key].append(theirs)
    return alike.values()


def _simplified(task: Task, ledger: Ledger) -> Iterator[Option]:
    """The places that fixed visits leave; being late only counts for the levels that are strict."""
    for option in task.options:
        if ledger.can(task, option):
            yield option if task.strict or not option.late else option._replace(late=False)


def _sameness(task: Task, options: tuple[Option, ...]) -> object:
    stay = None if task.stay is None else task.stay[:2]
    return (
        task.door.building_id,
        task.door.rest_days,
        arrives(task),
        task.owed.level,
        task.owed.minutes,
        options,
        (stay, task.was, task.accepted),
    )


def _by_due(task: Task) -> tuple[object, ...]:
    return task.owed.due, task.number
