"""What stands against a visit that somebody moves by hand: each clash, and nothing else."""

from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

import pytest

from app.places.rules import CareLevel, VisitWish
from app.visits.planner.clashes import Board
from app.visits.planner.shapes import Door, Fixed, Owed, Person, Placed, Problem, Slot, Window
from app.visits.rules.months import CLASH_SENTENCES, REFUSED, Clash

DAY = date(2026, 12, 1)
EVENING, NIGHT = Window(time(18, 30), time(20, 30)), Window(time(20, 0), time(21, 30))
CHEN, LI, ZHOU, STRANGER = (UUID(int=number) for number in range(1, 5))
HOME, NEXT = UUID(int=10), UUID(int=11)


def slot(days: int = 0, window: Window = EVENING) -> Slot:
    return Slot(DAY + timedelta(days=days), window)


def door(identity: UUID = HOME, **given: Any) -> Door:
    usual = {
        "building_id": UUID(int=20),
        "windows": tuple(slot(days) for days in range(20)),
        "main": CHEN,
        "backup": LI,
    }
    return Door(id=identity, **(usual | given))


def owed(key: str = "home", door_id: UUID = HOME, **given: Any) -> Owed:
    usual = {"level": CareLevel.GENERAL, "earliest": DAY, "due": DAY + timedelta(days=15)}
    return Owed(key=key, door_id=door_id, **(usual | given))


def person(identity: UUID, **given: Any) -> Person:
    return Person(id=identity, **({"available": tuple(slot(days) for days in range(20))} | given))


def board(*placed: Placed, **given: Any) -> Board:
    usual = {
        "name": "grid",
        "doors": (door(), door(NEXT)),
        "owed": (owed(), owed("next", NEXT)),
        "people": (person(CHEN), person(LI), person(ZHOU)),
    }
    return Board(Problem(**(usual | given)), placed, DAY)


def put(*people: UUID, at: Slot | None = None, key: str = "home") -> Placed:
    return Placed(key=key, people=people or (CHEN, LI), slot=at or slot())


def kinds(on: Board, one: Placed) -> set[Clash]:
    return {found.kind for found in on.clashes(one)}


CASES: tuple[tuple[str, Clash, Board, Placed], ...] = (
    (
        "at night",
        Clash.NIGHT,
        board(doors=(door(windows=(slot(0, NIGHT),)),)),
        put(at=slot(0, NIGHT)),
    ),
    (
        "a wish",
        Clash.NO_MORE_VISITS,
        board(doors=(door(wish=VisitWish.NO_MORE_VISITS),)),
        put(),
    ),
    ("hours that do not suit", Clash.NOT_THEN, board(doors=(door(windows=(slot(1),)),)), put()),
    ("yesterday", Clash.PAST, board(doors=(door(windows=(slot(-1),)),)), put(at=slot(-1))),
    ("who is not of the team", Clash.NOT_HERE, board(), put(STRANGER, LI)),
    (
        "an evening off",
        Clash.NOT_FREE,
        board(people=(person(CHEN, available=()), person(LI))),
        put(),
    ),
    (
        "two places",
        Clash.ELSEWHERE,
        board(put(CHEN, at=slot(0, Window(time(19, 0), time(20, 0))), key="next")),
        put(),
    ),
    (
        "a full outing",
        Clash.FULL,
        board(put(key="next"), people=(person(CHEN, per_window=1), person(LI))),
        put(),
    ),
    (
        "a full month",
        Clash.MUCH,
        board(put(at=slot(3), key="next"), people=(person(CHEN, per_period=1), person(LI))),
        put(),
    ),
    (
        "a door at rest",
        Clash.RESTING,
        board(doors=(door(rest_until=DAY + timedelta(days=1)),)),
        put(),
    ),
    ("somebody alone", Clash.ALONE, board(), put(CHEN)),
    ("who is not paired", Clash.NOT_NEAR, board(), put(ZHOU, LI)),
    ("after it was due", Clash.LATE, board(), put(at=slot(16))),
)


