"""Many grids side by side, each in a process of its own for as long as it takes.

The processes are begun afresh (`spawn`), so this works beside threads and on every system; where a
process may have no children, the grids are planned one after the other in it.
"""

import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from multiprocessing.synchronize import Event
from typing import NamedTuple

from app.visits.planner.shapes import Plan, Problem, Stopped

LOOK_EVERY = 0.2  # seconds between two looks at whether somebody cancelled


class Progress(NamedTuple):
    """How many grids are planned, of how many."""

    done: int
    of: int


def plan_all(
    problems: Iterable[Problem],
    say: Callable[[Progress], None] = lambda _: None,
    stop: Callable[[], bool] = lambda: False,
    processes: int | None = None,
) -> Iterator[Plan]:
    """The better plans, in the order in which they are ready; each is the same as `better` gives.
    Raises `Stopped` soon after `stop` says so."""
    waiting = sorted(problems, key=lambda one: (-len(one.owed), one.name))
    number = min(processes or os.cpu_count() or 1, len(waiting))
    alone = number < 2 or multiprocessing.current_process().daemon
    plans = _one_by_one(waiting, stop) if alone else _side_by_side(waiting, stop, number)
    say(Progress(0, len(waiting)))
    for done, plan in enumerate(plans, start=1):
        say(Progress(done, len(waiting)))
        yield plan


def _one_by_one(problems: Sequence[Problem], stop: Callable[[], bool]) -> Iterator[Plan]:
    return (_better(problem, stop) for problem in problems)


def _side_by_side(
    problems: Sequence[Problem], stop: Callable[[], bool], number: int
) -> Iterator[Plan]:
    context = multiprocessing.get_context("spawn")
    cancelled = context.Event()
    waiting = iter(problems)
    with ProcessPoolExecutor(number, context, _begin, (cancelled,)) as pool:
        running: set[Future[Plan]] = set()
        try:
            while True:
                # Only a few are handed out at once: a district's problems are many megabytes.
                for problem in _some(waiting, 2 * number - len(running)):
                    running.add(pool.submit(_plan, problem))
                if not running:
                    return
                ready, running = wait(running, LOOK_EVERY, FIRST_COMPLETED)
                for future in ready:
                    yield future.result()
                if stop():
                    raise Stopped
        finally:
            cancelled.set()
            pool.shutdown(cancel_futures=True)


def _some(problems: Iterator[Problem], number: int) -> Iterator[Problem]:
    for _, problem in zip(range(number), problems, strict=False):
        yield problem


class _Here:
    """What a process knows: whether all was cancelled."""

    cancelled: Event | None = None


def _begin(cancelled: Event) -> None:
    _Here.cancelled = cancelled


def _plan(problem: Problem) -> Plan:
    cancelled = _Here.cancelled
    return _better(problem, lambda: cancelled is not None and cancelled.is_set())


def _better(problem: Problem, stop: Callable[[], bool]) -> Plan:
    from app.visits.planner.better import better  # noqa: PLC0415 - 25 MB that no other process needs

    return better(problem, stop)
