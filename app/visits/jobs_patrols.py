"""Daily duties of patrols: the coming week is asked for, and what nobody walked lapses."""

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import duties
from app.core.events import publish
from app.visits.events_patrols import PatrolLapsed
from app.visits.models_patrols import Patrol, PatrolRoute
from app.visits.rules.patrols import PatrolState
from app.visits.rules.record import LATE_BY_DAYS
from app.visits.service.patrols import facts, propose


@duties.daily("visits.propose_patrols")
def propose_patrols(session: Session, day: date) -> None:
    """Ask for the coming week of every route that is walked."""
    for route in session.scalars(
        select(PatrolRoute).where(PatrolRoute.ended.is_(False)).order_by(PatrolRoute.id)
    ).all():
        propose(session, None, route, day)


@duties.daily("visits.lapse_patrols")
def lapse_patrols(session: Session, day: date) -> None:
    """Let go of patrols that can be ended no more: that nobody went is counted against nobody."""
    before = day - timedelta(days=LATE_BY_DAYS)
    for patrol in session.scalars(
        select(Patrol).where(Patrol.state == PatrolState.OPEN, Patrol.on < before)
    ).all():
        patrol.state = PatrolState.CANCELLED
        session.flush()
        publish(session, PatrolLapsed(**facts(patrol, None)))
