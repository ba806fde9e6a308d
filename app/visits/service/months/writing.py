"""What the planner found for one grid is put down; a grid that people have changed stays theirs."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.db import uuid7
from app.core.events import publish
from app.visits.events_months import MonthPlanned
from app.visits.models_months import MonthPlan, MonthPlanGrid, MonthPlanStop
from app.visits.planner.shapes import Help, Owed, Plan, Problem, Stop, Unplanned, VisitWish
from app.visits.rules.months import GridStage, PlanState, Put
from app.visits.service.months.making import facts


def put_down(session: Session, part_id: UUID, problem: Problem, found: Plan) -> bool:
    """Write a plan of a grid over the one before. False where people have changed that one, or
    find it good enough."""
    part = session.get(MonthPlanGrid, part_id, with_for_update=True)
    plan = session.get(MonthPlan, part.plan_id) if part else None
    if part is None or plan is None or part.edited or plan.state is not PlanState.DRAFT:
        return False
    if part.enough and found.better:
        return False
    before = {
        stop.key: stop
        for stop in session.scalars(select(MonthPlanStop).where(MonthPlanStop.part_id == part_id))
    }
    owed = {one.key: one for one in problem.owed}
    phones = {door.id for door in problem.doors if door.wish is VisitWish.PHONE_ONLY}
    for answer in answers_of(found):
        row = before.pop(answer.key, None)
        if row is None:
            row = new_stop(part_id, owed[answer.key], by_phone=answer.door_id in phones)
            session.add(row)
        settle(row, answer)
    gone = delete(MonthPlanStop).where(MonthPlanStop.id.in_([row.id for row in before.values()]))
    session.execute(gone)
    part.stage = GridStage.BETTER if found.better else GridStage.GREEDY
    part.gap, part.cut_short = found.gap, found.cut_short
    part.changed_at = clock.now()
    session.flush()
    _tell(session, plan, found)
    return True


def answers_of(found: Plan) -> list[Stop | Unplanned]:
    """Everything that a plan says."""
    return [*found.stops, *found.unplanned]


def new_stop(part_id: UUID, owed: Owed, *, by_phone: bool) -> MonthPlanStop:
    """A row for something owed, not put anywhere yet."""
    return MonthPlanStop(
        id=uuid7(),
        part_id=part_id,
        key=owed.key,
        household_id=owed.door_id,
        level=owed.level,
        purposes=[purpose.value for purpose in owed.purposes],
        due=owed.due,
        by_phone=by_phone,
        helps=[],
    )


def settle(row: MonthPlanStop, answer: Stop | Unplanned) -> None:
    """Where the planner puts a stop, or why it does not."""
    if isinstance(answer, Stop):
        row.place, row.why, row.helps = place_of(answer), None, []
    else:
        row.place, row.why = None, answer.why.value
        row.helps = [kept_help(one) for one in answer.helps]
    row.by_hand = False


def place_of(stop: Stop) -> dict[str, Any]:
    """The place of a stop in the form in which it is kept."""
    return Put(stop.people, stop.slot).kept()


def kept_help(one: Help) -> dict[str, Any]:
    """What would help, in the form in which it is kept."""
    said = {name: value for name, value in asdict(one).items() if value is not None}
    kept = {name: str(value) for name, value in said.items() if name != "slot"}
    if one.slot is not None:
        kept |= {
            "date": one.slot.date.isoformat(),
            "from": f"{one.slot.window.start:%H:%M}",
            "to": f"{one.slot.window.end:%H:%M}",
        }
    return kept


def _tell(session: Session, plan: MonthPlan, found: Plan) -> None:
    publish(
        session,
        MonthPlanned(
            **facts(plan, None),
            stops=len(found.stops),
            unplanned=len(found.unplanned),
            better=found.better,
        ),
    )
