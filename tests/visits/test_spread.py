"""Who goes to which door on which day."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import calendar
from app.places.rules import CareLevel, VisitWish
from app.visits.rules import Gap
from app.visits.rules.spread import Door, Plan, plan
from app.visits.rules.windows import (
    DEFAULT_WINDOWS,
    QUIET_FROM,
    QUIET_UNTIL,
    rest_days,
)

ANNA, BO, CHEN = UUID(int=1), UUID(int=2), UUID(int=3)
FIRST, LAST = date(2026, 11, 23), date(2026, 12, 20)
DAYS = [(day.date, day.kind) for day in calendar.days_between(FIRST, LAST)]
BEFORE = datetime(2026, 11, 22, 12)  # noqa: DTZ001 - a local wall clock


def door(number: int, **more: Any) -> Door:
    building = number // 20
    plain = {
        "household_id": UUID(int=1000 + number),
        "order": f"{building:05}{number:05}",
        "care_level": CareLevel.GENERAL,
    }
    return Door(**(plain | more))


def made(doors: list[Door]) -> Plan:
    return plan(doors, DEFAULT_WINDOWS, DAYS, BEFORE)


def test_the_main_person_is_asked_first_then_the_backup_then_who_is_paired() -> None:
    doors = [
        door(1, main=ANNA, backup=BO, paired=(CHEN,)),
        door(2, backup=BO, paired=(CHEN,)),
        door(3, paired=(CHEN,)),
        door(4),
    ]
    found = made(doors)
    assert [one.person_id for one in sorted(found.visits, key=lambda one: one.household_id)] == [
        ANNA,
        BO,
        CHEN,
    ]
    assert found.gaps == [(doors[3].household_id, Gap.NOBODY)]


def test_two_go_together_where_there_is_a_second_person() -> None:
    found = made([door(1, main=ANNA, paired=(ANNA, BO)), door(2, main=CHEN)])
    assert {one.person_id: one.partner_id for one in found.visits} == {ANNA: BO, CHEN: None}


def test_paired_people_share_evenly() -> None:
    found = made([door(number, paired=(ANNA, BO, CHEN)) for number in range(31)])
    shares = [sum(one.person_id == who for one in found.visits) for who in (ANNA, BO, CHEN)]
    assert sum(shares) == 31
    assert max(shares) - min(shares) <= 1


@pytest.mark.parametrize(
    ("more", "gap"),
    [
        ({"wish": VisitWish.NO_MORE_VISITS, "main": ANNA}, Gap.NO_MORE_VISITS),
        ({"has_open_visit": True, "main": ANNA}, Gap.MERGED),
        ({"main": ANNA, "last_contact": LAST - timedelta(days=3)}, Gap.RESTING),
        ({}, Gap.NOBODY),
    ],
)
def test_a_door_that_gets_no_visit_stays_listed_with_its_reason(
    more: dict[str, Any], gap: Gap
) -> None:
    found = made([door(1, **more)])
    assert (found.visits, [reason for _, reason in found.gaps]) == ([], [gap])


@pytest.mark.parametrize("wish", [VisitWish.PHONE_ONLY, VisitWish.CALL_FIRST])
def test_who_wishes_a_call_is_still_looked_after(wish: VisitWish) -> None:
    assert len(made([door(1, main=ANNA, wish=wish)]).visits) == 1


def test_neighbours_are_visited_together_so_an_evening_has_few_buildings() -> None:
    doors = [door(number, main=ANNA) for number in range(60)]
    buildings = {one.household_id: one.order[:5] for one in doors}
    evenings: dict[object, set[str]] = {}
    for one in made(doors).visits:
        evenings.setdefault(one.slot, set()).add(buildings[one.household_id])
    assert len(evenings) == 20
    assert max(map(len, evenings.values())) <= 2


def test_a_round_that_has_no_time_left_says_so() -> None:
    late = datetime(2026, 12, 21)  # noqa: DTZ001 - a local wall clock
    found = plan([door(1, main=ANNA)], DEFAULT_WINDOWS, DAYS, late)
    assert [reason for _, reason in found.gaps] == [Gap.NO_SLOT]


DOORS = st.builds(
    door,
    st.integers(0, 400),
    care_level=st.sampled_from(CareLevel),
    wish=st.sampled_from(VisitWish),
    last_contact=st.none() | st.dates(FIRST - timedelta(days=20), FIRST),
    has_open_visit=st.booleans(),
    main=st.none() | st.sampled_from([ANNA, BO]),
    backup=st.none() | st.sampled_from([BO, CHEN]),
    paired=st.lists(st.sampled_from([ANNA, BO, CHEN]), max_size=3).map(tuple),
)


@given(st.lists(DOORS, max_size=60, unique_by=lambda one: one.household_id))
def test_no_plan_ever_breaks_a_rule_of_the_door(doors: list[Door]) -> None:
    found = made(doors)
    by_id = {one.household_id: one for one in doors}
    seen = [one.household_id for one in found.visits] + [one for one, _ in found.gaps]
    assert sorted(seen) == sorted(by_id)  # every door once: visited or listed
    for one in found.visits:
        home = by_id[one.household_id]
        assert home.wish is not VisitWish.NO_MORE_VISITS
        assert not home.has_open_visit
        assert one.person_id in home.people
        assert one.partner_id != one.person_id
        assert FIRST <= one.slot.date <= LAST
        assert QUIET_UNTIL <= one.slot.window.start < one.slot.window.end <= QUIET_FROM
        if home.last_contact:
            assert (one.slot.date - home.last_contact).days >= rest_days(home.care_level)
    assert made(list(reversed(doors))) == found  # previewed is published


def test_a_community_of_2600_doors_is_spread_in_a_moment() -> None:
    people = [UUID(int=number) for number in range(1, 61)]
    doors = [door(number, main=people[number // 44]) for number in range(2600)]
    found = made(doors)
    assert len(found.visits) == 2600
    assert min(one.slot.window.start for one in found.visits) >= time(9, 30)
