"""Daily duties of visits: notes and strays are kept 180 days, a round ends with its last date."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from app.core import clock, duties
from app.core.events import publish
from app.visits.events import NoteBlanked, RoundEnded, StrayForgotten, StrayNoteBlanked, VisitLapsed
from app.visits.models import Round, Visit, VisitAccount, VisitRecord, VisitStray
from app.visits.rules import RoundState, StrayState, VisitState
from app.visits.rules.record import NOTE_KEPT_DAYS
from app.visits.rules.states import RoundVerb, next_round_state
from app.visits.rules.strays import KEPT_DAYS
from app.visits.service.answers import facts as visit_facts
from app.visits.service.rounds import facts
from app.visits.service.strays import facts as stray_facts

Noted = TypeVar("Noted", VisitRecord, VisitAccount)


@duties.daily("visits.blank_notes")
def blank_notes(session: Session, day: date) -> None:
    """Remove the notes of visits made more than 180 days ago: of records, of the accounts beside
    them, of strays that are settled. What else was said stays."""
    before = day - timedelta(days=NOTE_KEPT_DAYS)
    _blank(session, VisitRecord, before)
    _blank(session, VisitAccount, before)
    settled = select(VisitStray).where(
        VisitStray.note.is_not(None),
        VisitStray.on < before,
        VisitStray.state != StrayState.WAITING,
    )
    for stray in session.scalars(settled).all():
        stray.note = None
        publish(session, StrayNoteBlanked(**stray_facts(stray, None)))


def _blank(session: Session, of: type[Noted], before: date) -> None:
    for told in session.scalars(select(of).where(of.note.is_not(None), of.on < before)).all():
        told.note = None
        publish(session, NoteBlanked(subject_id=told.visit_id, actor_id=None))


@duties.daily("visits.forget_strays")
def forget_strays(session: Session, day: date) -> None:
    """Strays go 180 days after they came, settled or not: what was entered is a record."""
    before = datetime.combine(day - timedelta(days=KEPT_DAYS), time(), clock.LOCAL)
    for stray in session.scalars(select(VisitStray).where(VisitStray.received_at < before)).all():
        publish(session, StrayForgotten(**stray_facts(stray, None)))
        session.delete(stray)


@duties.daily("visits.end_rounds")
def end_rounds(session: Session, day: date) -> None:
    """End the rounds whose last date has passed, and let their proposals lapse. What was accepted
    stays open."""
    past = session.scalars(
        select(Round).where(Round.state == RoundState.PUBLISHED, Round.ends_on < day)
    )
    for round_ in past.all():
        round_.state = next_round_state(round_.state, RoundVerb.END)
        lapsed = _lapse(session, day, Visit.round_id == round_.id)
        publish(session, RoundEnded(**facts(round_, None), lapsed=len(lapsed)))


@duties.daily("visits.lapse_proposals")
def lapse_proposals(session: Session, day: date) -> None:
    """Let go of proposals for days gone by that no running round carries: second tries."""
    running = select(Round.id).where(Round.state == RoundState.PUBLISHED)
    adrift = or_(Visit.round_id.is_(None), Visit.round_id.not_in(running))
    for visit in _lapse(session, day, adrift):
        publish(session, VisitLapsed(**visit_facts(visit, None)))


def _lapse(session: Session, day: date, which: ColumnElement[bool]) -> Sequence[Visit]:
    """Proposals nobody accepted go quietly: they were never overdue, and count against nobody."""
    lapsed = session.scalars(
        select(Visit).where(which, Visit.state == VisitState.PROPOSED, Visit.on < day)
    ).all()
    for visit in lapsed:
        visit.state = VisitState.CANCELLED
    session.flush()
    return lapsed
