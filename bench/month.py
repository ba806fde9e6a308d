"""A generated community's month for the planner: grids of 325 households, their people, and what
is owed. Invented, and the same for a seed."""

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from uuid import UUID

from app.core import calendar
from app.places.rules import CareLevel, VisitWish
from app.teams.rules.windows import EVERYTHING, Free, Span, WeekDay, slots_of
from app.visits.planner.shapes import Door, Owed, Person, Problem, Slot
from app.visits.rules.windows import DEFAULT_WINDOWS, earliest, rest_days, usable

FIRST, LAST = date(2026, 11, 2), date(2026, 11, 29)
COMMUNITY_GRIDS, DISTRICT_GRIDS = 8, 1063
HOUSEHOLDS, PEOPLE = 2600, 60
PER_PERIOD = 60  # the month below asks 45 visits of each on average, whoever comes along included
BUILDINGS, UNITS = (4, 5), 3
LEVELS = (CareLevel.HIGH, CareLevel.FOCUS, CareLevel.GENERAL)
SHARES = (5, 20, 75)
DUE_GENERAL = 6  # every sixth door of `general` is due this month
DAYS = tuple(calendar.days_between(FIRST, LAST))
EVENINGS = tuple(slot for slot in slots_of(EVERYTHING, (), DAYS) if slot.window.start.hour > 17)


def community(seed: int = 2026) -> list[Problem]:
    """2,600 households and 60 people in 8 grids."""
    return list(grids(COMMUNITY_GRIDS, seed))


def grids(number: int, seed: int = 2026) -> Iterator[Problem]:
    """So many grids, eight to a community."""
    for turn in range(number):
        people = PEOPLE * (turn + 1) // COMMUNITY_GRIDS - PEOPLE * turn // COMMUNITY_GRIDS
        yield _Maker(random.Random(seed * 10_000 + turn), turn).grid(people)


class _Maker:
    """Makes one grid."""

    def __init__(self, dice: random.Random, turn: int) -> None:
        self.dice, self.turn = dice, turn
        self.usual = {
            level: tuple(
                Slot(day.date, one)
                for day in DAYS
                for one in usable(DEFAULT_WINDOWS, day.kind, level)
            )
            for level in LEVELS
        }

    def id(self) -> UUID:
        return UUID(int=self.dice.getrandbits(128), version=4)

    def grid(self, people: int) -> Problem:
        team = [self._person() for _ in range(people)]
        ids = [one.id for one in team]
        households = HOUSEHOLDS // COMMUNITY_GRIDS
        buildings = self.dice.choice(BUILDINGS)
        doors: list[Door] = []
        owed: list[Owed] = []
        for building in range(buildings):
            building_id, near = self.id(), self.dice.sample(ids, 4)
            mains = [self.dice.sample(near, 2) for _ in range(UNITS)]
            for number in range(
                households * building // buildings, households * (building + 1) // buildings
            ):
                level = self.dice.choices(LEVELS, SHARES)[0]
                door = self._door(building_id, near, mains[number % UNITS], level)
                doors.append(door)
                owed += self._owed(door, level)
        return Problem(
            name=f"grid {self.turn + 1}", doors=tuple(doors), owed=tuple(owed), people=tuple(team)
        )

    def _person(self) -> Person:
        """Two to four evenings of a week, half of the windows of weekends; some have days free."""
        chosen = self.dice.sample
        week = list(WeekDay)[:5]
        spans = {Span.WORKDAY_EVENING: chosen(week, self.dice.randint(2, 4))}
        if self.dice.random() < 0.4:
            spans[Span.WORKDAY_MORNING] = chosen(week, self.dice.randint(1, 3))
            spans[Span.WORKDAY_AFTERNOON] = chosen(week, self.dice.randint(1, 3))
        for span in (Span.REST_MORNING, Span.REST_AFTERNOON):
            spans[span] = chosen([WeekDay.SAT, WeekDay.SUN], self.dice.randint(0, 2))
        windows = {free.span: free.window for free in EVERYTHING}
        pattern = [Free(span, frozenset(days), windows[span]) for span, days in spans.items()]
        return Person(id=self.id(), available=slots_of(pattern, (), DAYS), per_period=PER_PERIOD)

    def _door(
        self, building_id: UUID, near: Sequence[UUID], own: Sequence[UUID], level: CareLevel
    ) -> Door:
        """One in ten is at home in the evenings only; one in thirty wishes to be telephoned."""
        contact = FIRST - timedelta(days=self.dice.randint(1, 60))
        return Door(
            id=self.id(),
            building_id=building_id,
            order=f"{self.dice.randrange(10_000):05}",
            windows=EVENINGS if self.dice.random() < 0.1 else self.usual[level],
            wish=VisitWish.PHONE_ONLY if self.dice.random() < 1 / 30 else VisitWish.ANY,
            main=own[0],
            backup=own[1],
            paired=tuple(near),
            rest_until=earliest(contact, level),
            rest_days=rest_days(level),
        )

    def _owed(self, door: Door, level: CareLevel) -> Iterator[Owed]:
        key = str(door.id)
        if level is CareLevel.HIGH:
            for week in range(4):
                monday = FIRST + timedelta(weeks=week)
                yield Owed(
                    key=f"{key}/{week}",
                    door_id=door.id,
                    level=level,
                    earliest=monday,
                    due=monday + timedelta(days=6),
                )
        elif level is CareLevel.FOCUS or self.dice.randrange(DUE_GENERAL) == 0:
            due = LAST
            if level is CareLevel.GENERAL:
                due = FIRST + timedelta(days=self.dice.randint(6, 27))
            yield Owed(key=key, door_id=door.id, level=level, earliest=FIRST, due=due, latest=LAST)
