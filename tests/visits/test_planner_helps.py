"""What would make possible what is not planned: every help is given, and then it is possible."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from app.visits.planner.better import better
from app.visits.planner.greedy import greedy
from app.visits.planner.helps import with_helps
from app.visits.planner.shapes import (
    Help,
    HelpKind,
    Person,
    Plan,
    Problem,
    Slot,
    Unplanned,
    VisitWish,
    Why,
)
from tests.visits.checker import broken
from tests.visits.grids import EVENING, FIRST, MORNING, grid
from tests.visits.squeezing import squeezed_in
from tests.visits.test_planner_greedy import ANNA, BO, CHEN, EVENINGS, OWED, PEOPLE, PLAIN, at

GRIDS = 50
NEWCOMERS = (UUID(int=7001), UUID(int=7002))


def given(problem: Problem, missing: Unplanned, help_: Help) -> Problem:
    """The problem after somebody has helped: this is what each kind promises."""
    return GIVEN[help_.kind](problem, missing, help_)


def another_person(problem: Problem, missing: Unplanned, help_: Help) -> Problem:
    always = tuple(slot for door in problem.doors for slot in door.windows)
    new = NEWCOMERS[: help_.people]
    doors = tuple(
        replace(one, paired=(*one.paired, *new)) if one.building_id == help_.building_id else one
        for one in problem.doors
    )
    people = (*problem.people, *(Person(id=one, available=always) for one in new))
    return replace(problem, doors=doors, people=people)


def free_then(problem: Problem, missing: Unplanned, help_: Help) -> Problem:
    assert help_.slot is not None
    return _person(problem, help_, lambda one: replace(one, available=(*one.available, help_.slot)))


def more_visits(problem: Problem, missing: Unplanned, help_: Help) -> Problem:
    if help_.slot is None:
        return _person(problem, help_, lambda one: replace(one, per_period=one.per_period + 1))
    return _person(problem, help_, lambda one: replace(one, per_window=one.per_window + 1))


def later(problem: Problem, missing: Unplanned, help_: Help) -> Problem:
    assert help_.slot is not None
    day = help_.slot.date
    owed = tuple(
        replace(one, latest=day) if one.key == missing.key else one for one in problem.owed
    )
    return replace(problem, owed=owed)


def ask_residents(problem: Problem, missing: Unplanned, help_: Help) -> Problem:
    assert help_.slot is not None
    doors = tuple(
        replace(one, windows=(*one.windows, help_.slot)) if one.id == missing.door_id else one
        for one in problem.doors
    )
    return replace(problem, doors=doors)


def _person(problem: Problem, help_: Help, change: Callable[[Person], Person]) -> Problem:
    people = tuple(change(one) if one.id == help_.person_id else one for one in problem.people)
    return replace(problem, people=people)


GIVEN = {
    HelpKind.ANOTHER_PERSON: another_person,
    HelpKind.ONE_MORE_WINDOW: free_then,
    HelpKind.MORE_VISITS: more_visits,
    HelpKind.LATER: later,
    HelpKind.ASK_RESIDENTS: ask_residents,
}


def keys_that_fit(problem: Problem, plan: Plan) -> set[str]:
    return {stop.key for stop in squeezed_in(problem, plan)}


def test_every_help_makes_possible_what_it_was_told_for() -> None:
    seen: Counter[HelpKind] = Counter()
    for seed in range(GRIDS):
        problem = grid(seed)
        plan = with_helps(problem, greedy(problem))
        for missing in plan.unplanned:
            only = replace(plan, unplanned=(missing,))
            for help_ in missing.helps:
                after = given(problem, missing, help_)
                left = tuple(one for one in plan.unplanned if one is not missing)
                asked = {one.key for one in left}
                owed = tuple(one for one in after.owed if one.key not in asked)
                after = replace(after, owed=owed)
                assert keys_that_fit(after, only) == {missing.key}, (seed, missing.key, help_)
                seen[help_.kind] += 1
    assert set(seen) == set(HelpKind)


def test_the_better_plan_tells_what_would_help_and_breaks_nothing_by_it() -> None:
    plan = better(grid(3))
    assert broken(grid(3), plan) == []
    assert any(one.helps for one in plan.unplanned)


def helps(problem: Problem) -> list[Help]:
    [missing] = with_helps(problem, greedy(problem)).unplanned
    return list(missing.helps)


def test_a_door_with_one_person_needs_a_backup_and_one_without_anybody_needs_two() -> None:
    backup = Help(kind=HelpKind.ANOTHER_PERSON, building_id=PLAIN.doors[0].building_id)
    assert backup in helps(at(backup=None, paired=()))
    both = replace(backup, people=2)
    assert helps(at(main=None, backup=None, paired=())) == [both]


def test_one_more_evening_of_the_nearest_person_comes_first() -> None:
    people = (Person(id=ANNA, available=()), *PEOPLE[1:2], Person(id=CHEN, available=()))
    first = helps(replace(PLAIN, people=people))[0]
    assert first == Help(kind=HelpKind.ONE_MORE_WINDOW, person_id=ANNA, slot=EVENINGS[0])


def test_nobody_is_proposed_for_an_evening_to_which_they_said_no() -> None:
    refusing = Person(id=ANNA, available=(), said_no=EVENINGS[:2])
    people = (refusing, *PEOPLE[1:2], Person(id=CHEN, available=()))
    first = helps(replace(PLAIN, people=people))[0]
    assert first == Help(kind=HelpKind.ONE_MORE_WINDOW, person_id=ANNA, slot=EVENINGS[2])


def test_what_could_be_done_after_its_last_date_says_when() -> None:
    away = tuple(replace(one, available=EVENINGS[8:]) for one in PEOPLE)
    assert Help(kind=HelpKind.LATER, slot=EVENINGS[8]) in helps(replace(PLAIN, people=away))


def test_residents_are_asked_for_hours_in_which_people_are_free() -> None:
    people = tuple(Person(id=one, available=(Slot(FIRST, MORNING),)) for one in (ANNA, BO))
    assert helps(replace(at(windows=(Slot(FIRST, EVENING),)), people=people))[-1] == Help(
        kind=HelpKind.ASK_RESIDENTS, slot=Slot(FIRST, MORNING)
    )


def test_who_takes_no_more_visits_could_take_one_more() -> None:
    full = (replace(PEOPLE[0], per_period=0), *PEOPLE[1:2])
    told = helps(replace(PLAIN, people=full))
    assert Help(kind=HelpKind.MORE_VISITS, person_id=ANNA) in told


def test_nothing_should_help_where_residents_want_no_visits() -> None:
    assert helps(at(wish=VisitWish.NO_MORE_VISITS)) == []


def test_where_only_rest_is_in_the_way_nobody_is_asked_for_more() -> None:
    again = replace(OWED, key="b")
    plan = with_helps(
        replace(PLAIN, owed=(OWED, again)), greedy(replace(PLAIN, owed=(OWED, again)))
    )
    [missing] = plan.unplanned
    assert missing.why is Why.RESTING
    assert {one.kind for one in missing.helps} <= {HelpKind.LATER, HelpKind.ASK_RESIDENTS}
    assert all(one.slot and one.slot.date > FIRST + timedelta(days=6) for one in missing.helps)
