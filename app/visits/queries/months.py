"""A month's plan: which a committee sees, its grids, and where every stop stands now.

A stop that was sent follows its visit, which its volunteer may have moved; one that was changed
since stands where the committee has put it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from app.core.errors import NotFound
from app.identity.actor import Actor
from app.places.models import Grid
from app.teams.rules.windows import Slot, Window
from app.visits.models import Visit
from app.visits.models_months import MonthPlan, MonthPlanEdit, MonthPlanGrid, MonthPlanStop
from app.visits.queries.visible import partners_of, shut_out
from app.visits.rules import VisitState
from app.visits.rules.months import CALLED_OFF, TURNED_DOWN, PlanState, Put
from app.visits.rules.states import OPEN


def visible_to(actor: Actor) -> Select[MonthPlan]:
    """The plans of the communities whose committee the actor sits in."""
    communities = frozenset() if shut_out(actor) else actor.committee_communities
    return select(MonthPlan).where(
        MonthPlan.community_id.in_(communities), MonthPlan.state != PlanState.DROPPED
    )


def get(session: Session, actor: Actor, plan_id: UUID, *, lock: bool = False) -> MonthPlan:
    """One plan the actor's committee keeps. NotFound otherwise."""
    wanted = visible_to(actor).where(MonthPlan.id == plan_id)
    found = session.scalar(wanted.with_for_update() if lock else wanted)
    if found is None:
        raise NotFound
    return found


def part(
    session: Session, actor: Actor, part_id: UUID, *, lock: bool = False
) -> tuple[MonthPlan, MonthPlanGrid]:
    """One grid's plan, with the plan it is a part of. NotFound where the actor sees neither."""
    wanted = (
        select(MonthPlanGrid)
        .join(MonthPlan, MonthPlan.id == MonthPlanGrid.plan_id)
        .where(
            MonthPlanGrid.id == part_id,
            MonthPlan.id.in_(visible_to(actor).with_only_columns(MonthPlan.id)),
        )
    )
    found = session.scalar(wanted.with_for_update(of=MonthPlanGrid) if lock else wanted)
    if found is None:
        raise NotFound
    return session.get_one(MonthPlan, found.plan_id), found


def parts_of(session: Session, plan_id: UUID) -> Sequence[MonthPlanGrid]:
    """The grids of a plan in their order."""
    return session.scalars(
        select(MonthPlanGrid)
        .join(Grid, Grid.id == MonthPlanGrid.grid_id)
        .where(MonthPlanGrid.plan_id == plan_id)
        .order_by(Grid.sort, Grid.name)
    ).all()


def settled(session: Session, plan_id: UUID) -> frozenset[UUID]:
    """Those grids of a plan for which nobody waits for a better one any more."""
    return frozenset(
        session.scalars(
            select(MonthPlanGrid.id).where(
                MonthPlanGrid.plan_id == plan_id,
                or_(MonthPlanGrid.edited, MonthPlanGrid.enough),
            )
        )
    )


def taken(session: Session, grid_ids: Sequence[UUID], month: date) -> frozenset[UUID]:
    """Those of these grids for which a plan of this month stands."""
    return frozenset(
        session.scalars(
            select(MonthPlanGrid.grid_id)
            .join(MonthPlan, MonthPlan.id == MonthPlanGrid.plan_id)
            .where(
                MonthPlanGrid.grid_id.in_(grid_ids),
                MonthPlan.month == month,
                MonthPlan.state != PlanState.DROPPED,
            )
        )
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """A stop as it stands: where, how its visit stands with its volunteer, whether something of it
    is still to be sent, and why it is not in the plan if it is not."""

    stop: MonthPlanStop
    put: Put | None
    state: VisitState | None = None
    changed: bool = False
    why: str | None = None
    visit_id: UUID | None = None

    @property
    def passed_on(self) -> bool:
        """Whether somebody else is asked now, because the first could not come."""
        return self.visit_id not in (None, self.stop.visit_id) and self.state in OPEN


def standings(session: Session, part_ids: Sequence[UUID]) -> list[Standing]:
    """All stops of these grids as they stand."""
    rows = session.execute(
        select(MonthPlanStop, Visit)
        .outerjoin(Visit, Visit.id == MonthPlanStop.visit_id)
        .where(MonthPlanStop.part_id.in_(part_ids))
        .order_by(MonthPlanStop.key, MonthPlanStop.id)
    ).all()
    passed = _passed_on(session, [visit for _, visit in rows if visit is not None])
    pairs = [(stop, passed.get(visit.id, visit) if visit else None) for stop, visit in rows]
    along = partners_of(session, [visit.id for _, visit in pairs if visit is not None])
    return [standing(stop, visit, along[visit.id] if visit else []) for stop, visit in pairs]


def _passed_on(session: Session, visits: Sequence[Visit]) -> dict[UUID, Visit]:
    """Who was asked instead to those of these visits that were turned down."""
    refused = [visit.id for visit in visits if visit.state is VisitState.TURNED_DOWN]
    if not refused:
        return {}
    asked = session.scalars(
        select(Visit).where(Visit.follows_id.in_(refused)).order_by(Visit.created_at, Visit.id)
    )
    return {visit.follows_id: visit for visit in asked if visit.follows_id is not None}


def one_of(standings: Sequence[Standing], stop_id: UUID) -> Standing:
    """One of these stops. NotFound otherwise."""
    found = next((one for one in standings if one.stop.id == stop_id), None)
    if found is None:
        raise NotFound
    return found


def standing(stop: MonthPlanStop, visit: Visit | None, along: Sequence[UUID]) -> Standing:
    """One stop as it stands beside its visit."""
    own, sent = Put.of(stop.place), Put.of(stop.sent)
    if visit is None:
        return Standing(stop, own, None, own is not None, stop.why)
    there = _of_visit(visit, along, own or sent)
    said: dict[str, Any] = {"state": visit.state, "visit_id": visit.id}
    if visit.state is VisitState.DONE or (visit.state in OPEN and own in (sent, there)):
        return Standing(stop, there, **said)
    if visit.state in OPEN:
        return Standing(stop, own, changed=True, why=stop.why, **said)
    if own == sent:
        over = TURNED_DOWN if visit.state is VisitState.TURNED_DOWN else CALLED_OFF
        return Standing(stop, None, why=over, **said)
    return Standing(stop, own, changed=own is not None, why=stop.why, **said)


def _of_visit(visit: Visit, along: Sequence[UUID], other: Put | None) -> Put | None:
    if visit.window_from is not None and visit.window_to is not None:
        window = Window(visit.window_from, visit.window_to)
    elif other is not None:
        window = other.slot.window
    else:
        return None
    return Put((visit.person_id, *along), Slot(visit.on, window))


def edits(part_id: UUID, *, undone: bool) -> Select[MonthPlanEdit]:
    """What can be undone, or done again: the next one first."""
    order = MonthPlanEdit.number if undone else MonthPlanEdit.number.desc()
    return (
        select(MonthPlanEdit)
        .where(MonthPlanEdit.part_id == part_id, MonthPlanEdit.undone.is_(undone))
        .order_by(order)
    )
