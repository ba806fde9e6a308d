"""Who is on duty: weeks, nights, exceptions, people who have left; and holes."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as some

from app.core.clock import LOCAL
from app.tickets.rules.duty import DutyList, Instead, Shift, holes, mine, now, on_duty, watches

ANN, BOB, CAT = (UUID(int=n) for n in (1, 2, 3))
HERE: dict[UUID, date | None] = {ANN: None, BOB: None, CAT: None}
MONDAY = date(2026, 11, 30)
ALL_DAYS = tuple(range(7))
DAYTIME = Shift(ALL_DAYS, time(8), time(20), (ANN,))
NIGHTS = Shift(ALL_DAYS, time(20), time(8), (BOB, CAT))
ROUND = DutyList(week=(DAYTIME, NIGHTS), until=HERE)


def at(hour: int, minute: int = 0, *, day: int = 0) -> datetime:
    return datetime.combine(MONDAY + timedelta(days=day), time(hour, minute), LOCAL)


def instead(people: tuple[UUID, ...], start: int, end: int, day: int = 0, last: int = 0) -> Instead:
    first = MONDAY + timedelta(days=day)
    return Instead(first, first + timedelta(days=last), time(start), time(end), people)


def test_a_shift_holds_from_its_first_minute_to_the_last_before_its_end() -> None:
    assert on_duty(ROUND, at(8)) == (ANN,)
    assert on_duty(ROUND, at(19, 59)) == (ANN,)
    assert on_duty(ROUND, at(20)) == (BOB, CAT)


def test_a_night_belongs_to_the_day_on_which_it_begins() -> None:
    monday_night = DutyList(week=(Shift((0,), time(20), time(8), (BOB,)),), until=HERE)
    assert on_duty(monday_night, at(7, 59, day=1)) == (BOB,)
    assert on_duty(monday_night, at(7)) == ()
    assert on_duty(monday_night, at(20, day=1)) == ()


def test_a_shift_that_ends_when_it_begins_lasts_a_day() -> None:
    whole = DutyList(week=(Shift((0,), time(8), time(8), (ANN,)),), until=HERE)
    assert on_duty(whole, at(7, 59, day=1)) == (ANN,)
    assert on_duty(whole, at(8, day=1)) == ()


def test_of_two_shifts_at_once_the_first_is_telephoned_first_and_nobody_twice() -> None:
    both = DutyList(week=(NIGHTS, Shift(ALL_DAYS, time(0), time(0), (CAT, ANN))), until=HERE)
    assert on_duty(both, at(22)) == (BOB, CAT, ANN)


def test_an_exception_stands_in_place_of_the_week_and_the_last_one_entered_holds() -> None:
    swapped = DutyList(
        week=(DAYTIME, NIGHTS),
        instead=(instead((CAT,), 8, 20), instead((BOB,), 12, 14)),
        until=HERE,
    )
    assert on_duty(swapped, at(9)) == (CAT,)
    assert on_duty(swapped, at(13)) == (BOB,)
    assert on_duty(swapped, at(9, day=1)) == (ANN,)


def test_an_exception_may_hold_for_a_feast_and_over_its_nights() -> None:
    feast = DutyList(week=(DAYTIME, NIGHTS), instead=(instead((CAT,), 20, 8, 0, 2),), until=HERE)
    assert [on_duty(feast, at(23, day=day)) for day in range(4)] == [(CAT,)] * 3 + [(BOB, CAT)]
    assert on_duty(feast, at(7, day=3)) == (CAT,)


def test_an_exception_with_nobody_leaves_nobody() -> None:
    assert on_duty(DutyList((DAYTIME,), (instead((), 8, 20),), until=HERE), at(9)) == ()


def test_whoever_has_left_is_not_named_any_more() -> None:
    leaving = DutyList(week=(NIGHTS,), until={BOB: MONDAY, CAT: None})
    assert on_duty(leaving, at(23)) == (BOB, CAT)
    assert on_duty(leaving, at(1, day=1)) == (CAT,)


def test_now_says_until_when_and_who_comes_next() -> None:
    found = now(ROUND, at(9))
    assert (found.people, found.until) == ((ANN,), at(20))
    assert found.then is not None
    assert (found.then.people, found.then.start, found.then.end) == (
        (BOB, CAT),
        at(20),
        at(8, day=1),
    )


def test_next_are_the_next_who_are_there_after_hours_with_nobody() -> None:
    days = DutyList(week=(Shift((0, 1), time(9), time(17), (ANN,)),), until=HERE)
    found = now(days, at(12))
    assert (found.people, found.until) == ((ANN,), at(17))
    assert found.then is not None
    assert (found.then.people, found.then.start) == ((ANN,), at(9, day=1))


def test_who_is_always_there_has_nobody_after_them() -> None:
    alone = DutyList(week=(Shift(ALL_DAYS, time(0), time(0), (ANN,)),), until=HERE)
    found = now(alone, at(12))
    assert (found.people, found.until, found.then) == ((ANN,), None, None)


def test_a_list_for_any_hour_has_a_hole_wherever_nobody_is() -> None:
    gaps = DutyList(week=(DAYTIME,), always=True, until=HERE)
    found = holes(gaps, at(9), at(9, day=1))
    assert [(one.start, one.end) for one in found] == [(at(20), at(8, day=1))]
    assert (
        holes(DutyList(week=(DAYTIME, NIGHTS), always=True, until=HERE), at(9), at(9, day=9)) == []
    )


def test_another_list_has_a_hole_only_where_all_whom_it_names_have_left() -> None:
    left = DutyList(week=(DAYTIME,), until={ANN: MONDAY})
    found = holes(left, at(9), at(21, day=2))
    assert [(one.start, one.end) for one in found] == [
        (at(8, day=1), at(20, day=1)),
        (at(8, day=2), at(20, day=2)),
    ]
    meant = DutyList((DAYTIME,), (instead((), 8, 20),), until=HERE)
    assert holes(meant, at(7), at(7, day=3)) == []


def test_one_s_own_hours_are_told_with_who_else_is_there() -> None:
    found = mine(ROUND, CAT, at(9), at(9, day=2))
    assert [(one.start, one.people) for one in found] == [
        (at(20), (BOB, CAT)),
        (at(20, day=1), (BOB, CAT)),
    ]


PEOPLE = some.lists(some.sampled_from((ANN, BOB, CAT)), max_size=3).map(tuple)
HOURS = some.builds(time, some.integers(0, 23), some.sampled_from((0, 30)))
WEEK = some.lists(some.integers(0, 6), min_size=1, max_size=7, unique=True).map(tuple)
SHIFTS = some.lists(some.builds(Shift, WEEK, HOURS, HOURS, PEOPLE), max_size=4).map(tuple)


def _dated(day: int, days: int, start: time, end: time, people: tuple[UUID, ...]) -> Instead:
    first = MONDAY + timedelta(days=day)
    return Instead(first, first + timedelta(days=days), start, end, people)


DATED = some.lists(
    some.builds(_dated, some.integers(-1, 5), some.integers(0, 2), HOURS, HOURS, PEOPLE), max_size=3
).map(tuple)
LISTS = some.builds(
    DutyList,
    SHIFTS,
    DATED,
    some.booleans(),
    until=some.sampled_from((HERE, {ANN: None}, {ANN: MONDAY, BOB: None}, {})),
)


@given(LISTS, some.integers(0, 6 * 48 - 1))
def test_the_stretches_say_the_same_as_a_look_at_each_half_hour(duty: DutyList, half: int) -> None:
    start, end = at(0), at(0, day=6)
    found = watches(duty, start, end)
    assert (found[0].start, found[-1].end) == (start, end)
    assert all(one.end == two.start for one, two in pairwise(found))
    assert all(one.people != two.people for one, two in pairwise(found))
    moment = start + half * timedelta(minutes=30)
    there = next(one for one in found if one.start <= moment < one.end)
    assert there.people == on_duty(duty, moment)
    in_hole = any(one.start <= moment < one.end for one in holes(duty, start, end))
    assert not (in_hole and there.people)
    assert in_hole or there.people or not duty.always


def test_a_stranger_is_never_on_duty() -> None:
    assert on_duty(DutyList(week=(Shift(ALL_DAYS, time(0), time(0), (uuid4(),)),)), at(3)) == ()
