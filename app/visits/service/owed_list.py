"""What is owed, as the office reads it: stop by stop, by grid and building, and at one door. What
is overdue is the place's; it is told of nobody."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.places.models import Household
from app.places.rules import CareLevel, VisitWish
from app.teams import callers
from app.visits.planner.shapes import Why
from app.visits.queries import owing as queries
from app.visits.queries.owing import Doors
from app.visits.rules import Purpose
from app.visits.rules.merging import Together, settled_by
from app.visits.rules.owing import Period
from app.visits.rules.states import OPEN
from app.visits.service import owing
from app.visits.service.owing import Standing

AHEAD = timedelta(days=200)  # a door is called at twice a year, so its next visit lies within


@dataclass(frozen=True)
class Line:
    """One stop that is owed: when somebody comes anyway, and why nobody can be sent."""

    door: Standing
    stop: Together
    coming: date | None
    stuck: Why | None

    @property
    def overdue(self) -> bool:
        return self.coming is None and self.stop.due < clock.today()

    @property
    def rank(self) -> tuple[str, str, str]:
        """Soonest first, then as one walks."""
        return self.stop.due.isoformat(), self.door.row.walk_order, self.stop.key


@dataclass(frozen=True, kw_only=True)
class Narrow:
    """Which lines are asked for; None for all."""

    care_level: CareLevel | None = None
    purpose: Purpose | None = None
    show: str | None = None


SHOWN: dict[str, Callable[[Line], bool]] = {
    "overdue": lambda line: line.overdue,
    "stuck": lambda line: line.stuck is not None,
    "coming": lambda line: line.coming is not None,
    "open": lambda line: line.coming is None and line.stuck is None,
}


def month_of(first: date) -> Period:
    """What is left of a month; of one that is over, nothing."""
    last = (first.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    return Period(max(first.replace(day=1), clock.today()), last)


def doors_in(
    community_id: UUID, grid_id: UUID | None = None, building_id: UUID | None = None
) -> Doors:
    """The doors of a community, or of one of its grids or buildings."""
    doors = select(Household.id).where(Household.community_id == community_id)
    if grid_id is not None:
        doors = doors.where(Household.grid_id == grid_id)
    if building_id is not None:
        doors = doors.where(Household.building_id == building_id)
    return doors


def lines(session: Session, community_id: UUID, doors: Doors, period: Period) -> list[Line]:
    """Every stop that is owed to these doors; in a month that is over, none."""
    if period.last < period.first:
        return []
    standing = [one for one in owing.standing_of(session, community_id, doors, period) if one.stops]
    known = callers.callers(session, community_id, period.first, period.last)
    paired = callers.paired_in(session, community_id, period.first, period.last)
    near = owing.near(paired, standing, known)
    days: dict[UUID, list[date]] = defaultdict(list)
    for visit in queries.visit_rows(session, doors, (), period.first, period.last):
        if visit.state in OPEN:
            days[visit.household_id].append(visit.on)
    return [
        line
        for door in standing
        for line in _of_door(door, len(near[door.row.id]), days[door.row.id])
    ]


def narrowed(found: Iterable[Line], to: Narrow) -> list[Line]:
    """Those that are asked for."""
    fits = SHOWN[to.show] if to.show else None
    return [
        line
        for line in found
        if (fits is None or fits(line))
        and to.care_level in (None, line.door.facts.level)
        and (to.purpose is None or to.purpose in line.stop.purposes)
    ]


def stuck(wish: VisitWish, people: int) -> Why | None:
    """Why nobody can be sent to a door, whatever the day. A telephone call needs only one."""
    if wish is VisitWish.NO_MORE_VISITS:
        return Why.NO_MORE_VISITS
    if people == 0:
        return Why.NOBODY
    return Why.NO_PARTNER if people == 1 and wish is not VisitWish.PHONE_ONLY else None


def _of_door(door: Standing, people: int, days: list[date]) -> list[Line]:
    keys = settled_by(door.stops, days)
    coming = {key: day for key, day in zip(keys, days, strict=True) if key is not None}
    why = stuck(door.row.wish, people)
    return [Line(door, stop, coming.get(stop.key), why) for stop in door.stops]
