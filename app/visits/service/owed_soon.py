"""What is owed, as far as one page of it needs: a whole community is long, and its page is short.

Doors are looked at in the order in which they can be due at the earliest. No door further on has a
line before the date up to which all was looked at.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import accumulate
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.places.models import Household
from app.visits.queries import asked, owing, soonest
from app.visits.queries.owing import Doors
from app.visits.queries.soonest import Some
from app.visits.rules.owing import Asked, Period
from app.visits.service import owed_list
from app.visits.service.owed_list import Line

MORE = 4  # times as many doors, where those before did not fill the page
WORTH = 0.5  # of all doors; beyond that all are looked at in one go


def growing(
    session: Session, community_id: UUID, doors: Doors, period: Period, enough: int | None
) -> Iterator[list[Line]]:
    """The soonest lines, more each time, with none left out before the last of them; then all.
    `enough` is with how many doors to begin; None: all at once."""
    if enough is not None:
        yield from _soonest(session, community_id, (doors, enough), period)
    yield everything(session, community_id, doors, period)


def everything(session: Session, community_id: UUID, doors: Doors, period: Period) -> list[Line]:
    """Every stop that is owed to these doors. Most doors of a community are owed nothing in a
    month: which can be at all, a SELECT says."""
    if period.last < period.first:
        return []
    some = soonest.soonest(session, doors, owing.turns(session, community_id))
    turns = {one.turn for one in some if one.turn and one.day <= period.last}
    can = {
        *soonest.by_then(session, doors, period.last, sorted(turns)),
        *soonest.asked_for(session, doors, _shared(session, community_id, period)),
    }
    if len(can) <= WORTH * sum(one.doors for one in some):
        doors = select(Household.id).where(Household.id.in_(sorted(can)))
    return owed_list.lines(session, community_id, doors, period)


def _shared(session: Session, community_id: UUID, period: Period) -> list[Asked]:
    return [
        *asked.rounds_running(session, community_id, period.first, period.last),
        *asked.occasions(session, community_id, period.first, period.last),
    ]


def _soonest(
    session: Session, community_id: UUID, of: tuple[Doors, int], period: Period
) -> Iterator[list[Line]]:
    doors, enough = of
    shared = _shared(session, community_id, period)
    before = min([period.last, *(one.last for one in shared)])
    found: list[Line] = []
    known: set[UUID] = set()
    some = soonest.soonest(session, doors, owing.turns(session, community_id))
    for day in horizons(some, enough, before):
        turns = {one.turn for one in some if one.turn and one.day <= day}
        new = set(soonest.by_then(session, doors, day, sorted(turns))) - known
        those = select(Household.id).where(Household.id.in_(sorted(new)))
        found += owed_list.lines(session, community_id, those, period)
        known |= new
        yield [line for line in found if line.stop.due <= day]


def horizons(some: Sequence[Some], enough: int, before: date) -> Iterator[date]:
    """The dates up to which to look, one after the other, all before a date: each takes in several
    times as many doors as the last."""
    sums = list(accumulate(one.doors for one in some))
    latest = before - timedelta(days=1)
    for one, doors in zip(some, sums, strict=True):
        if one.day > latest or doors > WORTH * sums[-1]:
            return
        if doors >= enough:
            yield one.day
            enough = doors * MORE
