"""A record is set right, or voided: by who wrote it within a day, or by the leader with a reason.

What it said before stays, without its note. What followed from it follows the new words. A ticket
that was opened with it goes its own way, for what was heard is heard.
"""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from app.core import clock
from app.core.errors import Invalid
from app.core.events import publish
from app.identity.actor import Actor
from app.visits import queries
from app.visits.events_records import VisitCorrected, VisitVoided
from app.visits.models import Visit, VisitFormer, VisitRecord
from app.visits.queries.told import may_read_note, words_of
from app.visits.queries.visible import partners_of, settled_by
from app.visits.rules import VisitState
from app.visits.rules.correcting import OthersToldToo, TooLateToCorrect, in_time, reason_problem
from app.visits.rules.record import disagree, spoken
from app.visits.rules.states import Seat, Verb, next_state
from app.visits.service import follow_up
from app.visits.service.answers import facts
from app.visits.service.records import check, keep_partners
from app.visits.service.reports import Report, columns, said_kept
from app.visits.service.rounds import current

LEADS_TO = ("outcome", "next_step", "reschedule_to")


@dataclass(frozen=True)
class Held:
    """A visit that is done, its record, and how the actor is placed towards it."""

    visit: Visit
    record: VisitRecord
    seats: frozenset[Seat]

    @property
    def maker(self) -> bool:
        return Seat.MAKER in self.seats


def correct(
    session: Session,
    actor: Actor,
    at: tuple[UUID, int],
    report: Report,
    reason: str | None,
) -> Visit:
    """Let the record say something else; `at` is the visit and the version that was seen."""
    held = _held(session, actor, at, Verb.CORRECT)
    visit, record = held.visit, held.record
    report = _as_it_may_be(session, actor, held, report)
    check(session, visit, report, record.received_at.astimezone(clock.LOCAL).date())
    _say_why(reason, held)
    was = _keep_former(session, actor, held, reason, voided=False)
    led_to = [getattr(record, name) for name in LEADS_TO]
    new = columns(visit, report, record.recorded_by, None)
    if new["next_step"] != record.next_step:
        follow_up.take_back_wish(session, actor, visit, record)
    for name in ("ticket_id", "received_at", "device_time"):
        del new[name]
    for name, value in new.items():
        setattr(record, name, value)
    visit.on = record.on
    if report.with_ids is not None:
        keep_partners(session, visit, report.with_ids)
    visit.disputed = held.maker and _differs(session, visit)
    flag_modified(visit, "state")  # the card has changed, also where only the record did
    session.flush()
    publish(
        session,
        VisitCorrected(
            **facts(visit, actor.id),
            maker_id=record.recorded_by,
            was=was,
            outcome=record.outcome,
        ),
    )
    if led_to != [getattr(record, name) for name in LEADS_TO]:
        follow_up.mend(session, actor, visit, record)
    return visit


def void(session: Session, actor: Actor, at: tuple[UUID, int], reason: str | None) -> Visit:
    """Take the record out of what counts. A planned visit can be recorded anew; one that nobody
    had planned is called off."""
    held = _held(session, actor, at, Verb.VOID)
    visit, record = held.visit, held.record
    if words_of(session, [visit.id]).accounts:
        raise OthersToldToo
    _say_why(reason, held)
    was = _keep_former(session, actor, held, reason, voided=True)
    follow_up.take_back_wish(session, actor, visit, record)
    follow_up.call_off_further(session, actor, visit)
    session.delete(record)
    planned = visit.window_from is not None
    visit.state = (
        next_state(visit.state, Verb.VOID, held.seats) if planned else VisitState.CANCELLED
    )
    visit.on = max(visit.on, clock.today()) if planned else visit.on
    session.flush()
    publish(session, VisitVoided(**facts(visit, actor.id), maker_id=record.recorded_by, was=was))
    return visit


def _held(session: Session, actor: Actor, at: tuple[UUID, int], verb: Verb) -> Held:
    visit_id, version = at
    visit = queries.get(session, actor, visit_id, lock=True)
    record = session.get(VisitRecord, visit.id)
    wrote = record is not None and record.recorded_by == actor.id
    placed = {
        Seat.MAKER: wrote and record is not None and in_time(record.received_at, clock.now()),
        Seat.LEADER: bool(settled_by(session, actor, [visit.id])),
    }
    seats = frozenset(seat for seat, holds in placed.items() if holds)
    if wrote and not seats:
        raise TooLateToCorrect
    next_state(visit.state, verb, seats)
    return Held(current(visit, version), session.get_one(VisitRecord, visit.id), seats)


def _say_why(reason: str | None, held: Held) -> None:
    if problem := reason_problem(reason, maker=held.maker):
        raise Invalid(errors={"reason": [problem]})


def _as_it_may_be(session: Session, actor: Actor, held: Held, report: Report) -> Report:
    """Where nothing else is said, the time of the day stays; and the note, for who may not read it
    cannot have meant to remove it."""
    visit, record, said = held.visit, held.record, report.said
    said = replace(said, slot=said.slot or record.slot)
    along = partners_of(session, [visit.id])[visit.id]
    if not may_read_note(visit, along, record, actor):
        stays = record.note if spoken(said.method, said.outcome) else None
        said = replace(said, note=stays, note_agreed=stays is not None)
    return replace(report, said=said)


def _keep_former(
    session: Session, actor: Actor, held: Held, reason: str | None, *, voided: bool
) -> dict[str, Any]:
    said = said_kept(held.record)
    former = VisitFormer(
        visit_id=held.visit.id,
        said=said,
        voided=voided,
        reason=reason,
        replaced_by=actor.id,
        replaced_at=clock.now(),
    )
    session.add(former)
    return said


def _differs(session: Session, visit: Visit) -> bool:
    words = words_of(session, [visit.id])
    outcome = words.records[visit.id].outcome
    return any(disagree(outcome, one.outcome) for one in words.accounts.get(visit.id, ()))
