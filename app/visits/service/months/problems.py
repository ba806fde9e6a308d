"""The planner's question for one grid of a month's plan, with what stands on the plan already."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from app.core import clock
from app.teams.rules.windows import Slot
from app.visits.models_months import MonthPlan, MonthPlanGrid
from app.visits.planner.clashes import Board, Found
from app.visits.planner.shapes import Fixed, Person, Placed, Problem
from app.visits.queries.months import Standing
from app.visits.rules import VisitState
from app.visits.service import owing
from app.visits.service.months.making import last_day


@dataclass(frozen=True)
class Away:
    """Somebody cannot come on these days, as the committee has heard."""

    person_id: UUID
    first: date
    last: date


def first_day(plan: MonthPlan) -> date:
    """The first date on which anything can still be put: tomorrow at the earliest."""
    return max(plan.month, clock.today() + timedelta(days=1))


def problem_of(session: Session, plan: MonthPlan, part: MonthPlanGrid) -> Problem:
    """What is owed in a grid for the days of the month that are left. It is named by its part."""
    found = owing.problem_of(session, part.grid_id, first_day(plan), last_day(plan.month))
    return replace(found, name=str(part.id))


def without_own(problem: Problem, standings: Iterable[Standing]) -> Problem:
    """The same, without the standing visits that are this plan's own. Whatever else stands at a
    door settles what it settles: nobody is asked to that a second time."""
    own = {one.visit_id for one in standings if one.visit_id is not None}
    return replace(
        problem, fixed=tuple(fixed for fixed in problem.fixed if fixed.visit_id not in own)
    )


def board_of(
    session: Session, plan: MonthPlan, part: MonthPlanGrid, standings: Sequence[Standing]
) -> Board:
    """What single places are asked of, by hand."""
    problem = without_own(problem_of(session, plan, part), standings)
    return Board(problem, placed(standings), first_day(plan))


def placed(standings: Iterable[Standing]) -> list[Placed]:
    """What is on the plan now."""
    return [
        Placed(
            key=one.stop.key,
            people=one.put.people,
            slot=one.put.slot,
            accepted=one.state is VisitState.ACCEPTED and not one.changed,
        )
        for one in standings
        if one.put is not None
    ]


def mending(
    problem: Problem, standings: Sequence[Standing], away: Sequence[Away], first: date
) -> Problem:
    """The question of how to mend a plan: what was put by hand, and what somebody is asked to in
    another's stead, stays where it still can be; the rest may move if it must, and who is away is
    not asked."""
    people = tuple(_without(person, away) for person in problem.people)
    problem = replace(without_own(problem, standings), people=people)
    coming = [one for one in placed(standings) if one.slot.date >= first]
    said = {one.stop.key for one in standings if one.stop.by_hand or one.passed_on}
    board = Board(problem, coming, first)
    stays = [one for one in coming if one.key in said and _possible(board, one)]
    kept = {one.key for one in stays}
    fixed = (
        Fixed(
            door_id=board.owed[one.key].door_id,
            people=one.people,
            slot=one.slot,
            key=one.key,
            minutes=board.owed[one.key].minutes,
        )
        for one in stays
    )
    return replace(
        problem,
        fixed=(*problem.fixed, *fixed),
        last=tuple(one for one in coming if one.key not in kept and one.key in board.owed),
    )


def _possible(board: Board, one: Placed) -> bool:
    """Whether what people put here can stay: they have seen what else stands against it."""
    if one.key not in board.owed:
        return False
    return not any(found.refused or _not_free(found) for found in board.clashes(one))


def _not_free(found: Found) -> bool:
    return found.kind == "not_free"


def _without(person: Person, away: Sequence[Away]) -> Person:
    def gone(slot: Slot) -> bool:
        return any(
            one.person_id == person.id and one.first <= slot.date <= one.last for one in away
        )

    return replace(person, available=tuple(each for each in person.available if not gone(each)))
