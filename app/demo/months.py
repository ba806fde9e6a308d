"""A month's plan of one grid that went out already: some of those who were asked have answered."""

from calendar import monthrange
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.db import uuid7
from app.demo.people import Crowd
from app.demo.places import Town
from app.places.queries import grids_of
from app.visits.models import Visit
from app.visits.models_months import MonthPlan, MonthPlanGrid
from app.visits.planner.better import better
from app.visits.rules import VisitState
from app.visits.service.months import problems, sending, writing

ANSWERED = 5  # every fifth is still waiting


def build(session: Session, town: Town, crowd: Crowd) -> None:
    """The last grid, for the month in which most of its days are still to come."""
    clerk = crowd.actor(session, crowd.people["王干事"])
    grid = grids_of(session, town.community.id)[-1]
    now = clock.now()
    plan = MonthPlan(
        id=uuid7(),
        community_id=town.community.id,
        month=_month(clock.today()),
        created_by=clerk.id,
        created_at=now,
        changed_at=now,
    )
    session.add(plan)
    session.flush()
    part = MonthPlanGrid(id=uuid7(), plan_id=plan.id, grid_id=grid.id)
    session.add(part)
    session.flush()
    problem = problems.problem_of(session, plan, part)
    writing.put_down(session, part.id, problem, better(problem))
    sending.publish(session, clerk, plan.id, plan.version)
    _answer(session, plan)


def _month(today: date) -> date:
    """This month until its tenth, then the next."""
    first = today.replace(day=1)
    if today.day <= 10:
        return first
    return first + timedelta(days=monthrange(today.year, today.month)[1])


def _answer(session: Session, plan: MonthPlan) -> None:
    asked = session.scalars(
        select(Visit)
        .where(Visit.round_id.is_(None), Visit.created_at >= plan.created_at)
        .where(Visit.state == VisitState.PROPOSED, Visit.on >= plan.month)
        .order_by(Visit.on, Visit.household_id)
    ).all()
    for nth, visit in enumerate(asked):
        if nth % ANSWERED:
            visit.state = VisitState.ACCEPTED
    if asked:
        asked[-1].state = VisitState.TURNED_DOWN
    session.flush()
