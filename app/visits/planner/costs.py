"""What a plan is judged by, counted on the plan itself, whoever made it.

In this order, each before all that follow: due dates of `high`, of `focus`, visits not planned at
all; what moved against the last plan, accepted visits first; own person before backup; even load;
few buildings per outing. `STEPS` says which of these are minimised together.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Final

from app.visits.planner.ledger import arrives
from app.visits.planner.prepared import Option, Prepared, Task
from app.visits.planner.shapes import CareLevel, Cost, VisitWish

Choice = Mapping[int, Option]  # number of a task -> where it is; what is missing is unplanned

STEPS: Final[tuple[tuple[str, ...], ...]] = (
    ("overdue_high",),
    ("overdue_focus",),
    ("unplanned",),
    ("moved_accepted",),
    ("moved",),
    ("not_own",),
    ("uneven", "arrivals"),
)


def by_step(cost: Cost) -> tuple[int, ...]:
    """The values of all steps; of two plans the one with the smaller tuple is better."""
    return tuple(sum(getattr(cost, part) for part in step) for step in STEPS)


def overdue(task: Task) -> str:
    """The part in which a stop counts that is late."""
    return "overdue_high" if task.owed.level is CareLevel.HIGH else "overdue_focus"


def cost_of(prepared: Prepared, choice: Choice) -> Cost:
    """Count everything. What residents do not want is not missing."""
    wanted = [one for one in prepared.tasks if one.door.wish is not VisitWish.NO_MORE_VISITS]
    late = Counter(
        overdue(task)
        for task in wanted
        if task.strict and (task.number not in choice or choice[task.number].late)
    )
    moved = Counter(task.accepted for task in wanted if task.was and not _stays(task, choice))
    return Cost(
        overdue_high=late["overdue_high"],
        overdue_focus=late["overdue_focus"],
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
    return sum(above(prepared, load[person]) for person in range(len(prepared.people)))


def above(prepared: Prepared, load: int) -> int:
    """What of a person's visits is more than their share; what is much more counts twice."""
    return max(0, load - prepared.fair) + max(0, load - prepared.much)


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
