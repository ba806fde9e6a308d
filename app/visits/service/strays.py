"""Records that the server refused because the assignment had gone away: handed to the leader, who
enters them for their sender or drops them with a reason. Nothing that was heard is lost."""

import json
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app.core import clock
from app.core.errors import CATALOGUE, Invalid, Refusal
from app.core.events import publish
from app.identity.actor import Actor
from app.visits.events import StrayDropped, StrayEntered, StrayHandedIn
from app.visits.models import Visit, VisitStray
from app.visits.queries import strays as queries
from app.visits.queries.visible import partners_of
from app.visits.rules import Purpose, StrayState
from app.visits.rules.record import note_problem, problems
from app.visits.service import records
from app.visits.service.reports import Report, from_kept, kept


class StraySettled(Refusal):
    status, code = 409, "stray_settled"
    title = "这条补记已经处理过了，请刷新后再看。"


@dataclass(frozen=True, kw_only=True)
class Refused:
    """What a phone hands in: the report, where it was, and why it was not taken."""

    visit_id: UUID | None
    household_id: UUID | None
    code: str
    purpose: Purpose | None
    report: Report


def hand_in(session: Session, actor: Actor, refused: Refused) -> VisitStray:
    """Keep a refused record for the leader. The same one again is the one that is here already.
    A note to which the household had not agreed is not kept."""
    household, visit = queries.door_of(session, actor, refused.visit_id, refused.household_id)
    note = _note(refused.report)
    if refused.code not in CATALOGUE:
        raise Invalid(errors={"code": ["没有这种退回的原因，请更新后再交。"]})
    purpose = visit.purpose if visit else refused.purpose
    said = kept(refused.report) | {"purpose": purpose.value if purpose else None}
    digest = _digest(refused, said, note)
    before = queries.known(session, actor.id, digest)
    if before:
        return before
    stray = VisitStray(
        community_id=household.community_id,
        household_id=household.id,
        visit_id=visit.id if visit else None,
        person_id=actor.id,
        code=refused.code,
        on=refused.report.said.on,
        said=said,
        note=note,
        digest=digest,
        received_at=clock.now(),
        state=StrayState.WAITING,
    )
    session.add(stray)
    session.flush()
    publish(session, StrayHandedIn(**facts(stray, actor.id), code=stray.code))
    return stray


def enter(session: Session, actor: Actor, stray_id: UUID) -> VisitStray:
    """Make it a record of its sender: of the visit, if that is still open, else of one that nobody
    had planned. It is judged as on the day on which it was handed in."""
    stray = _waiting(session, actor, stray_id)
    report = from_kept(stray.said, stray.note)
    if errors := problems(report.said, stray.received_at.astimezone(clock.LOCAL).date()):
        raise Invalid(errors=errors)
    visit = _visit(session, stray)
    company = _company(session, visit, stray, report)
    records.write(
        session,
        actor,
        visit,
        replace(report, with_ids=company),
        by=stray.person_id,
        again=bool(records.along(session, visit, [visit.person_id])),
    )
    stray.visit_id = visit.id
    _settle(session, actor, stray, StrayState.ENTERED)
    publish(session, StrayEntered(**facts(stray, actor.id), visit_id=visit.id))
    return stray


def drop(session: Session, actor: Actor, stray_id: UUID, reason: str) -> VisitStray:
    """It becomes no record; the sender reads why."""
    stray = _waiting(session, actor, stray_id)
    stray.drop_reason = reason
    _settle(session, actor, stray, StrayState.DROPPED)
    publish(session, StrayDropped(**facts(stray, actor.id)))
    return stray


def facts(stray: VisitStray, actor_id: UUID | None) -> dict[str, Any]:
    """What every event of a stray says."""
    return {
        "subject_id": stray.id,
        "actor_id": actor_id,
        "community_id": stray.community_id,
        "household_id": stray.household_id,
        "person_id": stray.person_id,
    }


def _waiting(session: Session, actor: Actor, stray_id: UUID) -> VisitStray:
    stray = queries.to_settle(session, actor, stray_id)
    if stray.state is not StrayState.WAITING:
        raise StraySettled
    return stray


def _settle(session: Session, actor: Actor, stray: VisitStray, state: StrayState) -> None:
    stray.state = state
    stray.settled_by = actor.id
    session.flush()


def _visit(session: Session, stray: VisitStray) -> Visit:
    """The visit that the stray is now the record of."""
    asked = session.get(Visit, stray.visit_id, with_for_update=True) if stray.visit_id else None
    purpose = Purpose(stray.said["purpose"] or Purpose.ROUTINE)
    at = (stray.household_id, stray.person_id)
    return records.visit_for(session, asked, at, purpose, stray.on)


def _company(session: Session, visit: Visit, stray: VisitStray, report: Report) -> tuple[UUID, ...]:
    """Who was at the door: those named, as far as they still may be, or who was planned to go;
    and the sender, always."""
    if report.with_ids is None:
        others = frozenset(partners_of(session, [visit.id])[visit.id])
    else:
        others = records.along(session, visit, report.with_ids)
    return tuple(others | {stray.person_id})


def _note(report: Report) -> str | None:
    """The note, if the household agreed to it. Invalid where it says what may not be kept."""
    if not report.said.note_agreed:
        return None
    if problem := note_problem(report.said):
        raise Invalid(errors={"said.note": [problem]})
    return report.said.note


def _digest(refused: Refused, said: dict[str, Any], note: str | None) -> str:
    whole = [str(refused.visit_id), str(refused.household_id), said, note]
    return sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest()
