"""Every SELECT of this area: one's own addresses, what a calendar has shown, what is to come."""

from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.calendars.models import CalendarAddress, CalendarEntry
from app.identity.actor import Actor
from app.identity.loading import standing_in
from app.places.models import Household
from app.visits.models import Visit
from app.visits.models_patrols import Patrol, PatrolPerson, PatrolRoute
from app.visits.queries.visible import goes
from app.visits.rules import VisitState
from app.visits.rules.patrols import GOING, PatrolState
from app.visits.rules.states import OPEN


def digest(token: str) -> str:
    """What the database keeps of a secret."""
    return sha256(token.encode()).hexdigest()


def addresses_of(person_id: UUID) -> Select[CalendarAddress]:
    """A person's own addresses."""
    return select(CalendarAddress).where(CalendarAddress.person_id == person_id)


def address_count(session: Session, person_id: UUID) -> int:
    """How many addresses a person has given out."""
    own = addresses_of(person_id).subquery()
    return session.scalar(select(func.count()).select_from(own)) or 0


def owner_of(session: Session, token: str) -> Actor | None:
    """Whose calendar an address opens; None for one that opens nothing, or whose owner has no post
    here any more."""
    person_id = session.scalar(
        select(CalendarAddress.person_id).where(CalendarAddress.digest == digest(token))
    )
    found = standing_in(session, person_id) if person_id else None
    return found if found and found.posts else None


def entries_of(person_id: UUID) -> Select[CalendarEntry]:
    """What a person's calendar has shown."""
    return select(CalendarEntry).where(CalendarEntry.person_id == person_id)


def visits_from(session: Session, person_id: UUID, day: date) -> Sequence[Any]:
    """The visits to which a person goes from a day on: where, when, and what was said to it."""
    return session.execute(
        select(Visit.on, Visit.window_from, Visit.window_to, Visit.state, Household.building_id)
        .join(Household, Household.id == Visit.household_id)
        .where(goes(person_id), Visit.on >= day, Visit.state.in_((*OPEN, VisitState.DONE)))
        .order_by(Visit.id)
    ).all()


def patrols_from(session: Session, person_id: UUID, day: date) -> Sequence[Any]:
    """The patrols to which a person was asked from a day on, but for those they declined."""
    return session.execute(
        select(
            Patrol.id,
            Patrol.on,
            Patrol.window_from,
            Patrol.window_to,
            PatrolPerson.answer,
            PatrolRoute.name,
        )
        .join(PatrolPerson, PatrolPerson.patrol_id == Patrol.id)
        .join(PatrolRoute, PatrolRoute.id == Patrol.route_id)
        .where(
            PatrolPerson.person_id == person_id,
            PatrolPerson.answer.in_(GOING),
            Patrol.on >= day,
            Patrol.state != PatrolState.CANCELLED,
        )
    ).all()
