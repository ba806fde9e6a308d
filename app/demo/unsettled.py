"""What waits for a leader's word: two visitors who remember one visit differently, and a record
that came when its visit had been called off."""

from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.demo.people import Crowd
from app.identity.models import Person
from app.teams.models import TeamMember
from app.visits.models import Visit, VisitPartner
from app.visits.rules import Method, Need, Outcome, Purpose, VisitState
from app.visits.rules.record import Said
from app.visits.service import records, strays
from app.visits.service.reports import Report

WINDOW = time(18, 30), time(20, 30)


def build(
    session: Session, crowd: Crowd, differing: dict[str, Any], astray: dict[str, Any]
) -> None:
    """One visit of yesterday that two tell differently, and one that came too late."""
    chen, li = crowd.people["陈师傅"], crowd.people["李姐"]
    visit = _asked(session, differing, chen, VisitState.ACCEPTED)
    session.add(VisitPartner(visit_id=visit.id, person_id=li.id))
    session.flush()
    _record(session, crowd, visit, chen, _said(Outcome.OK))
    _record(session, crowd, visit, li, _said(Outcome.NOT_HOME))
    other = _another(session, crowd, chen)
    over = _asked(session, astray, other, VisitState.CANCELLED)
    refused = strays.Refused(
        visit_id=over.id,
        household_id=None,
        code="visit_is_over",
        purpose=None,
        report=Report(said=_said(Outcome.OK, needs=(Need.ERRAND,))),
    )
    strays.hand_in(session, crowd.actor(session, other), refused)


def _another(session: Session, crowd: Crowd, chen: Person) -> Person:
    """Somebody else of Chen's team."""
    of_team = select(TeamMember.person_id).where(TeamMember.team_id == crowd.flags.id)
    others = select(Person).where(Person.id.in_(of_team), Person.id != chen.id)
    return session.scalars(others.order_by(Person.id)).first() or chen


def _asked(session: Session, home: dict[str, Any], who: Person, state: VisitState) -> Visit:
    day = clock.today() - timedelta(days=1)
    made = Visit(
        community_id=home["community_id"],
        household_id=home["id"],
        person_id=who.id,
        purpose=Purpose.ROUTINE,
        state=state,
        on=day,
        window_from=WINDOW[0],
        window_to=WINDOW[1],
        created_at=datetime.combine(day - timedelta(days=2), time(12), tzinfo=clock.LOCAL),
    )
    session.add(made)
    session.flush()
    return made


def _said(outcome: Outcome, **more: Any) -> Said:
    yesterday = clock.today() - timedelta(days=1)
    return Said(on=yesterday, method=Method.DOOR, outcome=outcome, **more)


def _record(session: Session, crowd: Crowd, visit: Visit, who: Person, said: Said) -> None:
    actor = crowd.actor(session, who)
    records.record(session, actor, visit.id, visit.version, Report(said=said))
    session.flush()