@pytest.mark.parametrize(
    ("kind", "on", "one"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_each_clash_is_found_and_none_beside_it(kind: Clash, on: Board, one: Placed) -> None:
    found = kinds(on, one)
    assert kind in found
    beside = {Clash.NOT_FREE, Clash.NOT_NEAR} if kind in (Clash.NIGHT, Clash.PAST) else set()
    assert found - {kind} <= beside


def test_every_clash_has_a_sentence_and_the_night_and_wishes_are_never_overruled() -> None:
    assert set(CLASH_SENTENCES) == set(Clash)
    assert {Clash.NIGHT, Clash.NO_MORE_VISITS, Clash.NOT_THEN} <= REFUSED
    found = board(doors=(door(windows=(slot(0, NIGHT),)),)).clashes(put(at=slot(0, NIGHT)))
    assert [each.refused for each in found] == sorted((e.refused for e in found), reverse=True)


def test_two_calls_at_one_door_rest_fourteen_days_from_each_other_both_ways() -> None:
    twice = (owed(), owed("again"))
    for days in (-13, 13):
        on = board(put(at=slot(13 + days), key="again"), owed=twice)
        assert Clash.RESTING in kinds(on, put(at=slot(13)))
    assert Clash.RESTING not in kinds(board(put(key="again"), owed=twice), put(at=slot(14)))


def test_a_standing_visit_takes_its_peoples_time_unless_it_settles_something_that_was_put() -> None:
    elsewhere = Fixed(door_id=NEXT, people=(CHEN,), slot=slot(0, Window(time(19, 0), time(20, 0))))
    assert Clash.ELSEWHERE in kinds(board(fixed=(elsewhere,)), put())
    settled = Fixed(door_id=NEXT, people=(CHEN,), slot=elsewhere.slot, key="next")
    moved = board(put(LI, at=slot(5), key="next"), fixed=(settled,))
    assert kinds(moved, put()) == set()


def test_nobody_needs_a_partner_on_the_telephone() -> None:
    on = board(doors=(door(wish=VisitWish.PHONE_ONLY),))
    assert kinds(on, put(CHEN)) == set()
    assert on.crew(put(CHEN, LI), CHEN, slot()) == (CHEN,)
    assert board(owed=(owed(together=False),)).crew(put(CHEN), CHEN, slot()) == (CHEN,)


def test_who_takes_a_visit_goes_with_its_partner_or_else_with_who_is_near_and_free() -> None:
    assert board().crew(put(CHEN, LI), ZHOU, slot()) == (ZHOU, CHEN)
    assert board().crew(put(CHEN, LI), LI, slot()) == (LI, CHEN)
    busy = (person(CHEN, available=()), person(LI), person(ZHOU))
    assert board(people=busy).crew(put(CHEN, LI), ZHOU, slot()) == (ZHOU, LI)
    assert board(people=(person(ZHOU),)).crew(put(CHEN, LI), ZHOU, slot()) == (ZHOU,)


def test_a_day_is_tried_in_the_window_it_had_and_then_in_the_one_with_least_against_it() -> None:
    morning = Window(time(9, 30), time(11, 30))
    both = tuple(
        Slot(DAY + timedelta(days=day), each) for day in (0, 1) for each in (morning, EVENING)
    )
    free = (person(CHEN, available=both), person(LI, available=both))
    on = board(doors=(door(windows=both),), people=free)
    moved, found = on.best(put(), None, DAY + timedelta(days=1))
    assert (moved.slot, found) == (slot(1), ())
    mornings = tuple(one for one in both if one.window == morning)
    only = (person(CHEN, available=mornings), person(LI, available=mornings))
    moved, found = board(doors=(door(windows=both),), people=only).best(put(), CHEN, DAY)
    assert (moved.slot.window, found) == (morning, ())
    _, found = on.best(put(), LI, DAY + timedelta(days=9))
    assert found[0].kind is Clash.NOT_THEN
