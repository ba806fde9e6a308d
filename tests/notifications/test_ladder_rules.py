"""The ladder as rules: whatever is read when, and however the clock jumps."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.core import clock
from app.notifications.rules import calls, tickets
from app.notifications.rules.ladder import (
    LADDER,
    WAY_NAMES,
    Chain,
    Step,
    Times,
    Way,
    next_step,
    ways_of,
)
from app.notifications.rules.quiet import is_quiet
from app.notifications.rules.telling import Pressing, Tell
from app.tickets.rules import Verb

TIMES = Times()
ALL = frozenset(Step)
DAY = datetime(2027, 3, 3, tzinfo=clock.LOCAL)
minutes = some.integers(0, 3 * 24 * 60).map(lambda number: timedelta(minutes=number))


def at(hour: int, minute: int = 0, *, day: int = 3) -> datetime:
    return datetime(2027, 3, day, hour, minute, tzinfo=clock.LOCAL)


def walked(
    chain: Chain,
    ways: frozenset[Step],
    read: datetime | None,
    late: list[timedelta],
    times: Times = TIMES,
) -> list[tuple[Step, datetime]]:
    """What is done, as the worker does it: each step some time after its moment."""
    done: list[tuple[Step, datetime]] = []
    taken: set[Step] = set()
    now = chain.begun
    for more in [*late, timedelta(0), timedelta(0)]:
        seen = read if read is not None and read <= now else None
        following = next_step(chain, ways, taken, seen, times)
        if following is None:
            return done
        now = max(now, following.at) + more
        if read is not None and read <= now:
            continue
        taken.add(following.step)
        if now < following.until:
            done.append((following.step, now))
    return done


@pytest.mark.parametrize(
    ("begun", "pressing", "any_hour", "expected"),
    [
        (at(10), Pressing.EMERGENCY, True, [("own", at(10, 2)), ("sms", at(10, 5))]),
        (at(23), Pressing.EMERGENCY, True, [("own", at(23, 2)), ("sms", at(23, 5))]),
        (
            at(23),
            Pressing.EMERGENCY,
            False,
            [("own", at(8, 32, day=4)), ("sms", at(8, 35, day=4))],
        ),
        (
            at(20, 58),
            Pressing.EMERGENCY,
            False,
            [("own", at(8, 30, day=4)), ("sms", at(8, 30, day=4))],
        ),
        (at(9), Pressing.TODAY, False, [("own", at(13))]),
        (at(18), Pressing.TODAY, False, [("own", at(20, 30))]),
        (at(20, 15), Pressing.TODAY, False, [("own", at(8, 30, day=4))]),
        (at(22), Pressing.TODAY, False, [("own", at(12, 30, day=4))]),
        (at(3), Pressing.TODAY, False, [("own", at(12, 30))]),
        (at(8, 30), Pressing.DIGEST, False, [("own", at(8, 30))]),
        (at(18), Pressing.DIGEST, False, [("own", at(18))]),
        (at(9), Pressing.INBOX, False, []),
    ],
)
def test_what_comes_when(
    begun: datetime, pressing: Pressing, any_hour: bool, expected: list[tuple[str, datetime]]
) -> None:
    chain = Chain(pressing, begun, any_hour)
    assert walked(chain, ALL, None, []) == [(Step(step), moment) for step, moment in expected]


@given(
    pressing=some.sampled_from(list(Pressing)),
    begun=minutes,
    any_hour=some.booleans(),
    ways=some.frozensets(some.sampled_from(list(Step))),
    read=some.none() | minutes,
    late=some.lists(minutes, max_size=3),
    own=some.integers(1, 600),
    sms=some.integers(1, 600),
    today=some.integers(1, 600),
)
def test_whatever_is_read_when_and_however_late_the_worker_is(  # noqa: PLR0913 - all that varies
    pressing: Pressing,
    begun: timedelta,
    any_hour: bool,
    ways: frozenset[Step],
    read: timedelta | None,
    late: list[timedelta],
    own: int,
    sms: int,
    today: int,
) -> None:
    times = Times(
        own=timedelta(minutes=own),
        sms=timedelta(minutes=own + sms),
        own_today=timedelta(minutes=today),
    )
    chain = Chain(pressing, DAY + begun, any_hour)
    seen = None if read is None else chain.begun + read
    done = walked(chain, ways, seen, late, times)
    steps = [step for step, _ in done]
    assert len(steps) == len(set(steps)), "each step once"
    assert steps == [step for step in LADDER.get(pressing, ()) if step in steps], "in their order"
    assert set(steps) <= ways
    assert Step.SMS not in steps or pressing is Pressing.EMERGENCY
    waits = timedelta(minutes=0 if pressing is Pressing.DIGEST else 1)  # a digest has waited
    assert all(moment >= chain.begun + waits for _, moment in done)
    if seen is not None:
        assert all(moment < seen for _, moment in done), "nothing once it was read"
    if not any_hour:
        assert not any(is_quiet(moment) for _, moment in done), "and nothing at night"


@given(begun=minutes, any_hour=some.booleans(), read=minutes)
def test_nobody_hears_more_after_they_have_read(
    begun: timedelta, any_hour: bool, read: timedelta
) -> None:
    chain = Chain(Pressing.EMERGENCY, DAY + begun, any_hour)
    assert next_step(chain, ALL, (), chain.begun + read, TIMES) is None


@pytest.mark.parametrize(
    ("line", "ways"),
    [
        (tickets.NOTED[1], "inbox"),
        (tickets.NOTED[0], "inbox push own"),
        (tickets.MOVED[Verb.DISPATCH][0], "inbox push own"),
        (tickets.pressed(tickets.SENT_AT_ONCE)[0], "inbox push own sms call"),
        (calls.woken(calls.OPENED, danger=True)[0], "inbox push own sms"),
    ],
)
def test_the_table_shows_by_which_ways_a_line_goes_as_the_ladder_has_them(
    line: Tell, ways: str
) -> None:
    assert ways_of(line, texts=True) == tuple(ways.split())
    assert ways_of(line, texts=False) == tuple(ways.replace(" sms", "").split())
    steps = [way for way in ways_of(line, texts=True) if way in set(Step)]
    assert steps == list(LADDER.get(line.pressing, ()))


def test_every_way_has_a_name_and_every_step_is_one() -> None:
    assert set(WAY_NAMES) == set(Way)
    assert set(Step) < set(Way)
