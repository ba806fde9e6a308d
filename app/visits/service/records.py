"""What came of a visit, written down once: by who went, or by the office for them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
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
from app.tickets.service.opening import Report as Heard
from app.tickets.service.opening import open_ticket
from app.visits import queries
from app.visits.events import VisitRecorded
from app.visits.models import Visit, VisitPartner, VisitRecord
from app.visits.queries.visible import partners_of, seats, shut_out
from app.visits.rules import Band, Need, Purpose, VisitState
from app.visits.rules.record import Said, next_step, problems
from app.visits.rules.states import Verb, next_state
from app.visits.rules.windows import band_of
from app.visits.service import follow_up
from app.visits.service.answers import facts
from app.visits.service.rounds import current


class VisitIdTaken(Conflict):
    code = "visit_id_taken"
    title = "这次走访的编号已经用过了，请刷新后再记。"


@dataclass(frozen=True, kw_only=True)
class Report:
    """What was said of a visit and what comes with it. `with_ids` None leaves who was planned."""

    said: Said
    with_ids: tuple[UUID, ...] | None = None
    device_time: datetime | None = None
    ticket: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Recorded:
    """A visit that is done, and what came out of it."""

    visit: Visit
    ticket: Ticket | None
    follow_up: Visit | None


def record(
    session: Session, actor: Actor, visit_id: UUID, version: int, report: Report
) -> Recorded:
    """Record a planned visit. That it is done already is said before that the version is old."""
    visit = queries.get(session, actor, visit_id)
    partners = partners_of(session, [visit.id])[visit.id]
    after = next_state(visit.state, Verb.RECORD, seats(visit, partners, actor))
    current(visit, version)
    _check(session, visit, report)
    visit.state = after
    visit.on = report.said.on  # the day it really was, so that the day's list is right
    return _write(session, actor, visit, report)


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
    visit = Visit(
        community_id=household.community_id,
        household_id=household.id,
        person_id=actor.id,
        purpose=purpose,
        state=VisitState.DONE,
        on=report.said.on,
        attempt=1,
        created_at=clock.now(),
    )
    if visit_id:
        visit.id = visit_id
    _check(session, visit, report)
    session.add(visit)
    session.flush()
    return _write(session, actor, visit, report)


def _check(session: Session, visit: Visit, report: Report) -> None:
    errors = problems(report.said, clock.today())
    if report.with_ids and not _may_go_along(session, visit, report.with_ids):
        errors["with_ids"] = ["同行的人要是本社区三支队伍里的人。"]
    if errors:
        raise Invalid(errors=errors)


def _may_go_along(session: Session, visit: Visit, with_ids: Iterable[UUID]) -> bool:
    """Who went along reads the record: only people of the teams, nobody of a property company."""
    people = set(with_ids)
    return people <= rosters.team_people(session, visit.community_id) and not (
        rosters.people_of_property(session, people)
    )


def _write(session: Session, actor: Actor, visit: Visit, report: Report) -> Recorded:
    if report.with_ids is not None:
        _keep_partners(session, visit, report.with_ids)
    ticket = _open_ticket(session, actor, visit, report.ticket)
    written = _record(actor, visit, report, ticket)
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
    further = follow_up.after(session, actor, visit, written, report.said)
    return Recorded(visit, ticket, further)


def _record(actor: Actor, visit: Visit, report: Report, ticket: Ticket | None) -> VisitRecord:
    said = report.said
    return VisitRecord(
        visit_id=visit.id,
        household_id=visit.household_id,
        on=said.on,
        slot=said.slot or _slot_of(visit),
        method=said.method,
        outcome=said.outcome,
        needs=sorted({need.value for need in said.needs}),
        note=said.note or None,
        note_agreed=bool(said.note) and said.note_agreed,
        next_step=next_step(said, visit.attempt),
        ticket_id=ticket.id if ticket else None,
        recorded_by=actor.id,
        device_time=report.device_time,
        received_at=clock.now(),
    )


def _slot_of(visit: Visit) -> Band:
    """The planned window's part of the day; the device's clock never decides anything."""
    return band_of(visit.window_from or clock.local_now().time())


def _keep_partners(session: Session, visit: Visit, with_ids: Iterable[UUID]) -> None:
    planned = session.scalars(select(VisitPartner).where(VisitPartner.visit_id == visit.id))
    before = {row.person_id: row for row in planned}
    after = set(with_ids) - {visit.person_id}
    for person_id in before.keys() - after:
        session.delete(before[person_id])
    for person_id in sorted(after - before.keys()):
        session.add(VisitPartner(visit_id=visit.id, person_id=person_id))
    session.flush()


def _open_ticket(
    session: Session, actor: Actor, visit: Visit, said: Mapping[str, Any] | None
) -> Ticket | None:
    """What was heard becomes a ticket in the same step, about the unit or about the household."""
    if said is None:
        return None
    household = session.get_one(Household, visit.household_id)
    report: Heard = {
        "id": said.get("id"),
        "category": said["category"],
        "text": said["text"],
        "place_id": household.unit_id,
        "household_id": None if said["public_area"] else household.id,
        "public_area": said["public_area"],
        "agreed_by": said.get("agreed_by"),
        "spot": said.get("spot"),
        "media": said.get("media") or [],
    }
    try:
        return open_ticket(session, actor, **report)
    except Invalid as wrong:
        errors = {f"ticket.{field}": said for field, said in wrong.errors.items()}
        raise Invalid(errors=errors) from wrong
