"""The problem of one grid and one period, as the planner takes it: its doors, what is owed to them,
who could go, and what stands already. `problem_of` is where to start.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from app.core import calendar, clock
from app.core.errors import NotFound
from app.places.models import Grid
from app.places.rules import CareLevel
from app.teams import callers
from app.teams.callers import Caller, Paired
from app.visits.planner.shapes import Door, Fixed, Owed, Problem
from app.visits.queries import asked as asked_for
from app.visits.queries import owing as queries
from app.visits.queries.owing import NEVER, Called, DoorRow, Doors, VisitRow
from app.visits.rules import Band, VisitState
from app.visits.rules.cadence import first_due, level_on
from app.visits.rules.merging import Together, merged, settled_by
from app.visits.rules.owing import Asked, Facts, Period, owed
from app.visits.rules.states import OPEN
from app.visits.rules.windows import (
    Liked,
    Slot,
    door_slots,
    earliest,
    rest_days,
)
from app.visits.service.able import Able, slot_of

PairedIn = Mapping[UUID, Sequence[Paired]]
Slots = dict[tuple[CareLevel, Liked], tuple[Slot, ...]]


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A door with what is known of it and the stops that are owed there."""

    row: DoorRow
    facts: Facts
    called: Called
    liked: Liked
    stops: tuple[Together, ...]

    @property
    def rung(self) -> date | None:
        """When its rest begins: the last time somebody was rung at, or will have been."""
        return max(filter(None, (self.called.rung, self.facts.coming)), default=None)

    @property
    def waits(self) -> bool:
        """Whether its residents have asked for somebody: then it needs no rest."""
        return any(stop.asked for stop in self.stops)


def problem_of(session: Session, grid_id: UUID, first: date, last: date) -> Problem:
    """What has to be planned in a grid from `first` (today, where that has passed) through `last`.

    `last`, the plan of before, is for whoever keeps plans to fill in.
    """
    grid = session.get(Grid, grid_id)
    if grid is None:
        raise NotFound
    period = Period(max(first, clock.today()), last)
    doors = queries.of_grid(grid_id)
    standing = standing_of(session, grid.community_id, doors, period)
    known = callers.callers(session, grid.community_id, period.first, last)
    paired = callers.paired_in(session, grid.community_id, period.first, last)
    nearest = near(paired, standing, known)
    people = {person for theirs in nearest.values() for person in theirs}
    visits = queries.visit_rows(session, doors, people, min(first, period.first), last)
    able = Able(visits, queries.turned_down(session, people, period.first, last))
    free = callers.slots_of(session, [known[one] for one in sorted(people)], period.first, last)
    fixed = _fixed(standing, visits, period)
    slots = _slots(standing, period)
    return Problem(
        name=grid.name,
        doors=tuple(
            replace(
                _door(one, nearest[one.row.id], known, slots),
                refused=able.refused(one.row.id),
                only=_only(paired, one.row, period),
            )
            for one in standing
        ),
        owed=tuple(_owed(one, stop) for one in standing for stop in one.stops),
        people=able.people(free, {one.row.id for one in standing}),
        fixed=fixed,
    )


def standing_of(
    session: Session, community_id: UUID, doors: Doors, period: Period
) -> list[Standing]:
    """Every one of these doors with what is owed to it, as one walks past them."""
    rows = queries.door_rows(session, doors)
    called = queries.called(session, doors)
    tried = queries.unanswered(session, doors, clock.today())
    shared = [
        *asked_for.rounds_running(session, community_id, period.first, period.last),
        *asked_for.occasions(session, community_id, period.first, period.last),
    ]
    own, settled = asked_for.stops_asked(session, doors), asked_for.call_backs(session, doors)
    coming = queries.coming_before(session, doors, period.first)
    turns = queries.turns(session, community_id)
    today = clock.today()
    levels = {row.id: level_on(row.care_level, row.care_confirmed_on, today) for row in rows}
    return [
        _standing(
            (row, called.get(row.id, NEVER), tried.get(row.id), coming.get(row.id)),
            levels[row.id],
            first_due(levels[row.id], row.known_since, *turns[row.unit_id]),
            [*shared, *own.get(row.id, ()), *settled.get(row.id, ())],
            period,
        )
        for row in rows
    ]


