"""What came of a visit, written down once: by who went, or by the office for them. What another
visitor says of a visit that is done stands beside the record (`accounts`)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.errors import Conflict, Invalid, NotFound
from app.core.events import publish
from app.identity.actor import Actor
from app.places.models import Household
from app.teams import queries as teams
from app.teams import rosters
from app.tickets.models import Ticket
from app.visits import queries
from app.visits.events import VisitRecorded
from app.visits.models import Visit, VisitPartner, VisitRecord
from app.visits.queries.visible import partners_of, seats, shut_out
from app.visits.rules import Need, Purpose, VisitState
from app.visits.rules.record import problems, stair_problem
from app.visits.rules.states import OPEN, Seat, Verb, fits, next_state
from app.visits.service import accounts, follow_up
from app.visits.service.answers import facts
from app.visits.service.reports import Report, columns, open_heard
from app.visits.service.rounds import current


class VisitIdTaken(Conflict):
    code = "visit_id_taken"
    title = "这次走访的编号已经用过了，请刷新后再记。"


@dataclass(frozen=True)
class Recorded:
    """A visit that is done, and what came out of it."""

    visit: Visit
    ticket: Ticket | None
    follow_up: Visit | None


def record(
    session: Session, actor: Actor, visit_id: UUID, version: int, report: Report
) -> Recorded:
    """Record a planned visit. If another visitor has done so before, what this one says is kept
    beside it, whatever the version; that nothing can be added is said before that it is old."""
    visit = queries.get(session, actor, visit_id, lock=True)
    partners = partners_of(session, [visit.id])[visit.id]
    held = seats(visit, partners, actor)
    if fits(visit.state, Verb.TELL, held):
        return Recorded(visit, accounts.add(session, actor, visit, report), None)
    after = next_state(visit.state, Verb.RECORD, held)
    current(visit, version)
    check(session, visit, report, clock.today())
    visit.state = after
    visit.on = report.said.on  # the day it really was, so that the day's list is right
    return write(session, actor, visit, report)


def record_unplanned(
    session: Session,
    actor: Actor,
    place: tuple[UUID, UUID | None],
    purpose: Purpose,
    report: Report,
) -> Recorded:
    """Record a visit that nobody had planned; `place` is the household and the device's id."""
    household_id, visit_id = place
    if shut_out(actor):
        raise NotFound
    household = teams.household(session, actor, household_id)
    if visit_id and session.get(Visit, visit_id):
        raise VisitIdTaken
    visit = unplanned(household, actor.id, purpose, report.said.on)
    if visit_id:
        visit.id = visit_id
    check(session, visit, report, clock.today())
    session.add(visit)
    session.flush()
    return write(session, actor, visit, report)


def unplanned(household: Household, person_id: UUID, purpose: Purpose, on: date) -> Visit:
    """A visit that has been made already; it is not stored yet."""
    return Visit(
        community_id=household.community_id,
        household_id=household.id,
        person_id=person_id,
        purpose=purpose,
        state=VisitState.DONE,
        on=on,
        attempt=1,
        created_at=clock.now(),
    )


def visit_for(
    session: Session,
    asked: Visit | None,
    at: tuple[UUID, UUID],
    purpose: Purpose,
    on: date,
) -> Visit:
    """The visit whose record is entered for somebody: the one they were asked to while it is open,
    else one that nobody had planned. `at` is the household and the person."""
    if asked is not None and asked.state in OPEN:
        asked.state = next_state(asked.state, Verb.RECORD, {Seat.OFFICE})
        asked.on = on
        return asked
    household_id, person_id = at
    made = unplanned(session.get_one(Household, household_id), person_id, purpose, on)
    session.add(made)
    session.flush()
    return made


def check(session: Session, visit: Visit, report: Report, day: date) -> None:
    """Everything that keeps a report of this day from being taken. Invalid says it by field."""
    errors = problems(report.said, day)
    if report.whole_stair and (problem := _stair_problem(session, visit, report)):
        errors["whole_stair"] = [problem]
    if set(report.with_ids or ()) - along(session, visit, report.with_ids or ()):
        errors["with_ids"] = ["同行的人要是本社区三支队伍里的人。"]
    if errors:
        raise Invalid(errors=errors)


def _stair_problem(session: Session, visit: Visit, report: Report) -> str | None:
    household = session.get_one(Household, visit.household_id)
    return stair_problem(report.said, household.care_level, household.wish)


def along(session: Session, visit: Visit, people: Iterable[UUID]) -> frozenset[UUID]:
    """Those who may have gone along, for they read the record: people of the teams there, nobody
    of a property company."""
    asked = set(people)
    if not asked:
        return frozenset()
    known = asked & rosters.team_people(session, visit.community_id)
    return frozenset(known - rosters.people_of_property(session, known))


def write(
    session: Session,
    actor: Actor,
    visit: Visit,
    report: Report,
    *,
    by: UUID | None = None,
    again: bool = True,
) -> Recorded:
    """Write the record of a visit that is done: by the actor, or for whom it is entered (`by`).
    `again`: whether the person of the visit can be asked to go there once more."""
    if report.with_ids is not None:
        keep_partners(session, visit, report.with_ids)
    ticket = open_heard(session, actor, visit, report.ticket)
    written = VisitRecord(
        visit_id=visit.id,
        household_id=visit.household_id,
        **columns(visit, report, by or actor.id, ticket),
    )
    session.add(written)
    session.flush()
    publish(
        session,
        VisitRecorded(
            **facts(visit, actor.id),
            on=written.on,
            method=written.method,
            outcome=written.outcome,
            wants_call=Need.COMMUNITY_CALL in report.said.needs,
            ticket_id=written.ticket_id,
            partner_ids=tuple(partners_of(session, [visit.id])[visit.id]),
        ),
    )
    further = follow_up.after(session, actor, visit, written, again=again)
    return Recorded(visit, ticket, further)


def keep_partners(session: Session, visit: Visit, with_ids: Iterable[UUID]) -> None:
    """Row by row: who does not go along any more has it on their phone; the feed must hear."""
    wanted = set(with_ids) - {visit.person_id}
    rows = session.scalars(select(VisitPartner).where(VisitPartner.visit_id == visit.id)).all()
    for row in rows:
        if row.person_id not in wanted:
            session.delete(row)
    for person_id in sorted(wanted - {row.person_id for row in rows}):
        session.add(VisitPartner(visit_id=visit.id, person_id=person_id))
    session.flush()
