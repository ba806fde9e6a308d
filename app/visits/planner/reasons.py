"""Why something that is owed is not in a plan: the first thing, from the door outwards, that is
in the way."""

from datetime import date

from app.visits.planner.costs import Choice
from app.visits.planner.finding import Finder, by_day, clear_of_night, minutes_of, rested
from app.visits.planner.ledger import Ledger
from app.visits.planner.prepared import Prepared, Task
from app.visits.planner.shapes import Unplanned, VisitWish, Why


def unplanned(prepared: Prepared, choice: Choice) -> tuple[Unplanned, ...]:
    """What has no place, each with its reason."""
    missing = [task for task in prepared.tasks if task.number not in choice]
    if not missing:
        return ()
    ledger = Ledger(prepared)
    for task in prepared.tasks:
        if task.number in choice:
            ledger.put(task, choice[task.number])
    return tuple(
        Unplanned(key=task.owed.key, door_id=task.door.id, why=why_not(prepared, ledger, task))
        for task in missing
    )


def why_not(prepared: Prepared, ledger: Ledger, task: Task) -> Why:
    """The reason, seeing everything else that is placed."""
    at_the_door = _at_the_door(prepared, task)
    if at_the_door is not None:
        return at_the_door
    if not task.options:
        return Why.NOT_TOGETHER if _somebody_free(prepared, task) else Why.NOBODY_FREE
    if not any(ledger.rests(task, option.slot) for option in task.options):
        return Why.RESTING
    return Why.FULL


def open_days(prepared: Prepared, task: Task) -> tuple[list[date], list[date]]:
    """The days on which residents could be called at for long enough, and those after a rest."""
    owed = task.owed
    days = [
        day
        for day, windows in sorted(by_day(filter(clear_of_night, task.door.windows)).items())
        if owed.earliest <= day <= owed.last_day
        and any(minutes_of(window) >= owed.minutes for window in windows)
    ]
    taken = [one.slot.date for one, _, _ in prepared.fixed if one.door_id == task.door.id]
    return days, [day for day in days if rested(task.door, day, taken)]


def _at_the_door(prepared: Prepared, task: Task) -> Why | None:
    if task.door.wish is VisitWish.NO_MORE_VISITS:
        return Why.NO_MORE_VISITS
    if not task.people:
        return Why.NOBODY
    if len(task.people) == 1 and not task.alone:
        return Why.NO_PARTNER
    days, after_rest = open_days(prepared, task)
    if not days:
        return Why.NO_WINDOW
    return None if after_rest else Why.RESTING


def _somebody_free(prepared: Prepared, task: Task) -> bool:
    """Whether one of its people is free on some day on which the door could be called at."""
    finder = Finder(prepared.problem)
    _, days = open_days(prepared, task)
    return not task.alone and any(
        slot.date in days
        for slot, _ in finder.meetings(task.door, task.people, True, task.owed.minutes)
    )
