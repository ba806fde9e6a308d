"""Random grids for the planner: small, crowded and often impossible, the same for a seed."""

import random
from dataclasses import replace
from datetime import date, time, timedelta
from uuid import UUID

from app.visits.planner.shapes import (
    CareLevel,
    Door,
    Fixed,
    Owed,
    Person,
    Placed,
    Problem,
    Slot,
    VisitWish,
    Window,
)

FIRST = date(2026, 11, 2)
DAYS = 28
EVENING, MORNING = Window(time(18, 30), time(20, 30)), Window(time(9), time(11))
WINDOWS = (
    EVENING,
    MORNING,
    Window(time(15), time(17)),
    Window(time(19), time(20)),  # shares time with the evening
    Window(time(20), time(21, 30)),  # reaches into the night
    Window(time(7, 30), time(9, 30)),
)


def person_id(number: int) -> UUID:
    return UUID(int=100 + number)


def slots(dice: random.Random, share: float) -> tuple[Slot, ...]:
    """Some windows of some days, in no order."""
    windows = dice.sample(WINDOWS, dice.randint(1, 4))
    every = [Slot(FIRST + timedelta(days=day), one) for day in range(DAYS) for one in windows]
    return tuple(dice.sample(every, int(len(every) * share)))


def grid(seed: int) -> Problem:
    """A grid that is easy, tight or hopeless."""
    dice = random.Random(seed)
    kind = seed % 2 == 0
    people = [_person(dice, number, kind) for number in range(dice.randint(1, 6))]
    doors = [_door(dice, number, len(people), kind) for number in range(dice.randint(1, 14))]
    owed = [one for door in doors for one in _owed(dice, door)]
    fixed = [_fixed(dice, doors, people, owed) for _ in range(dice.choice((0, 0, 1, 4)))]
    settled = [one.key for one in fixed]
    fixed = [one for n, one in enumerate(fixed) if one.key is None or one.key not in settled[:n]]
    last = [_placed(dice, one, people) for one in owed if dice.random() < 0.3]
    return Problem(
        name=f"grid {seed}",
        doors=tuple(doors),
        owed=tuple(owed),
        people=tuple(people),
        fixed=tuple(fixed),
        last=tuple(last) if dice.random() < 0.4 else (),
        seed=seed,
    )


def thrice(problem: Problem) -> Problem:
    """Every door three times over, with what it is owed: such doors are counted together."""
    copies = [
        (copy, UUID(int=10 * door.id.int + copy)) for door in problem.doors for copy in range(3)
    ]
    doors = {door.id: door for door in problem.doors}
    return replace(
        problem,
        doors=tuple(replace(doors[UUID(int=new.int // 10)], id=new) for _, new in copies),
        owed=tuple(
            replace(one, key=f"{one.key}/{copy}", door_id=new)
            for copy, new in copies
            for one in problem.owed
            if one.door_id.int == new.int // 10
        ),
        fixed=(),
        last=(),
    )


def _person(dice: random.Random, number: int, kind: bool) -> Person:
    return Person(
        id=person_id(number),
        available=slots(dice, dice.choice((0.6, 1) if kind else (0, 0.2, 0.6, 1))),
        per_window=dice.choice((1, 3, 5)),
        per_period=dice.choice((10, 40) if kind else (0, 4, 40)),
    )


def _door(dice: random.Random, number: int, people: int, kind: bool) -> Door:
    fewest = min(2, people) if kind else 0
    near = [person_id(one) for one in dice.sample(range(people + 1), dice.randint(fewest, people))]
    main, backup, *paired = [*near, None, None]
    return Door(
        id=UUID(int=1000 + number),
        building_id=UUID(int=10 + number % 3),
        windows=slots(dice, 1 if kind else dice.choice((0, 0.3, 1))),
        order=f"{number % 3}{number:04}",
        wish=dice.choice([*VisitWish, VisitWish.ANY, VisitWish.ANY, VisitWish.ANY]),
        main=main if dice.random() < 0.9 else None,
        backup=backup,
        paired=tuple(one for one in paired if one),
        rest_until=FIRST + timedelta(days=dice.randint(0, DAYS)) if dice.random() < 0.2 else None,
        rest_days=dice.choice((0, 7, 14)),
        refused=_refused(dice, near),
        only=_only(dice, near),
    )


def _only(dice: random.Random, near: list[UUID]) -> tuple[tuple[UUID, date, date], ...]:
    """Now and then somebody is paired with a door for a part of the time."""
    if not near or dice.random() < 0.8:
        return ()
    first = FIRST + timedelta(days=dice.randrange(DAYS))
    return ((near[-1], first, first + timedelta(days=dice.randrange(DAYS))),)


def _refused(dice: random.Random, near: list[UUID]) -> tuple[tuple[UUID, Slot], ...]:
    """Now and then somebody has said no to the whole of some day."""
    if not near or dice.random() < 0.7:
        return ()
    day = FIRST + timedelta(days=dice.randrange(DAYS))
    return tuple((dice.choice(near), Slot(day, window)) for window in WINDOWS)


def _owed(dice: random.Random, door: Door) -> list[Owed]:
    level = dice.choice(list(CareLevel))
    number = 4 if level is CareLevel.HIGH else dice.choice((0, 1, 1, 2))
    length = DAYS // max(number, 1)
    return [
        Owed(
            key=f"{door.id.int}/{turn}",
            door_id=door.id,
            level=level,
            earliest=FIRST + timedelta(days=turn * length),
            due=FIRST + timedelta(days=turn * length + dice.randint(0, length)),
            latest=FIRST + timedelta(days=(turn + 1) * length) if dice.random() < 0.5 else None,
            minutes=dice.choice((20, 20, 20, 30, 90)),
            together=dice.random() < 0.8,
        )
        for turn in range(number)
    ]


def _fixed(dice: random.Random, doors: list[Door], people: list[Person], owed: list[Owed]) -> Fixed:
    going = [one.id for one in dice.sample(people, min(len(people), dice.randint(1, 2)))]
    settles = dice.choice(owed) if owed and dice.random() < 0.6 else None
    return Fixed(
        door_id=settles.door_id if settles else dice.choice(doors).id,
        people=tuple([*going, UUID(int=99)] if dice.random() < 0.2 else going),
        slot=Slot(FIRST + timedelta(days=dice.randrange(DAYS)), dice.choice(WINDOWS)),
        key=settles.key if settles else None,
    )


def _placed(dice: random.Random, owed: Owed, people: list[Person]) -> Placed:
    going = [one.id for one in dice.sample(people, min(len(people), 2))]
    day = owed.earliest + timedelta(days=dice.randint(0, 5))
    return Placed(
        key=owed.key,
        people=tuple(going),
        slot=Slot(day, dice.choice(WINDOWS)),
        accepted=dice.random() < 0.5,
    )
