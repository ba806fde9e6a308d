"""Counts what was owed in a month and what came of it, as far as the month has gone. A whole
community takes as many statements as one door."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from app.core import calendar, clock
from app.places.rules import CareLevel
from app.reports.queries import coverage as queries
from app.reports.queries.coverage import Doors, Result
from app.reports.rules import month_of, span_of
from app.reports.rules.coverage import DUE, Fate, Line, Stop, came_of, lines
from app.teams import callers
from app.visits.planner.shapes import Why
from app.visits.queries import asked as asked_for
from app.visits.queries import owing as doors_queries
from app.visits.queries.owing import NEVER, DoorRow
from app.visits.rules.cadence import first_due, level_on
from app.visits.rules.merging import Together, merged, settled_by
from app.visits.rules.owing import Facts, Period, owed
from app.visits.rules.windows import Liked
from app.visits.service import owed_list, owing
from app.visits.service.owing import Standing

NOBODY = frozenset({Why.NOBODY, Why.NO_PARTNER})


@dataclass(frozen=True)
class _Known:
    """What is known of all doors together."""

    full: dict[UUID, list[Result]]
    given_up: dict[UUID, date]
    unplanned: frozenset[str]
    open_days: "_OpenDays"


class _OpenDays:
    """On which days of a month doors may be called at, reckoned once for all that are alike."""

    def __init__(self, period: Period) -> None:
        self._days = tuple(calendar.days_between(period.first, period.last))
        self._known: dict[tuple[CareLevel, Liked], list[date]] = {}

    def any(self, level: CareLevel, liked: Liked, first: date, last: date) -> bool:
        """Whether there is one between two dates."""
        if (level, liked) not in self._known:
            self._known[level, liked] = [
                day.date for day in self._days if liked.windows(day, level)
            ]
        return any(first <= day <= last for day in self._known[level, liked])


def period_of(month: str) -> Period:
    """The first and the last day of a month."""
    begin, following = span_of(month)
    return Period(begin.date(), following.date() - timedelta(days=1))


def told_of(session: Session, community_id: UUID, month: str) -> list[Line]:
    """What may be told of a month of a community, as it stands now."""
    stops = stops_of(session, community_id, queries.all_doors(community_id), month)
    return lines(community_id, stops)


def stops_of(session: Session, community_id: UUID, doors: Doors, month: str) -> list[Stop]:
    """Every stop that these doors were owed in a month, and what came of it."""
    period = period_of(month)
    standing = _standing(session, community_id, doors, period)
    people = callers.callers(session, community_id, period.first, period.last)
    paired = callers.paired_in(session, community_id, period.first, period.first)
    near = owing.near(paired, standing, people)
    full, given_up = queries.results(session, doors, period.first, period.last)
    unplanned = queries.unplanned(session, community_id, period.first)
    known = _Known(full, given_up, unplanned, _OpenDays(period))
    places = queries.where(session, doors)
    return [
        Stop(
            door=one.row.id,
            building=one.row.building_id,
            estate=places[one.row.id][0],
            grid=places[one.row.id][1],
            level=one.facts.level,
            came=came_of(fate),
        )
        for one in standing
        for fate in _fates(one, len(near[one.row.id]), known)
    ]


def _standing(session: Session, community_id: UUID, doors: Doors, period: Period) -> list[Standing]:
    """The doors that were known in the month, with what they were owed on its first day."""
    rows = [
        row for row in doors_queries.door_rows(session, doors) if row.known_since <= period.last
    ]
    before = queries.last_full(session, doors, period.first)
    shared = [
        *queries.rounds(session, community_id, period.first, period.last),
        *asked_for.occasions(session, community_id, period.first, period.last),
    ]
    own = queries.stops_asked(session, doors, period.last)
    turns = doors_queries.turns(session, community_id)
    found = []
    for row in rows:
        facts = _facts(row, before.get(row.id), turns[row.unit_id], period)
        asked = [*shared, *own.get(row.id, ())]
        stops = merged(owed(facts, asked, period), period.last)
        if stops:
            liked = Liked(row.spans)
            found.append(Standing(row=row, facts=facts, called=NEVER, liked=liked, stops=stops))
    return found


def _facts(row: DoorRow, before: date | None, turn: tuple[int, int], period: Period) -> Facts:
    level = level_on(row.care_level, row.care_confirmed_on, period.first)
    return Facts(
        id=row.id,
        building_id=row.building_id,
        level=level,
        last_full=before,
        first_due=first_due(level, row.known_since, *turn),
    )


def _fates(one: Standing, people: int, known: _Known) -> Iterator[Fate]:
    """What decides of each stop of a door. A full result settles one stop, none twice."""
    door, wish = one.row.id, one.row.wish
    full = known.full.get(door, [])
    settled = dict(zip(settled_by(one.stops, [on for on, _ in full]), full, strict=True))
    given_up = known.given_up.get(door)
    stuck = owed_list.stuck(wish, people) in NOBODY
    for stop in one.stops:
        result = settled.get(stop.key)
        yield Fate(
            result=result[1] if result else None,
            wish=wish,
            tried_out=given_up is not None and _covers(stop, given_up),
            nobody=stuck,
            no_time=_no_time(one, stop, known),
            unplanned=stop.key in known.unplanned,
        )


def _covers(stop: Together, day: date) -> bool:
    return stop.earliest <= day <= stop.latest


def _no_time(one: Standing, stop: Together, known: _Known) -> bool:
    """A telephone call needs no window at the door, but the same hours suit it."""
    return not known.open_days.any(one.facts.level, one.liked, stop.earliest, stop.latest)


def mine(session: Session, person_id: UUID) -> Counter[str]:
    """What was owed this month to the doors that a person looks after, and what came of it. For
    this person only: nobody else can ask, and nothing of it is kept."""
    found: Counter[str] = Counter()
    for community_id in queries.communities_cared_for(session, person_id):
        doors = queries.doors_of(person_id, community_id)
        for stop in stops_of(session, community_id, doors, month_of(clock.now())):
            found[stop.came.value] += 1
            found[DUE] += 1
    return found
