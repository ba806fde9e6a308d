"""Regular visits wait while a community answers an emergency. Afterwards they are asked anew, or,
if it was called off as a mistake, stand as they stood. A visit that waits is overdue for nobody."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.events import publish
from app.places.models import Household
from app.places.rules import VisitWish
from app.visits.events_aside import VisitsAskedAnew, VisitsBroughtBack, VisitsSetAside
from app.visits.models import Visit, VisitRecord
from app.visits.models_aside import VisitSetAside
from app.visits.queries.visible import partners_of
from app.visits.rules import Outcome, VisitState
from app.visits.rules.aside import SAID, anew_on, is_put_off
from app.visits.rules.cadence import level_on
from app.visits.rules.states import OPEN


def waiting(
    session: Session, doors: ColumnElement[bool], first: date, last: date
) -> Sequence[Visit]:
    """The open visits at these doors, from `first` through `last`, that an emergency puts off."""
    rows = session.execute(
        select(Visit, Household.care_level, Household.care_confirmed_on)
        .join(Household, Household.id == Visit.household_id)
        .where(doors, Visit.state.in_(OPEN), Visit.on >= first, Visit.on <= last)
        .order_by(Visit.id)
    )
    today = clock.today()
    return [
        visit
        for visit, level, confirmed_on in rows
        if is_put_off(visit.purpose, level_on(level, confirmed_on, today))
    ]


def set_aside(session: Session, actor_id: UUID, cause_id: UUID, visits: Sequence[Visit]) -> None:
    """Set these open visits aside; whoever would have gone is told once."""
    if not visits:
        return
    session.add_all(
        VisitSetAside(visit_id=visit.id, cause_id=cause_id, was=visit.state) for visit in visits
    )
    for visit in visits:
        visit.state, visit.answer_reason = VisitState.CANCELLED, SAID
    session.flush()
    publish(session, VisitsSetAside(**_facts(session, actor_id, cause_id, visits)))


def ask_anew(session: Session, actor_id: UUID, cause_id: UUID, since: datetime) -> int:
    """Ask the same people to the same doors once more, on a day after today; not where somebody was
    met since the call, or is asked already. How many were asked."""
    kept = _kept(session, cause_id)
    settled = _settled(session, cause_id, since)
    asked = [visit for _, visit in kept if visit.household_id not in settled]
    for visit in asked:
        visit.on = anew_on(visit.on, clock.today())
        visit.state, visit.answer_reason = VisitState.PROPOSED, None
    session.flush()
    if kept:
        said = _facts(session, actor_id, cause_id, asked)
        publish(session, VisitsAskedAnew(**said, dropped=len(kept) - len(asked)))
    return len(asked)


def bring_back(session: Session, actor_id: UUID, cause_id: UUID, since: datetime) -> int:
    """Have every visit that was set aside stand as it stood; one whose day has passed meanwhile is
    asked anew. How many came back."""
    kept = _kept(session, cause_id)
    settled = _settled(session, cause_id, since)
    back = [(aside, visit) for aside, visit in kept if visit.household_id not in settled]
    for aside, visit in back:
        passed = visit.on < clock.today()
        visit.state, visit.answer_reason = VisitState.PROPOSED if passed else aside.was, None
        visit.on = anew_on(visit.on, clock.today()) if passed else visit.on
    session.flush()
    if back:
        visits = [visit for _, visit in back]
        publish(session, VisitsBroughtBack(**_facts(session, actor_id, cause_id, visits)))
    return len(back)


def _kept(session: Session, cause_id: UUID) -> Sequence[tuple[VisitSetAside, Visit]]:
    rows = session.execute(
        select(VisitSetAside, Visit)
        .join(Visit, Visit.id == VisitSetAside.visit_id)
        .where(VisitSetAside.cause_id == cause_id, Visit.state == VisitState.CANCELLED)
        .order_by(Visit.id)
    )
    return [(aside, visit) for aside, visit in rows]


def _doors(cause_id: UUID) -> Select[UUID]:
    return (
        select(Visit.household_id)
        .join(VisitSetAside, VisitSetAside.visit_id == Visit.id)
        .where(VisitSetAside.cause_id == cause_id)
    )


def _settled(session: Session, cause_id: UUID, since: datetime) -> frozenset[UUID]:
    """The doors at which somebody was met since, to which somebody is asked by now, or whose
    residents wish for no visits any more."""
    of_cause = select(VisitSetAside.visit_id).where(VisitSetAside.cause_id == cause_id)
    latest = select(Visit.household_id).where(
        Visit.household_id.in_(_doors(cause_id)), Visit.state.in_(OPEN), Visit.id.not_in(of_cause)
    )
    met = select(VisitRecord.household_id).where(
        VisitRecord.household_id.in_(_doors(cause_id)),
        VisitRecord.outcome != Outcome.NOT_HOME,
        VisitRecord.received_at >= since,
    )
    unwished = select(Household.id).where(
        Household.id.in_(_doors(cause_id)), Household.wish == VisitWish.NO_MORE_VISITS
    )
    return frozenset(door for found in (latest, met, unwished) for door in session.scalars(found))


def _facts(
    session: Session, actor_id: UUID, cause_id: UUID, visits: Sequence[Visit]
) -> dict[str, Any]:
    """The fields of `AsideEvent`."""
    along = partners_of(session, [visit.id for visit in visits])
    people = {visit.person_id for visit in visits}.union(*along.values())
    return {
        "subject_id": cause_id,
        "actor_id": actor_id,
        "people": frozenset(people),
        "count": len(visits),
    }
