"""Rows of service hours."""

from typing import Any

from sqlalchemy.orm import Session

from app.core import clock
from app.core.db import uuid7
from app.hours.models import ServiceHours
from app.hours.rules import HoursState, Kind
from app.identity.models import Person
from tests.factories import identity
from tests.hours.conftest import Known


def hours(session: Session, known: Known, who: Person, **given: Any) -> ServiceHours:
    """An evening of visits that nobody has confirmed yet."""
    row = ServiceHours(
        **{
            "id": uuid7(),
            "community_id": known.scene.community.id,
            "team_id": known.scene.team.id,
            "person_id": who.id,
            "on": clock.today(),
            "kind": Kind.VISIT,
            "minutes": 100,
            "counted": 100,
            "state": HoursState.WAITING,
            "created_at": clock.now(),
        }
        | given
    )
    identity.stored(session, row)
    return row
