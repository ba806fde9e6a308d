"""Open visits go over with the doors of somebody who hands on, and come back when that is undone.
When a leave ends, what the stand-in was asked to and did not accept is asked of who is back.

Volunteers are asked, not ordered: whatever was accepted before is a proposal to who takes over.
"""

from collections import defaultdict
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select, true
from sqlalchemy.orm import Session

from app.core import clock
from app.core.events import publish
from app.teams import keeping
from app.teams.events_keeping import CareRestored, HandedOver
from app.teams.models_keeping import CareChangeLine
from app.visits.events_handed import VisitsHandedBack, VisitsHandedOver
from app.visits.models import Visit, VisitPartner
from app.visits.models_handed import VisitHandedOver
from app.visits.rules import VisitState
from app.visits.rules.states import OPEN


def hand_on(session: Session, event: HandedOver) -> None:
    """Ask whoever takes over to the open visits of the days of the hand-over."""
    visits = session.scalars(
        select(Visit).where(
            Visit.person_id == event.person_id,
            Visit.community_id == event.community_id,
            Visit.state.in_(OPEN),
            Visit.on >= event.first,
            Visit.on <= event.last if event.last else true(),
        )
    ).all()
    asked: dict[UUID, list[Visit]] = defaultdict(list)
    for visit in visits:
        person = event.doors_to.get(visit.household_id, event.otherwise)
        session.add(
            VisitHandedOver(
                visit_id=visit.id,
                change_id=event.subject_id,
                from_person_id=event.person_id,
                to_person_id=person,
                was=visit.state,
            )
        )
        if along := session.get(VisitPartner, (visit.id, person)):
            session.delete(along)  # who went along goes in their place
        visit.person_id, visit.state = person, VisitState.PROPOSED
        asked[person].append(visit)
    session.flush()
    for person, some in asked.items():
        _ask(session, event, person, [visit.on for visit in some])


def ask_again(session: Session, event: CareRestored) -> None:
    """Somebody is back from leave: what lies ahead at their doors and was not accepted by who stood
    in is theirs to answer. What was accepted stays with who accepted it."""
    back = {
        line.household_id: (line.main_before, line.main_after)
        for line in keeping.lines_of(session, event.subject_id)
    }
    now = keeping.persons_now(session, list(back))
    waiting = select(Visit).where(
        Visit.household_id.in_(
            select(CareChangeLine.household_id).where(CareChangeLine.change_id == event.subject_id)
        ),
        Visit.state == VisitState.PROPOSED,
        Visit.on >= clock.today(),
    )
    asked: dict[UUID, list[date]] = defaultdict(list)
    for visit in session.scalars(waiting.order_by(Visit.on, Visit.id)).all():
        before, after = back[visit.household_id]
        if before is None or now[visit.household_id][0] != before or visit.person_id != after:
            continue
        if along := session.get(VisitPartner, (visit.id, before)):
            session.delete(along)
        visit.person_id = before
        asked[before].append(visit.on)
    session.flush()
    for person, dates in asked.items():
        _ask(session, event, person, dates)


def _ask(
    session: Session, event: HandedOver | CareRestored, person: UUID, dates: list[date]
) -> None:
    publish(
        session,
        VisitsHandedOver(
            subject_id=event.subject_id,
            actor_id=event.actor_id,
            person_id=person,
            count=len(dates),
            first_on=min(dates),
            last_on=max(dates),
        ),
    )


def bring_back(session: Session, change_id: UUID, actor_id: UUID | None) -> None:
    """A hand-over was undone: what is still open with who took over goes back as it stood."""
    rows = session.execute(
        select(VisitHandedOver, Visit)
        .join(Visit, Visit.id == VisitHandedOver.visit_id)
        .where(
            VisitHandedOver.change_id == change_id,
            or_(Visit.state.in_(OPEN), Visit.state == VisitState.TURNED_DOWN),
            Visit.person_id == VisitHandedOver.to_person_id,
        )
    ).all()
    for kept, visit in rows:
        visit.person_id, visit.state = kept.from_person_id, kept.was
        visit.answer_reason = None
    session.flush()
    if rows:
        publish(session, VisitsHandedBack(subject_id=change_id, actor_id=actor_id, count=len(rows)))
