"""From numbers back to a plan that people read: stops with their leads, and what is missing."""

from collections.abc import Sequence

from app.visits.planner.costs import Choice, cost_of
from app.visits.planner.prepared import Option, Prepared, Task
from app.visits.planner.reasons import unplanned
from app.visits.planner.shapes import Block, Plan, Stop, VisitWish


def plan_of(
    prepared: Prepared,
    choice: Choice,
    *,
    blocks: Sequence[Block] = (),
    better: bool = False,
    cut_short: bool = False,
) -> Plan:
    """The plan, in order of time and of walking."""
    placed = [task for task in prepared.tasks if task.number in choice]
    placed.sort(key=lambda task: (choice[task.number].slot, task.number))
    return Plan(
        name=prepared.problem.name,
        stops=tuple(_stop(prepared, task, choice[task.number]) for task in placed),
        unplanned=unplanned(prepared, choice),
        cost=cost_of(prepared, choice),
        blocks=tuple(blocks),
        better=better,
        cut_short=cut_short,
    )


def _stop(prepared: Prepared, task: Task, option: Option) -> Stop:
    crew = sorted(option.crew, key=task.people.index)
    return Stop(
        key=task.owed.key,
        door_id=task.door.id,
        people=tuple(prepared.people[one].id for one in crew),
        slot=prepared.slots[option.slot],
        by_phone=task.door.wish is VisitWish.PHONE_ONLY,
        late=option.late,
    )
