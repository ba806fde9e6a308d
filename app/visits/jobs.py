"""Daily duties of visits: notes are kept 180 days, and a round ends with its last date."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from app.core import duties
from app.core.events import publish
from app.visits.events import NoteBlanked, RoundEnded, VisitLapsed
from app.visits.models import Round, Visit, VisitRecord
from app.visits.rules import RoundState, VisitState
from app.visits.rules.record import NOTE_KEPT_DAYS
from app.visits.rules.states import RoundVerb, next_round_state
from app.visits.service.answers import facts as visit_facts
from app.visits.service.rounds import facts


@duties.daily("visits.blank_notes")
def blank_notes(session: Session, day: date) -> None:
    """Remove the notes of records older than 180 days; the records stay."""
    old = session.scalars(
        select(VisitRecord).where(
            VisitRecord.note.is_not(None),
            VisitRecord.on < day - timedelta(days=NOTE_KEPT_DAYS),
        )
    )
    for record in old.all():
        record.note = None
        publish(session, NoteBlanked(subject_id=record.visit_id, actor_id=None))


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
