"""The planner on a whole district's month: 1,063 generated grids, side by side on two cores, and
what memory that takes. Takes a quarter of an hour or more; `GRIDS=100` measures fewer."""

import os
import resource
import time

from app.visits.planner.many import Progress, plan_all
from bench.month import DISTRICT_GRIDS, grids
from bench.planner import PROCESSES, costs, gaps
from bench.report import figure
from tests.visits.checker import broken

MEGABYTE = 1024  # of the kilobytes in which Linux counts


def tell(progress: Progress) -> None:
    if progress.done % 50 == 0:
        print(f"{progress.done} of {progress.of}", flush=True)


def main() -> None:
    number = int(os.environ.get("GRIDS", DISTRICT_GRIDS))
    problems = {one.name: one for one in grids(number)}
    start = time.perf_counter()
    plans = list(plan_all(problems.values(), tell, processes=PROCESSES))
    seconds = time.perf_counter() - start
    here = resource.getrusage(resource.RUSAGE_SELF)
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    by_step = gaps(plans)
    figure(
        "planner.district_seconds",
        seconds,
        "s",
        grids=number,
        cpu=round(children.ru_utime + children.ru_stime, 1),
        processes=PROCESSES,
        visits=sum(len(one.owed) for one in problems.values()),
        memory_mb={
            "main": here.ru_maxrss // MEGABYTE,
            "largest_process": children.ru_maxrss // MEGABYTE,
        },
        broken_rules=sum(len(broken(problems[plan.name], plan)) for plan in plans),
        gap_percent={step: round(100 * gap, 2) for step, gap in by_step.items()},
        cut_short=sum(plan.cut_short for plan in plans),
        cost=costs(plans),
    )
