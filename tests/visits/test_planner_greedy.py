"""The plan that shows at once, looked at by the independent checker."""

import random
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from app.visits.planner.greedy import greedy
from app.visits.planner.shapes import (
    CareLevel,
    Door,
    Fixed,
    Owed,
    Person,
    Problem,
    Slot,
    VisitWish,
    Why,
    Window,
)
from tests.visits.checker import broken
from tests.visits.grids import EVENING, FIRST, MORNING, grid, person_id
from tests.visits.squeezing import squeezed_in

GRIDS = 400
ANNA, BO, CHEN = (person_id(number) for number in range(3))
EVENINGS = tuple(Slot(FIRST + timedelta(days=day), EVENING) for day in range(14))
DOOR = Door(
    id=UUID(int=1), building_id=UUID(int=2), windows=EVENINGS, main=ANNA, backup=BO, paired=(CHEN,)
)
OWED = Owed(
    key="a",
    door_id=DOOR.id,
    level=CareLevel.GENERAL,
    earliest=FIRST,
    due=FIRST + timedelta(days=6),
)
PEOPLE = tuple(Person(id=one, available=EVENINGS) for one in (ANNA, BO, CHEN))
PLAIN = Problem(name="plain", doors=(DOOR,), owed=(OWED,), people=PEOPLE)


@pytest.mark.parametrize("start", range(0, GRIDS, 50))
def test_no_hard_rule_is_broken_on_hundreds_of_random_grids(start: int) -> None:
    for seed in range(start, start + 50):
        problem = grid(seed)
        assert broken(problem, greedy(problem)) == [], seed


def test_the_random_grids_are_easy_and_impossible_in_every_way() -> None:
    plans = [greedy(grid(seed)) for seed in range(GRIDS)]
    assert {missing.why for plan in plans for missing in plan.unplanned} == set(Why)
    assert sum(len(plan.stops) for plan in plans) > GRIDS
    assert any(plan.stops and not plan.unplanned for plan in plans)


@pytest.mark.parametrize("seed", range(0, GRIDS, 10))
def test_nothing_is_left_out_that_could_simply_be_added(seed: int) -> None:
    problem = grid(seed)
    assert list(squeezed_in(problem, greedy(problem))) == []


@pytest.mark.parametrize("seed", range(0, GRIDS, 8))
def test_the_order_in_which_things_are_listed_changes_nothing(seed: int) -> None:
    problem, dice = grid(seed), random.Random(seed)
    shuffled = {
        name: tuple(dice.sample(getattr(problem, name), len(getattr(problem, name))))
        for name in ("doors", "owed", "people", "fixed", "last")
    }
    assert greedy(replace(problem, **shuffled)) == greedy(problem)


def why(problem: Problem) -> Why:
    plan = greedy(problem)
    assert broken(problem, plan) == []
    [missing] = plan.unplanned
    return missing.why


def at(**more: object) -> Problem:
    return replace(PLAIN, doors=(replace(DOOR, **more),))


def test_the_main_person_leads_and_the_backup_comes_along() -> None:
    [stop] = greedy(PLAIN).stops
    assert stop.people[0] == ANNA
    assert not stop.by_phone
    assert not stop.late


def test_who_wishes_to_be_telephoned_is_called_by_one_person() -> None:
    [stop] = greedy(at(wish=VisitWish.PHONE_ONLY)).stops
    assert stop.by_phone
    assert stop.people == (ANNA,)


def test_who_wants_no_more_visits_gets_none_and_it_is_not_held_against_the_plan() -> None:
    problem = at(wish=VisitWish.NO_MORE_VISITS)
    assert why(problem) is Why.NO_MORE_VISITS
    assert greedy(problem).cost.unplanned == 0


def test_each_reason_has_its_name() -> None:
    tuesday, mornings = EVENINGS[1:2], tuple(Slot(one.date, MORNING) for one in EVENINGS)
    apart = (
        Person(id=ANNA, available=EVENINGS[:3]),
        Person(id=BO, available=EVENINGS[3:6]),
        Person(id=CHEN, available=()),
    )
    full = tuple(replace(one, per_period=0) for one in PEOPLE)
    busy = tuple(replace(one, available=mornings) for one in PEOPLE)
    assert why(at(main=None, backup=None, paired=())) is Why.NOBODY
    assert why(at(backup=None, paired=())) is Why.NO_PARTNER
    assert why(at(windows=())) is Why.NO_WINDOW
    assert why(at(windows=tuesday, rest_until=EVENINGS[3].date)) is Why.RESTING
    assert why(replace(PLAIN, people=busy)) is Why.NOBODY_FREE
    assert why(replace(PLAIN, people=apart)) is Why.NOT_TOGETHER
    assert why(replace(PLAIN, people=full)) is Why.FULL


def test_rest_between_two_stops_leaves_no_day_for_the_second() -> None:
    again = replace(OWED, key="b")
    assert why(replace(PLAIN, owed=(OWED, again))) is Why.RESTING


def test_what_a_fixed_visit_settles_is_not_planned_again() -> None:
    fixed = Fixed(door_id=DOOR.id, people=(ANNA, BO), slot=EVENINGS[0], key="a")
    plan = greedy(replace(PLAIN, fixed=(fixed,)))
    assert not plan.stops
    assert not plan.unplanned


def test_a_stop_is_cut_to_the_time_in_which_both_are_free() -> None:
    late = Window(EVENING.start.replace(hour=19), EVENING.end)
    people = (PEOPLE[0], Person(id=BO, available=(Slot(FIRST, late),)))
    [stop] = greedy(replace(PLAIN, people=people)).stops
    assert stop.slot == Slot(FIRST, late)
