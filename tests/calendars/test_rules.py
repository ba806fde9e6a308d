"""Hours on duty as entries: what is shown is exactly when one is on duty."""

import random
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest

from app.calendars.rules.hours import AHEAD, stints
from app.core.clock import LOCAL
from app.tickets.rules.duty import DutyList, Instead, Shift, on_duty

CHEN, LI = UUID(int=1), UUID(int=2)
BOTH = {CHEN: None, LI: None}
NOW = datetime(2027, 1, 28, 2, 0, tzinfo=UTC)  # before the Spring Festival and its moved days off
ALL = (0, 1, 2, 3, 4, 5, 6)


def test_a_night_is_one_entry_on_the_day_on_which_it_begins() -> None:
    duty = DutyList(week=(Shift((0,), time(20), time(8), (CHEN,)),), until=BOTH)
    first = stints(duty, CHEN, NOW)[0]
    assert (first.on, first.start.hour, first.end - first.start) == (
        date(2027, 2, 1),
        20,
        timedelta(hours=12),
    )


def test_who_is_always_there_has_a_day_for_each_day() -> None:
    duty = DutyList(week=(Shift(ALL, time(), time(), (CHEN,)),), until=BOTH)
    found = stints(duty, CHEN, NOW)
    assert len(found) == AHEAD.days
    assert {one.end - one.start for one in found} == {timedelta(days=1)}


def test_somebody_who_joins_in_the_midst_of_a_shift_cuts_nobodys_entry() -> None:
    shifts = Shift(ALL, time(8), time(18), (CHEN,)), Shift(ALL, time(12), time(14), (LI,))
    duty = DutyList(week=shifts, until=BOTH)
    assert {one.end - one.start for one in stints(duty, CHEN, NOW)} == {timedelta(hours=10)}


def test_an_entry_that_runs_keeps_its_beginning() -> None:
    duty = DutyList(week=(Shift(ALL, time(20), time(8), (CHEN,)),), until=BOTH)
    midnight = datetime(2027, 1, 28, 16, 30, tzinfo=UTC)
    first = stints(duty, CHEN, midnight)[0]
    assert first.start == datetime(2027, 1, 28, 20, tzinfo=LOCAL)


def test_the_last_day_of_a_post_ends_it() -> None:
    duty = DutyList(week=(Shift(ALL, time(8), time(18), (CHEN,)),), until={CHEN: date(2027, 1, 29)})
    assert [one.on for one in stints(duty, CHEN, NOW)] == [date(2027, 1, 28), date(2027, 1, 29)]


@pytest.mark.parametrize("seed", range(12))
def test_an_entry_covers_a_moment_exactly_when_somebody_is_on_duty_then(seed: int) -> None:
    dice = random.Random(seed)
    duty = DutyList(
        week=tuple(_shift(dice) for _ in range(dice.randrange(1, 5))),
        instead=tuple(_instead(dice) for _ in range(dice.randrange(4))),
        until=BOTH,
    )
    found = stints(duty, CHEN, NOW)
    assert all(one.end - one.start <= timedelta(days=1) for one in found)
    assert len({(one.on, one.number) for one in found}) == len(found)
    for minutes in range(0, int((AHEAD - timedelta(days=2)).total_seconds() // 60), 45):
        moment = NOW + timedelta(minutes=minutes)
        covered = any(one.start <= moment < one.end for one in found)
        assert covered == (CHEN in on_duty(duty, moment)), moment


def _hour(dice: random.Random) -> time:
    return time(dice.randrange(24), dice.choice((0, 30)))


def _people(dice: random.Random) -> tuple[UUID, ...]:
    return tuple(dice.sample((CHEN, LI), dice.randrange(1, 3)))


def _shift(dice: random.Random) -> Shift:
    days = tuple(sorted(dice.sample(range(7), dice.randrange(1, 8))))
    return Shift(days, _hour(dice), _hour(dice), _people(dice))


def _instead(dice: random.Random) -> Instead:
    first = NOW.date() + timedelta(days=dice.randrange(50))
    people = _people(dice) if dice.random() < 0.6 else ()
    last = first + timedelta(days=dice.randrange(5))
    return Instead(first, last, _hour(dice), _hour(dice), people)


@pytest.mark.parametrize("seed", range(6))
def test_a_day_later_the_same_hours_are_the_same_entries(seed: int) -> None:
    """Or else calendars would see them cancelled and made anew each night."""
    dice = random.Random(seed)
    duty = DutyList(week=tuple(_shift(dice) for _ in range(3)), until=BOTH)
    today, tomorrow = (
        {(one.on, one.number): (one.start, one.end) for one in stints(duty, CHEN, at)}
        for at in (NOW, NOW + timedelta(days=1))
    )
    both = today.keys() & tomorrow.keys()
    assert len(both) >= len(today) - 4
    assert {key: today[key] for key in both} == {key: tomorrow[key] for key in both}
