"""From counts back to doors: which of the stops that are alike goes to which of their places."""

from collections.abc import Sequence

from app.visits.planner.alike import Kind
from app.visits.planner.greedy import fill
from app.visits.planner.ledger import Ledger
from app.visits.planner.model import Model
from app.visits.planner.prepared import Option, Prepared
from app.visits.planner.solver import Columns


def deal(
    prepared: Prepared, kinds: Sequence[Kind], model: Model, columns: Columns
) -> tuple[dict[int, Option], bool]:
    """Stops in order to places in order of time. Of doors with several stops each, the first has
    the earliest place for every one of its stops, and so on: that keeps most rest between them.
    Where that is not enough rest, the stop is placed anew, and the second answer is true."""
    ledger = Ledger(prepared)
    choice: dict[int, Option] = {}
    left_over = False
    for kind, column_of in zip(kinds, model.places, strict=True):
        places = [
            place
            for place, column in sorted(column_of.items())
            for _ in range(round(columns[column]))
        ]
        for task, place in zip(kind.tasks, places, strict=False):
            option = next(one for one in task.options if one[:2] == place)
            if ledger.can(task, option):
                ledger.put(task, option)
                choice[task.number] = option
            else:
                left_over = True
    return fill(prepared, ledger, choice), left_over
