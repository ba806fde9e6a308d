"""What a plan is judged by, counted on the plan itself, whoever made it.

In this order, each before all that follow: due dates of `high`, of `focus`, visits not planned at
all; what moved against the last plan, accepted visits first; own person before backup; even load;
few buildings per outing. `STEPS` says which of these are minimised together, and how they weigh.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Final

from app.visits.planner.ledger import arrives
from app.visits.planner.prepared import Option, Prepared, Task
from app.visits.planner.shapes import CareLevel, Cost, VisitWish

Choice = Mapping[int, Option]  # number of a task -> where it is; what is missing is unplanned

STEPS: Final[tuple[dict[str, int], ...]] = (
    {"overdue_high": 10_000, "overdue_focus": 100, "unplanned": 1},
    {"moved_accepted": 100, "moved": 1},
    {"not_own": 1},
    {"uneven": 1, "arrivals": 1},
)


def cost_of(prepared: Prepared, choice: Choice) -> Cost:
    """Count everything. What residents do not want is not missing."""
    wanted = [one for one in prepared.tasks if one.door.wish is not VisitWish.NO_MORE_VISITS]
    overdue = Counter(
        task.owed.level for task in wanted if task.number not in choice or choice[task.number].late
    )
    moved = Counter(task.accepted for task in wanted if task.was and not _stays(task, choice))
    return Cost(
        overdue_high=overdue[CareLevel.HIGH],
        overdue_focus=overdue[CareLevel.FOCUS],
        unplanned=sum(task.number not in choice for task in wanted),
        not_own=sum(option.not_own for option in choice.values()),
        uneven=_uneven(prepared, choice),
        arrivals=_arrivals(prepared, choice),
        moved_accepted=moved[True],
        moved=moved[False],
    )


def _stays(task: Task, choice: Choice) -> bool:
    return task.stay is not None and choice.get(task.number) == task.stay


def _uneven(prepared: Prepared, choice: Choice) -> int:
    load = Counter(person for option in choice.values() for person in option.crew)
    load.update(person for _, _, crew in prepared.fixed for person in crew)
    return sum(
        max(0, load[person] - prepared.fair) + max(0, load[person] - prepared.much)
        for person in range(len(prepared.people))
    )


def standing(prepared: Prepared) -> set[tuple[int, tuple[int, ...], object]]:
    """Where fixed visits bring a crew in any case: going on to a neighbour is no new arrival."""
    doors = prepared.doors
    return {
        (slot, crew, doors[fixed.door_id].building_id)
        for fixed, slot, crew in prepared.fixed
        if fixed.door_id in doors and doors[fixed.door_id].wish is not VisitWish.PHONE_ONLY
    }


def _arrivals(prepared: Prepared, choice: Choice) -> int:
    gone = {
        (choice[task.number].slot, choice[task.number].crew, task.door.building_id)
        for task in prepared.tasks
        if task.number in choice and arrives(task)
    }
    return len(gone - standing(prepared))


def parts(prepared: Prepared) -> list[dict[str, int]]:
    """The steps that mean something for this problem: nothing can move where there was no plan."""
    known = any(task.was for task in prepared.tasks)
    return [step for step in STEPS if known or "moved" not in step]
