"""The volunteer's word on a proposal (accept, decline, move), and the office calling one off."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.errors import Invalid, NotFound
from app.core.events import publish
from app.identity.actor import Actor
from app.places.models import Household
from app.visits import queries
from app.visits.events import VisitAnswered, VisitCancelled
from app.visits.models import Visit
from app.visits.queries.planning import last_contact
from app.visits.queries.visible import open_for, partners_of, seats
from app.visits.rules import VisitState
from app.visits.rules.record import AHEAD_DAYS
from app.visits.rules.states import DayHasPassed, Verb, next_state
from app.visits.rules.windows import Window, earliest, window_problem
from app.visits.service import passing
from app.visits.service.facts import facts as facts
from app.visits.service.rounds import current


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the person asked says."""

    verb: Verb
    moved_to: date | None = None
    window: Window | None = None
    reason: str | None = None
    emergency_reason: str | None = None


def answer(session: Session, actor: Actor, visit_id: UUID, version: int, said: Answer) -> Visit:
    """Accept, decline or move one proposal."""
    visit = queries.get(session, actor, visit_id)
    partners = partners_of(session, [visit.id])[visit.id]
    after = next_state(visit.state, said.verb, seats(visit, partners, actor))
    current(visit, version)
    if said.verb is Verb.ACCEPT and visit.on < clock.today():
        raise DayHasPassed
    if said.verb is Verb.MOVE:
        _move(session, visit, said)
    visit.answer_reason = said.reason
    to = passing.instead_of(session, visit) if said.verb is Verb.DECLINE else None
    _settle(session, actor, visit, after, (said.verb, partners), passed_on=to is not None)
    if to is not None:
        passing.pass_on(session, actor, visit, to, partners)
    return visit


def accept_many(session: Session, actor: Actor, visit_ids: Iterable[UUID]) -> int:
    """Accept several proposals at once. What was answered meanwhile, and what lies in the past,
    is left as it is."""
    wanted = set(visit_ids)
    found = session.scalars(queries.visible_to(actor).where(Visit.id.in_(wanted))).all()
    if len(found) < len(wanted):
        raise NotFound
    along = partners_of(session, wanted)
    waiting = [
        visit for visit in found if visit.state is VisitState.PROPOSED and visit.on >= clock.today()
    ]
    for visit in waiting:
        after = next_state(visit.state, Verb.ACCEPT, seats(visit, along[visit.id], actor))
        _settle(session, actor, visit, after, (Verb.ACCEPT, along[visit.id]))
    return len(waiting)


def cancel(session: Session, actor: Actor, visit_id: UUID, version: int, reason: str) -> Visit:
    """The office calls one visit off."""
    visit = queries.get(session, actor, visit_id)
    partners = partners_of(session, [visit.id])[visit.id]
    next_state(visit.state, Verb.CANCEL, seats(visit, partners, actor))
    call_off(session, actor.id, [current(visit, version)], reason)
    return visit


def call_off_door(session: Session, actor_id: UUID | None, household_id: UUID, reason: str) -> None:
    """Call off every open visit to a household."""
    call_off(session, actor_id, session.scalars(open_for(household_id)).all(), reason)


def call_off(session: Session, actor_id: UUID | None, visits: Iterable[Visit], reason: str) -> None:
    """Cancel open visits and tell those who would have gone."""
    listed = list(visits)
    along = partners_of(session, [visit.id for visit in listed])
    for visit in listed:
        visit.state = VisitState.CANCELLED
        visit.answer_reason = reason
    session.flush()
    for visit in listed:
        publish(
            session,
            VisitCancelled(
                **facts(visit, actor_id), reason=reason, partner_ids=tuple(along[visit.id])
            ),
        )


def _settle(
    session: Session,
    actor: Actor,
    visit: Visit,
    after: VisitState,
    how: tuple[Verb, list[UUID]],
    *,
    passed_on: bool = False,
) -> None:
    verb, partners = how
    visit.state = after
    session.flush()
    publish(
        session,
        VisitAnswered(
            **facts(visit, actor.id),
            answer=verb.value,
            state=after,
            on=visit.on,
            partner_ids=tuple(partners),
            passed_on=passed_on,
        ),
    )


def _move(session: Session, visit: Visit, said: Answer) -> None:
    errors = _move_problems(session, visit, said)
    if errors:
        raise Invalid(errors=errors)
    if said.moved_to is not None:
        visit.on = said.moved_to
    if said.window is not None:
        visit.window_from, visit.window_to = said.window.start, said.window.end
    visit.emergency_reason = said.emergency_reason


def _move_problems(session: Session, visit: Visit, said: Answer) -> dict[str, list[str]]:
    errors: dict[str, list[str]] = {}
    if problem := _date_problem(session, visit, said):
        errors["date"] = [problem]
    if said.window and (problem := window_problem(said.window, said.emergency_reason)):
        errors["window"] = [problem]
    return errors


def _date_problem(session: Session, visit: Visit, said: Answer) -> str | None:
    if said.moved_to is None:
        return "改天要写明改到哪一天。"
    if said.moved_to < clock.today():
        return "新的日期不能早于今天。"
    if said.moved_to > clock.today() + timedelta(days=AHEAD_DAYS):
        return f"新的日期最多排到 {AHEAD_DAYS} 天以后。"
    level = session.scalar(select(Household.care_level).where(Household.id == visit.household_id))
    rested = earliest(last_contact(session, visit.household_id), level) if level else None
    if rested is not None and said.moved_to < rested and not said.emergency_reason:
        return f"这户刚去过不久，最早排在 {rested.month} 月 {rested.day} 日，让住户歇一歇。"
    return None
