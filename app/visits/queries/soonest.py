"""Which doors can be owed anything by a date, without working out what: one SELECT says how many
by when, one says which. What is really due there is due then, or later.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, true, tuple_
from sqlalchemy.orm import Session
from sqlalchemy.sql.selectable import Subquery

from app.core import clock
from app.places.models import Household
from app.places.rules import CareLevel
from app.visits.models import VisitRecord
from app.visits.models_owing import StopAsked
from app.visits.queries.owing import Doors
from app.visits.rules.cadence import FULL_RESULTS, first_due
from app.visits.rules.owing import Asked
from app.visits.rules.windows import CADENCE_DAYS

# A month has 28 days at least.
AT_LEAST: dict[CareLevel, timedelta] = {
    level: timedelta(days=28 if level is CareLevel.FOCUS else days)
    for level, days in CADENCE_DAYS.items()
}


Turn = tuple[UUID, date]  # the unit of a door that was never called at, and since when it is known


@dataclass(frozen=True)
class Some:
    """So many doors can be owed something from this date on; `turn` where nobody ever called."""

    day: date
    doors: int
    turn: Turn | None = None


def soonest(session: Session, doors: Doors, turns: Mapping[UUID, tuple[int, int]]) -> list[Some]:
    """How many of these doors can be owed something by their cadence, from which dates on, the
    earliest first. `turns` are those of the units."""
    called = _called(doors)
    unit = case((called.c.last.is_(None), Household.unit_id))
    known = case((called.c.last.is_(None), _known()))
    by = (Household.care_level, called.c.last, unit, known)
    rows = session.execute(
        select(*by, func.count())
        .select_from(Household)
        .outerjoin(called, called.c.door == Household.id)
        .where(Household.id.in_(doors))
        .group_by(*by)
    )
    found = [
        Some(last + AT_LEAST[level], count)
        if last
        else Some(_first(level, since, turns[unit_id]), count, (unit_id, since))
        for level, last, unit_id, since, count in rows
    ]
    return sorted(found, key=lambda some: some.day)


def _first(level: CareLevel, since: date, turn: tuple[int, int]) -> date:
    """By when a door is called at for the first time: by its level, or once that has lapsed."""
    return min(first_due(one, since, *turn) for one in (level, CareLevel.GENERAL))


def by_then(session: Session, doors: Doors, day: date, turns: Collection[Turn]) -> list[UUID]:
    """Those of these doors that can be owed something by their cadence by this date, and those of
    which somebody has asked for a stop. `turns` are those that have come by then."""
    called = _called(doors)
    due = [
        and_(Household.care_level == level, called.c.last <= day - days)
        for level, days in AT_LEAST.items()
    ]
    own = select(StopAsked.household_id).where(StopAsked.withdrawn_at.is_(None))
    first = tuple_(Household.unit_id, _known()).in_(turns)
    fits: ColumnElement[bool] = or_(
        *due, and_(called.c.last.is_(None), first), Household.id.in_(own)
    )
    wanted: Select[UUID] = (
        select(Household.id)
        .outerjoin(called, called.c.door == Household.id)
        .where(Household.id.in_(doors), fits)
    )
    return list(session.scalars(wanted))


def asked_for(session: Session, doors: Doors, asked: Collection[Asked]) -> list[UUID]:
    """Those of these doors that may be asked for by a round or an occasion."""
    if not asked:
        return []
    fits = or_(*(_may_be_meant(one) for one in asked))
    return list(session.scalars(select(Household.id).where(Household.id.in_(doors), fits)))


def _may_be_meant(one: Asked) -> ColumnElement[bool]:
    """As `Asked.includes` has it. A level that has lapsed counts as `general`."""
    named = Household.id.in_(one.doors)
    if one.doors and not one.levels and not one.buildings:
        return named
    level: ColumnElement[bool] = true()
    building: ColumnElement[bool] = true()
    if one.levels and CareLevel.GENERAL not in one.levels:
        level = Household.care_level.in_(one.levels)
    if one.buildings:
        building = Household.building_id.in_(one.buildings)
    return or_(named, and_(level, building))


def _called(doors: Doors) -> Subquery:
    """When each of these doors gave a full result last."""
    return (
        select(VisitRecord.household_id.label("door"), func.max(VisitRecord.on).label("last"))
        .where(VisitRecord.household_id.in_(doors), VisitRecord.outcome.in_(sorted(FULL_RESULTS)))
        .group_by(VisitRecord.household_id)
        .subquery()
    )


def _known() -> ColumnElement[date]:
    return func.coalesce(Household.known_since, clock.today())
