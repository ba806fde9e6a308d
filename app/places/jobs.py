"""A daily duty of places: a care level that nobody confirmed for a year lapses."""

from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.core.events import publish
from app.places.events import CareLapsed
from app.places.models import Household
from app.places.rules import CareLevel, care_last_kept_from


def lapse_care_levels(session: Session, day: date) -> None:
    """Let the care levels lapse that were confirmed more than a year ago, or never."""
    old = session.scalars(
        select(Household).where(
            Household.care_level != CareLevel.GENERAL,
            or_(
                Household.care_confirmed_on.is_(None),
                Household.care_confirmed_on < care_last_kept_from(day),
            ),
        )
    )
    for household in old.all():
        household.care_level = CareLevel.GENERAL
        household.care_confirmed_on = None
        publish(session, CareLapsed(subject_id=household.id, actor_id=None))
