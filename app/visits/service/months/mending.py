"""A plan is mended when life happens: the difference is shown before it is applied.

The planner is asked again, with the plan as it stands; what it would change waits on the grid
until somebody applies it (one edit, undone like any other) or lets it be.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app.core import clock
from app.core.db import uuid7
from app.core.errors import NotFound
from app.core.events import publish
from app.identity.actor import Actor
from app.places.rules import CareLevel
from app.visits.events_months import MonthPlanEdited
from app.visits.models_months import MonthPlan, MonthPlanGrid, MonthPlanStop
from app.visits.planner.shapes import Plan, Problem, Stop, Unplanned, VisitWish
from app.visits.queries import months as queries
from app.visits.queries.months import Standing
from app.visits.rules import VisitState
from app.visits.rules.months import NOT_OWED, DifferenceIsOld, PlanState, Put
from app.visits.service.months import editing
from app.visits.service.months.making import ask, facts
from app.visits.service.months.writing import answers_of, kept_help, place_of
from app.visits.service.rounds import current


def mend(
    session: Session, actor: Actor, plan_id: UUID, version: int, away: Sequence[dict[str, Any]]
) -> MonthPlan:
    """Have the worker find out how the plan would be mended; who is away is not asked."""
    plan = current(queries.get(session, actor, plan_id, lock=True), version)
    for part in queries.parts_of(session, plan.id):
        part.difference = None
    gone = [
        {
            "person_id": str(one["person_id"]),
            "first": one["first"].isoformat(),
            "last": one["last"].isoformat(),
        }
        for one in away
    ]
    ask(session, actor, plan, {"mend": True, "away": gone})
    return plan


def put_by(
    session: Session, part_id: UUID, problem: Problem, found: Plan, standings: Sequence[Standing]
) -> int:
    """Keep what mending would change beside the grid's plan; how many stops that is."""
    part = session.get(MonthPlanGrid, part_id, with_for_update=True)
    plan = session.get(MonthPlan, part.plan_id) if part else None
    if part is None or plan is None or plan.state is PlanState.DROPPED:
        return 0
    lines = difference(problem, found, standings)
    part.difference = {"lines": lines, "gap": found.gap}
    part.changed_at = clock.now()
    session.flush()
    publish(session, MonthPlanEdited(**facts(plan, None), how="compared", stops=len(lines)))
    return len(lines)


def difference(
    problem: Problem, found: Plan, standings: Sequence[Standing]
) -> list[dict[str, Any]]:
    """Every stop that would stand elsewhere, with where it is and where it would be."""
    now = {one.stop.key: one for one in standings}
    settled = {fixed.key for fixed in problem.fixed}
    first = min((slot.date for door in problem.doors for slot in door.windows), default=None)
    lines = [
        line
        for answer in answers_of(found)
        if (line := _line(problem, now.get(answer.key), answer)) is not None
    ]
    answered = {answer.key for answer in answers_of(found)} | settled
    for key, one in now.items():
        if key in answered or one.put is None or one.state is VisitState.DONE:
            continue
        if first is not None and one.put.slot.date >= first:
            lines.append(_said(one) | {"key": key, "after": None, "why": NOT_OWED, "helps": []})
    return lines


def _line(
    problem: Problem, one: Standing | None, answer: Stop | Unplanned
) -> dict[str, Any] | None:
    after = place_of(answer) if isinstance(answer, Stop) else None
    said = _new(problem, answer.key) if one is None else _said(one)
    if one is not None and same(said["before"], after):
        return None
    reason: dict[str, Any] = {"why": None, "helps": []}
    if isinstance(answer, Unplanned):
        reason = {"why": answer.why.value, "helps": [kept_help(each) for each in answer.helps]}
    return said | {"key": answer.key, "after": after} | reason


def _new(problem: Problem, key: str) -> dict[str, Any]:
    """What was not owed when the plan was made, with all that its row will say."""
    owed = next(each for each in problem.owed if each.key == key)
    phones = {door.id for door in problem.doors if door.wish is VisitWish.PHONE_ONLY}
    return {
        "household_id": str(owed.door_id),
        "before": None,
        "accepted": False,
        "level": owed.level.value,
        "purposes": [purpose.value for purpose in owed.purposes],
        "due": owed.due.isoformat(),
        "by_phone": owed.door_id in phones,
    }


def _said(one: Standing) -> dict[str, Any]:
    return {
        "household_id": str(one.stop.household_id),
        "before": one.put.kept() if one.put else None,
        "accepted": one.state is VisitState.ACCEPTED and not one.changed,
    }


def same(one: dict[str, Any] | None, other: dict[str, Any] | None) -> bool:
    """Whether two places are one; who of the two leads makes a difference."""
    return Put.of(one) == Put.of(other)


def leave(session: Session, actor: Actor, part_id: UUID, version: int) -> None:
    """The difference is not wanted: the plan stays as it is."""
    plan, part = queries.part(session, actor, part_id, lock=True)
    current(part, version)
    if part.difference is None:
        raise NotFound
    part.difference, plan.changed_at = None, clock.now()
    session.flush()
    publish(session, MonthPlanEdited(**facts(plan, actor), how="left", stops=0))


def apply(session: Session, actor: Actor, part_id: UUID, version: int) -> editing.Edited:
    """Make the changes that were shown. DifferenceIsOld where the plan has changed since."""
    plan, part = queries.part(session, actor, part_id, lock=True)
    current(part, version)
    if part.difference is None:
        raise NotFound
    now = {one.stop.key: one for one in queries.standings(session, [part.id])}
    changes = []
    for line in part.difference["lines"]:
        one = now.get(line["key"]) or _added(session, part, line)
        if not same(one.put.kept() if one.put else None, line["before"]):
            raise DifferenceIsOld
        _adopt(one)
        one.stop.helps = line["helps"]
        changes.append(editing.change_of(one.stop, Put.of(line["after"]), line["why"], hand=False))
    part.gap, part.difference = part.difference["gap"], None
    session.flush()
    return editing.apply(session, actor, (plan, part), changes)


def _adopt(one: Standing) -> None:
    """What was passed on is this stop's own visit from now on, so that moving it moves that one."""
    if one.passed_on and one.put is not None and not one.changed:
        one.stop.visit_id = one.visit_id
        one.stop.place = one.stop.sent = one.put.kept()


def _added(session: Session, part: MonthPlanGrid, line: dict[str, Any]) -> Standing:
    """A stop that was not owed when the plan was made."""
    stop = MonthPlanStop(
        id=uuid7(),
        part_id=part.id,
        key=line["key"],
        household_id=UUID(line["household_id"]),
        level=CareLevel(line["level"]),
        purposes=line["purposes"],
        due=date.fromisoformat(line["due"]),
        by_phone=line["by_phone"],
        by_hand=False,
        helps=[],
    )
    session.add(stop)
    session.flush()
    return Standing(stop, None)
