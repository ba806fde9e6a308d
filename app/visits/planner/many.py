"""Many grids side by side, each in a process of its own for as long as it takes.

The processes are begun afresh (`spawn`), so this works beside threads and on every system, and read
the planner only; where a process may have no children, the grids are planned one after the other.
"""

import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from itertools import islice
from typing import NamedTuple

from app.core import bare
from app.visits.planner.shapes import Plan, Problem, Stopped

# Of which a process that plans needs only what is pure.
AREAS = ("app.places", "app.teams", "app.visits")
LOOK_EVERY = 0.2  # seconds between two looks at whether somebody cancelled


Stop = Callable[[], bool]


class Progress(NamedTuple):
    """How many grids are planned, of how many."""

    done: int
    of: int


def plan_all(
    problems: Iterable[Problem],
    say: Callable[[Progress], None] = lambda _: None,
    stop: Stop = lambda: False,
    processes: int | None = None,
    settled: Callable[[str], bool] = lambda _: False,
) -> Iterator[Plan]:
    """The better plans, in the order in which they are ready; each is the same as `better` gives.
    Raises `Stopped` soon after `stop` says so. Grids that are `settled`, by their names, are left
    out, also those that were begun."""
    waiting = sorted(problems, key=lambda one: (-len(one.owed), one.name))
    number = min(processes or os.cpu_count() or 1, len(waiting))
    alone = number < 2 or multiprocessing.current_process().daemon
    said = (stop, settled)
    plans = _one_by_one(waiting, *said) if alone else _side_by_side(waiting, *said, number)
    say(Progress(0, len(waiting)))
    for done, plan in enumerate(plans, start=1):
        say(Progress(done, len(waiting)))
        yield plan


def _one_by_one(
    problems: Sequence[Problem], stop: Stop, settled: Callable[[str], bool]
) -> Iterator[Plan]:
    for problem in problems:
        if (plan := _unless(problem, settled, stop)) is not None:
            yield plan


def _unless(problem: Problem, settled: Callable[[str], bool], stop: Stop) -> Plan | None:
    """Its plan, or None once nobody waits for it."""

    def no_more() -> bool:
        return stop() or settled(problem.name)

    try:
        return None if settled(problem.name) else _better(problem, no_more)
    except Stopped:
        if settled(problem.name):
            return None
        raise


def _side_by_side(
    problems: Sequence[Problem], stop: Stop, settled: Callable[[str], bool], number: int
) -> Iterator[Plan]:
    context = multiprocessing.get_context("spawn")
    cancelled = context.Event()
    out = context.Array("b", len(problems), lock=False)  # of each: nobody waits for it
    waiting = iter(enumerate(problems))
    with ProcessPoolExecutor(number, context, bare.begin, (AREAS, cancelled, out)) as pool:
        running: dict[Future[Plan | None], int] = {}
        try:
            while True:
                # Only a few are handed out at once: a district's problems are many megabytes.
                for nth, problem in islice(waiting, 2 * number - len(running)):
                    running[pool.submit(_plan, nth, problem)] = nth
                if not running:
                    return
                ready, _ = wait(running, LOOK_EVERY, FIRST_COMPLETED)
                for future in ready:
                    del running[future]
                    if (plan := future.result()) is not None:
                        yield plan
                if stop():
                    raise Stopped
                for nth in running.values():
                    out[nth] = settled(problems[nth].name)
        finally:
            cancelled.set()
            pool.shutdown(cancel_futures=True)


def _plan(nth: int, problem: Problem) -> Plan | None:
    """In a process of its own, which knows whether all was cancelled, and what nobody waits for."""
    cancelled, out = bare.Given.things
    return _unless(problem, lambda _: bool(out[nth]), cancelled.is_set)


def _better(problem: Problem, stop: Stop) -> Plan:
    from app.visits.planner.better import better  # noqa: PLC0415 - 25 MB that no other process needs

    return better(problem, stop)
