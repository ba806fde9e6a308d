"""A month's plan goes out: whoever is to go is asked, and what changed since is asked anew.

Nothing that residents have said since is overruled: such a stop is taken out instead of sent.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock, jobs
from app.core.events import publish as tell
from app.identity.actor import Actor
from app.visits.events_months import MonthPlanPublished, MonthVisitsAsked
from app.visits.models import Visit, VisitPartner
from app.visits.models_months import MonthPlan
from app.visits.planner.clashes import Board
from app.visits.planner.shapes import Placed, Why
from app.visits.queries import months as queries
from app.visits.queries.months import Standing
from app.visits.rules import Purpose, VisitState
from app.visits.rules.months import (
    NOT_OWED,
    Clash,
    NothingToSend,
    PlanBusy,
    PlanState,
    Put,
)
from app.visits.rules.states import OPEN
from app.visits.service.months import problems
from app.visits.service.months.making import facts, job_of
from app.visits.service.proposing import Proposal, propose
from app.visits.service.rounds import current

Asked = tuple[Standing, Put]


@dataclass
class Sent:
    """What went out: on which dates each person is asked, and how many each need not go to."""

    asked: defaultdict[UUID, list[date]] = field(default_factory=lambda: defaultdict(list))
    withdrawn: defaultdict[UUID, int] = field(default_factory=lambda: defaultdict(int))
    held_back: int = 0


def publish(session: Session, actor: Actor, plan_id: UUID, version: int) -> tuple[MonthPlan, Sent]:
    """Send what was not sent yet. PlanBusy while the planner works, NothingToSend else."""
    plan = current(queries.get(session, actor, plan_id, lock=True), version)
    job = job_of(session, plan)
    if job is not None and job.state in jobs.OPEN:
        raise PlanBusy
    sent = Sent()
    to_ask: list[Asked] = []
    to_drop: list[Standing] = []
    for part in queries.parts_of(session, plan.id):
        standings = queries.standings(session, [part.id])
        board = problems.board_of(session, plan, part, standings)
        _sort(board, standings, (to_ask, to_drop), sent)
    if not to_ask and not to_drop:
        raise NothingToSend
    _withdraw(session, to_drop, sent)
    _ask(session, plan, to_ask, sent)
    plan.state, plan.changed_at = PlanState.PUBLISHED, clock.now()
    plan.published_at = plan.published_at or clock.now()
    session.flush()
    _tell(session, actor, plan, sent)
    return plan, sent


def _sort(
    board: Board,
    standings: Sequence[Standing],
    lists: tuple[list[Asked], list[Standing]],
    sent: Sent,
) -> None:
    """What is to be asked, what is to be withdrawn, and what cannot be sent any more."""
    to_ask, to_drop = lists
    for one in standings:
        if one.put is not None and one.changed and one.put.slot.date >= board.first:
            why = _against(board, one, one.put)
            if why is None:
                to_ask.append((one, one.put))
                continue
            one.stop.place, one.stop.why = None, why
            sent.held_back += 1
        if one.stop.place is None and one.state in OPEN:
            to_drop.append(one)


def _against(board: Board, one: Standing, put: Put) -> str | None:
    """Why a stop must not be sent; None where nothing is against it."""
    if one.stop.key not in board.owed:
        return NOT_OWED
    placed = Placed(key=one.stop.key, people=put.people, slot=put.slot)
    refused = [found.kind for found in board.clashes(placed) if found.refused]
    if not refused:
        return None
    return Why.NO_MORE_VISITS if Clash.NO_MORE_VISITS in refused else Why.NO_WINDOW


def _withdraw(session: Session, some: Iterable[Standing], sent: Sent) -> None:
    """Those who were asked need not go; they are told once, however many doors."""
    for visit, one in _visits(session, some):
        visit.state = VisitState.CANCELLED
        one.stop.sent = None
        sent.withdrawn[visit.person_id] += 1
    session.flush()


def _ask(session: Session, plan: MonthPlan, some: Sequence[Asked], sent: Sent) -> None:
    new = [(one, put) for one, put in some if one.state not in OPEN]
    made = propose(session, plan.community_id, [_proposal(one, put) for one, put in new])
    for (one, _), visit_id in zip(new, made, strict=True):
        one.stop.visit_id = visit_id
    puts = {one.stop.id: put for one, put in some}
    for visit, one in _visits(session, [one for one, _ in some if one.state in OPEN]):
        _move(session, visit, puts[one.stop.id], sent)
    for one, put in some:
        one.stop.visit_id = one.visit_id if one.state in OPEN else one.stop.visit_id
        one.stop.sent = one.stop.place
        sent.asked[put.people[0]].append(put.slot.date)


def _move(session: Session, visit: Visit, put: Put, sent: Sent) -> None:
    """A visit goes elsewhere: whatever was accepted before is a proposal again."""
    lead, *along = put.people
    if visit.person_id != lead:
        sent.withdrawn[visit.person_id] += 1
    _go_along(session, visit.id, along)
    visit.person_id, visit.state, visit.on = lead, VisitState.PROPOSED, put.slot.date
    visit.window_from, visit.window_to = put.slot.window.start, put.slot.window.end
    session.flush()


def _go_along(session: Session, visit_id: UUID, along: Sequence[UUID]) -> None:
    """These go along to a visit from now on."""
    rows = session.scalars(select(VisitPartner).where(VisitPartner.visit_id == visit_id)).all()
    for row in rows:
        if row.person_id not in along:
            session.delete(row)
    went = {row.person_id for row in rows}
    session.add_all(
        VisitPartner(visit_id=visit_id, person_id=person) for person in along if person not in went
    )


def _proposal(one: Standing, put: Put) -> Proposal:
    return Proposal(
        household_id=one.stop.household_id,
        people=put.people,
        slot=put.slot,
        purposes=tuple(Purpose(each) for each in one.stop.purposes),
    )


def _visits(session: Session, some: Iterable[Standing]) -> list[tuple[Visit, Standing]]:
    by_visit = {one.visit_id: one for one in some}
    found = session.scalars(select(Visit).where(Visit.id.in_(by_visit)))
    return [(visit, by_visit[visit.id]) for visit in found]


def _tell(session: Session, actor: Actor, plan: MonthPlan, sent: Sent) -> None:
    people = sorted(set(sent.asked) | set(sent.withdrawn))
    tell(
        session,
        MonthPlanPublished(
            **facts(plan, actor),
            asked=sum(len(dates) for dates in sent.asked.values()),
            withdrawn=sum(sent.withdrawn.values()),
            people=len(people),
        ),
    )
    for person_id in people:
        dates = sent.asked.get(person_id, [])
        tell(
            session,
            MonthVisitsAsked(
                subject_id=plan.id,
                actor_id=actor.id,
                month=plan.month,
                person_id=person_id,
                count=len(dates),
                withdrawn=sent.withdrawn.get(person_id, 0),
                first_on=min(dates, default=None),
                last_on=max(dates, default=None),
            ),
        )
