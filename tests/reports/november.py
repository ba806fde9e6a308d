"""November seen from the tenth of December, and doors that were looked after then."""

from collections import Counter
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy.orm import Session

from app.places.models import Household
from app.places.rules import CareLevel
from app.reports.queries import coverage as queries
from app.reports.rules.coverage import Came
from app.reports.service import coverage
from tests.factories import places
from tests.factories.visits import Scene, done

NOW = datetime(2026, 12, 10, 2, 0, tzinfo=UTC)  # November is over, and settled by rights
MONTH, FIRST = "2026-11", date(2026, 11, 1)


def nov(day: int) -> date:
    return date(2026, 11, day)


def home(session: Session, known: Scene, door: str = "202", **given: Any) -> Household:
    """A door that is looked after monthly and was last seen in the middle of October."""
    usual = {
        "care_level": CareLevel.FOCUS,
        "care_confirmed_on": date(2026, 9, 1),
        "known_since": date(2026, 1, 1),
    }
    made = places.household(session, known.unit, door, **(usual | given))
    if usual["known_since"] == made.known_since:
        done(session, made, known.chen, on=date(2026, 10, 15))
    return made


def came(session: Session, known: Scene, month: str = MONTH) -> Counter[Came]:
    stops = coverage.stops_of(
        session, known.community.id, queries.all_doors(known.community.id), month
    )
    return Counter(stop.came for stop in stops)
