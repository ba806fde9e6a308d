"""What is owed beside the cadence: a look at stoves and wires before winter, new neighbours."""

from datetime import timedelta

from sqlalchemy.orm import Session

from app.core import clock
from app.demo.people import Crowd
from app.demo.places import Town
from app.places.rules import CareLevel, VisitWish
from app.visits.rules import Purpose
from app.visits.service import owed

NEW_RESIDENTS = 2


def build(session: Session, town: Town, crowd: Crowd) -> None:
    """An occasion of the next weeks, and two doors with somebody new behind them."""
    clerk, today = crowd.actor(session, crowd.people["王干事"]), clock.today()
    wanted = owed.Wanted(
        title="过冬前用火用电看一遍",
        purpose=Purpose.SAFETY,
        care_levels=(CareLevel.HIGH, CareLevel.FOCUS),
        starts_on=today - timedelta(days=3),
        ends_on=today + timedelta(days=25),
    )
    owed.add(session, clerk, town.community.id, wanted)
    quiet = [home for home in town.households if home["wish"] is VisitWish.ANY]
    for home in quiet[-NEW_RESIDENTS:]:
        owed.ask(session, clerk, home["id"], Purpose.NEW_RESIDENTS)
