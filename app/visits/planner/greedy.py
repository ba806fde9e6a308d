"""The plan that shows at once: the hardest stops first, each to its best place of the moment."""

from app.visits.planner.answer import plan_of
from app.visits.planner.ledger import Ledger, arrives
from app.visits.planner.prepared import STRICT, Option, Prepared, Task, prepare
from app.visits.planner.shapes import Plan, Problem

RANK = {level: rank for rank, level in enumerate(STRICT)}


def greedy(problem: Problem) -> Plan:
    """Plan one grid without looking back."""
    prepared = prepare(problem)
    return plan_of(prepared, fill(prepared, Ledger(prepared), {}))


def fill(prepared: Prepared, ledger: Ledger, choice: dict[int, Option]) -> dict[int, Option]:
    """Place what has no place yet, as well as it goes, beside what is in the ledger."""
    waiting = [task for task in prepared.tasks if task.number not in choice and task.options]
    for task in sorted(waiting, key=_turn):
        option = _best(prepared, ledger, task)
        if option is not None:
            ledger.put(task, option)
            choice[task.number] = option
    return choice


def _turn(task: Task) -> tuple[int, ...]:
    """What stays where it was comes first, accepted visits before others; then by care level;
    then what has the fewest places to be."""
    stays = task.stay is None, not task.accepted
    return (*stays, RANK.get(task.owed.level, len(RANK)), len(task.options), task.number)


def _best(prepared: Prepared, ledger: Ledger, task: Task) -> Option | None:
    if task.stay is not None and not task.stay.late and ledger.can(task, task.stay):
        return task.stay
    load, fair, much = ledger.load, prepared.fair, prepared.much
    building, goes = task.door.building_id, arrives(task)

    def price(option: Option) -> tuple[int, ...]:
        crew = option.crew
        uneven = sum((load[person] >= fair) + (load[person] >= much) for person in crew)
        arrival = goes and (option.slot, crew, building) not in ledger.arrived
        weight = sum(load[person] for person in crew)
        return (option.late, option.not_own, uneven + arrival, weight, option.slot, *crew)

    for option in sorted(task.options, key=price):
        if ledger.can(task, option):
            return option
    return None