def _standing(
    known: tuple[DoorRow, Called, tuple[date, Band] | None, date | None],
    level: CareLevel,
    first: date,
    asked: Sequence[Asked],
    period: Period,
) -> Standing:
    row, called, tried, coming = known
    facts = Facts(
        id=row.id,
        building_id=row.building_id,
        level=level,
        last_full=called.full,
        first_due=first,
        coming=coming,
    )
    answered = tried is None or (called.full is not None and called.full >= tried[0])
    return Standing(
        row=row,
        facts=facts,
        called=called,
        liked=Liked(row.spans, None if answered else tried),
        stops=merged(owed(facts, asked, period), period.last),
    )


def near(
    paired: PairedIn, standing: Iterable[Standing], known: dict[UUID, Caller]
) -> dict[UUID, tuple[UUID, ...]]:
    """Who could go to each door, nearest first: its own persons, who is paired with its unit or
    building, and who stands in for one of them."""
    found = {}
    for one in standing:
        row = one.row
        own = [row.main, row.backup, *(pair.person_id for pair in _pairs(paired, row))]
        going = [who for who in own if who in known]
        stand_ins = [to for who in going for leave in known[who].leaves for to in leave.receivers]
        found[row.id] = tuple(dict.fromkeys([*going, *(to for to in stand_ins if to in known)]))
    return found


def _pairs(paired: PairedIn, row: DoorRow) -> list[Paired]:
    return [*paired.get(row.unit_id, ()), *paired.get(row.building_id, ())]


def _only(paired: PairedIn, row: DoorRow, period: Period) -> tuple[tuple[UUID, date, date], ...]:
    """Who is paired with a door for a part of the period, and looks after it in no other way."""
    pairs = [one for one in _pairs(paired, row) if one.person_id not in (row.main, row.backup)]
    whole = {one.person_id for one in pairs if one.covers(period.first) and one.covers(period.last)}
    return tuple(
        (one.person_id, one.first, one.last or period.last)
        for one in pairs
        if one.person_id not in whole
    )


def _slots(standing: Iterable[Standing], period: Period) -> Slots:
    """When doors may be called at, once for all that are alike."""
    days = tuple(calendar.days_between(period.first, period.last))
    kinds = {(one.facts.level, one.liked) for one in standing}
    return {(level, liked): door_slots(days, level, liked) for level, liked in kinds}


def _door(one: Standing, near: tuple[UUID, ...], known: dict[UUID, Caller], slots: Slots) -> Door:
    row = one.row
    own = [who if who in known else None for who in (row.main, row.backup)]
    return Door(
        id=row.id,
        building_id=row.building_id,
        windows=slots[one.facts.level, one.liked],
        order=row.walk_order,
        unit=str(row.unit_id),
        floor=row.floor,
        wish=row.wish,
        main=own[0],
        backup=own[1],
        paired=tuple(who for who in near if who not in own),
        rest_until=None if one.waits else earliest(one.rung, one.facts.level),
        rest_days=1 if one.waits else rest_days(one.facts.level),
    )


def _owed(one: Standing, stop: Together) -> Owed:
    return Owed(
        key=stop.key,
        door_id=one.row.id,
        level=one.facts.level,
        earliest=stop.earliest,
        due=stop.by,
        latest=stop.latest,
        purposes=stop.purposes,
    )


def _fixed(
    standing: Iterable[Standing], visits: Iterable[VisitRow], period: Period
) -> tuple[Fixed, ...]:
    """What stands: accepted, or asked for by a round or a record. A proposal of a plan does not."""
    stops = {one.row.id: one.stops for one in standing}
    theirs: dict[UUID, list[VisitRow]] = {}
    for visit in visits:
        if visit.household_id in stops and visit.on >= period.first and _stands(visit):
            theirs.setdefault(visit.household_id, []).append(visit)
    found = []
    for door, some in theirs.items():
        keys = settled_by(stops[door], [visit.on for visit in some])
        found += [
            Fixed(
                door_id=door, people=visit.people, slot=slot_of(visit), key=key, visit_id=visit.id
            )
            for visit, key in zip(some, keys, strict=True)
        ]
    return tuple(found)


def _stands(visit: VisitRow) -> bool:
    return visit.state is VisitState.ACCEPTED or (visit.state in OPEN and not visit.by_itself)
