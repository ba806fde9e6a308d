"""What the worker's slow lane does for plans of a month: it plans each grid, or finds out how a
plan would be mended. Outside any transaction; what it finds is put down grid by grid."""

import time
from datetime import date
from typing import Any
from uuid import UUID

from app.core import jobs
from app.core.db import reading, transaction
from app.core.jobs import Order, Progress, Result
from app.visits.events_months import MonthPlanWorked
from app.visits.models_months import MonthPlan
from app.visits.planner.greedy import greedy
from app.visits.planner.many import plan_all
from app.visits.planner.shapes import Problem
from app.visits.queries import months as queries
from app.visits.queries.months import Standing
from app.visits.service.months import mending, problems, writing
from app.visits.service.months.making import MONTH_PLAN, facts, plan_of, unfinished
from app.visits.service.months.problems import Away


@jobs.does(MONTH_PLAN)
def work(order: Order, progress: Progress) -> Result:
    """Plan, or mend."""
    plan_id = UUID(order.asked["plan_id"])
    if order.asked["mend"]:
        return _mend(plan_id, [_away(one) for one in order.asked["away"]], order, progress)
    return _plan(plan_id, order, progress)


def _plan(plan_id: UUID, order: Order, progress: Progress) -> Result:
    """A greedy plan of every grid, so that there is something to look at; then better ones. What
    was found before the planner was stopped stays."""
    with reading() as session:
        plan = plan_of(session, plan_id)
        parts = filter(unfinished, queries.parts_of(session, plan.id))
        asked = [problems.problem_of(session, plan, part) for part in parts]
    far = _Far(progress, 2 * len(asked), plan_id)
    for problem in asked:
        with transaction() as session:
            writing.put_down(session, UUID(problem.name), problem, greedy(problem))
        far.one_more()
    named = {problem.name: problem for problem in asked}
    for found in plan_all(asked, stop=far.stop, settled=far.settled):
        with transaction() as session:
            writing.put_down(session, UUID(found.name), named[found.name], found)
        far.one_more()
    return _done(plan, order)


def _mend(plan_id: UUID, away: list[Away], order: Order, progress: Progress) -> Result:
    """What would change now, grid by grid."""
    asked: dict[str, Problem] = {}
    standing: dict[str, list[Standing]] = {}
    with reading() as session:
        plan = plan_of(session, plan_id)
        first = problems.first_day(plan)
        for part in queries.parts_of(session, plan.id):
            stands = queries.standings(session, [part.id])
            problem = problems.problem_of(session, plan, part)
            asked[problem.name] = problems.mending(problem, stands, away, first)
            standing[problem.name] = stands
    far = _Far(progress, len(asked), plan_id)
    for found in plan_all(asked.values(), stop=far.stop):
        with transaction() as session:
            problem, stands = asked[found.name], standing[found.name]
            mending.put_by(session, UUID(found.name), problem, found, stands)
        far.one_more()
    return _done(plan, order)


class _Far:
    """How far the work is. The planner asks it now and then whether to go on."""

    def __init__(self, progress: Progress, total: int, plan_id: UUID) -> None:
        self._progress, self._total, self._done = progress, total, 0
        self._plan_id, self._looked, self._settled = plan_id, 0.0, frozenset[UUID]()
        progress.tell(0, total)

    def one_more(self) -> None:
        self._done += 1
        self._progress.tell(self._done, self._total)

    def stop(self) -> bool:
        """Raises jobs.Stopped once nobody waits any more; it says so by that alone."""
        self._progress.tell(self._done)
        return False

    def settled(self, name: str) -> bool:
        """Whether people want no better plan of this grid."""
        now = time.monotonic()
        if now - self._looked >= jobs.SAY_EVERY:
            self._looked = now
            with reading() as session:
                self._settled = queries.settled(session, self._plan_id)
        return UUID(name) in self._settled


def _done(plan: MonthPlan, order: Order) -> Result:
    event = MonthPlanWorked(**facts(plan, None), job_id=order.job_id)
    return Result({}, event)


def _away(kept: dict[str, Any]) -> Away:
    return Away(
        UUID(kept["person_id"]),
        date.fromisoformat(kept["first"]),
        date.fromisoformat(kept["last"]),
    )
