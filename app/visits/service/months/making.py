"""A month's plan is asked for, stopped, gone on with or dropped."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app.core import clock, jobs
from app.core.db import uuid7
from app.core.errors import Invalid, NotFound
from app.core.events import publish
from app.core.jobs import JobRow
from app.identity.actor import Actor
from app.places import queries as places
from app.visits.events_months import (
    MonthPlanAsked,
    MonthPlanDropped,
    MonthPlanEdited,
    MonthPlanStopped,
)
from app.visits.models_months import MonthPlan, MonthPlanGrid
from app.visits.queries import months as queries
from app.visits.rules.months import (
    GridStage,
    MonthTaken,
    NothingToPlan,
    PlanBusy,
    PlanIsPublished,
    PlanState,
)
from app.visits.service.rounds import current

MONTH_PLAN = "month_plan"
AHEAD = timedelta(days=92)


def make(
    session: Session, actor: Actor, community_id: UUID, month: date, grid_ids: Sequence[UUID]
) -> MonthPlan:
    """A plan of a month for these grids of a community, or for all that have none yet; the planner
    begins. MonthTaken where a grid has one."""
    grids = _grids(session, actor, community_id, grid_ids)
    first = month.replace(day=1)
    _check_month(first)
    taken = queries.taken(session, grids, first)
    if (grid_ids and taken) or taken == frozenset(grids):
        raise MonthTaken
    grids = [grid_id for grid_id in grids if grid_id not in taken]
    now = clock.now()
    plan = MonthPlan(
        id=uuid7(),
        community_id=community_id,
        month=first,
        created_by=actor.id,
        created_at=now,
        changed_at=now,
    )
    session.add(plan)
    session.flush()
    session.add_all(
        MonthPlanGrid(id=uuid7(), plan_id=plan.id, grid_id=grid_id) for grid_id in grids
    )
    ask(session, actor, plan, {})
    return plan


def ask(session: Session, actor: Actor, plan: MonthPlan, more: dict[str, Any]) -> None:
    """Have the worker plan, or mend. PlanBusy while it does either."""
    job = job_of(session, plan)
    if job is not None and job.state in jobs.OPEN:
        raise PlanBusy
    asked = {"plan_id": str(plan.id), "mend": False} | more
    plan.job_id = jobs.start(session, MONTH_PLAN, asked, actor.id).id
    plan.changed_at = clock.now()
    session.flush()
    grids = len(queries.parts_of(session, plan.id))
    publish(session, MonthPlanAsked(**facts(plan, actor), grids=grids, mending=bool(asked["mend"])))


def stop(session: Session, actor: Actor, plan_id: UUID) -> MonthPlan:
    """Stop the planner; what it has found so far stays."""
    plan = queries.get(session, actor, plan_id)
    job = job_of(session, plan)
    if job is not None and job.state in jobs.OPEN:
        jobs.drop(session, job)
        plan.changed_at = clock.now()
        session.flush()
        publish(session, MonthPlanStopped(**facts(plan, actor)))
    return plan


def go_on(session: Session, actor: Actor, plan_id: UUID, version: int) -> MonthPlan:
    """Plan the grids that the planner was stopped before. NothingToPlan where there are none, or
    once the plan is out: from then on it is mended."""
    plan = current(queries.get(session, actor, plan_id, lock=True), version)
    if plan.state is not PlanState.DRAFT or not any(
        map(unfinished, queries.parts_of(session, plan.id))
    ):
        raise NothingToPlan
    ask(session, actor, plan, {})
    return plan


def unfinished(part: MonthPlanGrid) -> bool:
    """Whether the planner has not found what it could for a grid that people leave to it."""
    return part.stage is not GridStage.BETTER and not (part.edited or part.enough)


def enough(session: Session, actor: Actor, part_id: UUID) -> tuple[MonthPlan, MonthPlanGrid]:
    """This grid's plan will do: the planner looks for no better one, and goes on with the others.
    Where it looks for none any more, nothing happens."""
    plan, part = queries.part(session, actor, part_id, lock=True)
    if searching(part, job_of(session, plan)):
        part.enough, part.changed_at = True, clock.now()
        session.flush()
        publish(session, MonthPlanEdited(**facts(plan, actor), how="enough", stops=0))
    return plan, part


def searching(part: MonthPlanGrid, job: JobRow | None) -> bool:
    """Whether the planner looks for a better plan than the one that this grid shows."""
    wanted = part.stage is GridStage.GREEDY and unfinished(part)
    return wanted and job is not None and job.state in jobs.OPEN and not job.asked["mend"]


def drop(session: Session, actor: Actor, plan_id: UUID, version: int) -> None:
    """A draft that nobody wants: nothing of it was sent, so nobody needs to be told."""
    plan = current(queries.get(session, actor, plan_id, lock=True), version)
    if plan.state is PlanState.PUBLISHED:
        raise PlanIsPublished
    stop(session, actor, plan_id)
    plan.state = PlanState.DROPPED
    session.flush()
    publish(session, MonthPlanDropped(**facts(plan, actor)))


def job_of(session: Session, plan: MonthPlan) -> JobRow | None:
    """The latest work on a plan; None once a day has passed."""
    return None if plan.job_id is None else session.get(JobRow, plan.job_id)


def facts(plan: MonthPlan, actor: Actor | None) -> dict[str, Any]:
    """What every event of a plan says."""
    return {
        "subject_id": plan.id,
        "actor_id": actor.id if actor else None,
        "community_id": plan.community_id,
        "month": plan.month,
    }


def last_day(month: date) -> date:
    """The last date of the month that begins here."""
    return month.replace(day=monthrange(month.year, month.month)[1])


def _grids(
    session: Session, actor: Actor, community_id: UUID, grid_ids: Sequence[UUID]
) -> list[UUID]:
    if community_id not in actor.committee_communities:
        raise Invalid(errors={"community_id": ["请选自己的社区。"]})
    known = [grid.id for grid in places.grids_of(session, community_id)]
    if not known:
        raise Invalid(errors={"grid_ids": ["还没有划网格，请先请管理员划好。"]})
    wanted = [grid_id for grid_id in known if grid_id in set(grid_ids)] if grid_ids else known
    if len(wanted) < len(set(grid_ids)):
        raise Invalid(errors={"grid_ids": ["里面有不属于本社区的网格。"]})
    return wanted


def _check_month(first: date) -> None:
    if last_day(first) <= clock.today():
        raise Invalid(errors={"month": ["这个月已经过去了。"]})
    if first > clock.today() + AHEAD:
        raise Invalid(errors={"month": ["最多提前三个月排。"]})


def plan_of(session: Session, plan_id: UUID) -> MonthPlan:
    """The plan that the worker works for. NotFound once it was dropped."""
    plan = session.get(MonthPlan, plan_id)
    if plan is None or plan.state is PlanState.DROPPED:
        raise NotFound
    return plan
