"""What came of a stop that was owed, told by exhaustion; what a month adds up to."""

from datetime import date
from itertools import product
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from app.places.rules import CareLevel, VisitWish
from app.reports.rules.coverage import (
    COUNTED,
    DUE,
    TABLE,
    WORDS,
    Came,
    Fate,
    Stop,
    afterwards,
    came_of,
    lines,
    over,
)
from app.visits.rules import Outcome

HERE = UUID(int=1)
FATES = [
    Fate(result=result, wish=wish, tried_out=tried, nobody=nobody, no_time=no_time, unplanned=plan)
    for result, wish, tried, nobody, no_time, plan in product(
        (None, *Outcome), VisitWish, *[(False, True)] * 4
    )
]


def expected(fate: Fate) -> Came:
    """The same once more, said otherwise."""
    if fate.result in (Outcome.OK, Outcome.ISSUE):
        return Came.DONE
    if fate.result is Outcome.DECLINED or fate.wish is VisitWish.NO_MORE_VISITS:
        return Came.REFUSED
    if any((fate.tried_out, fate.nobody, fate.no_time, fate.unplanned)):
        return Came.IMPOSSIBLE
    return Came.OPEN


def test_every_stop_comes_out_in_exactly_one_way_whatever_is_known_of_it() -> None:
    assert [came_of(fate) for fate in FATES] == [expected(fate) for fate in FATES]


def test_no_row_of_the_table_is_idle() -> None:
    """Each row is the first that fits somewhere."""
    first = {next(nth for nth, (_, fits) in enumerate(TABLE) if fits(fate)) for fate in FATES}
    assert first == set(range(len(TABLE)))


def test_nobody_answering_or_another_day_is_no_result_and_stays_open() -> None:
    for result in (Outcome.NOT_HOME, Outcome.RESCHEDULED, None):
        assert came_of(Fate(result=result)) is Came.OPEN


def test_a_visit_that_was_made_counts_whatever_stood_against_it() -> None:
    fate = Fate(
        result=Outcome.OK,
        wish=VisitWish.NO_MORE_VISITS,
        tried_out=True,
        nobody=True,
        no_time=True,
        unplanned=True,
    )
    assert came_of(fate) is Came.DONE


def test_every_word_is_explained_once() -> None:
    assert [word.key for word in WORDS] == [DUE, *(came.value for came in Came)]
    assert sorted(word.key for word in WORDS) == sorted(COUNTED)
    assert len({word.name for word in WORDS}) == len(WORDS)


def place(number: int) -> UUID:
    return UUID(int=number)


@some.composite
def stops(draw: some.DrawFn, doors: int = 60) -> list[Stop]:
    """Doors in a few buildings of one or two estates and grids, with what came of their stops."""
    buildings = draw(some.integers(1, 4))
    estate = [draw(some.integers(0, 1)) for _ in range(buildings)]
    grid = [draw(some.sampled_from((None, 0, 1))) for _ in range(buildings)]
    found = []
    for door in range(draw(some.integers(0, doors))):
        at = draw(some.integers(0, buildings - 1))
        level = draw(some.sampled_from(CareLevel))
        for _ in range(draw(some.integers(1, 4)) if level is CareLevel.HIGH else 1):
            stop = Stop(
                door=place(1000 + door),
                building=place(100 + at),
                estate=place(50 + estate[at]),
                grid=None if grid[at] is None else place(20 + (grid[at] or 0)),
                level=level,
                came=draw(some.sampled_from((Came.DONE, Came.DONE, *Came))),
            )
            found.append(stop)
    return found


@settings(deadline=None, max_examples=60)
@given(stops())
def test_whatever_is_told_is_true_and_adds_up(all_: list[Stop]) -> None:
    for line in lines(HERE, all_):
        mine = [
            stop
            for stop in all_
            if line.place in (HERE, stop.building, stop.estate, stop.grid)
            and line.level in (None, stop.level)
        ]
        true = {DUE: len(mine)} | {
            came.value: sum(stop.came is came for stop in mine) for came in Came
        }
        assert true[DUE] == sum(true[came.value] for came in Came)
        told = {name: count for name, count in line.counts.items() if count is not None}
        assert told == {name: true[name] for name in told}


@settings(deadline=None, max_examples=60)
@given(stops())
def test_6_2_statistics_over_fewer_than_5_households_are_hidden(all_: list[Stop]) -> None:
    """DOMAIN.md, section 6.2: no figure that counts one to four households, and no line of a place
    and level in which one to four households were owed anything."""
    for line in lines(HERE, all_):
        mine = [
            stop
            for stop in all_
            if line.place in (HERE, stop.building, stop.estate, stop.grid)
            and line.level in (None, stop.level)
        ]
        if len({stop.door for stop in mine}) < 5:
            assert set(line.counts.values()) == {None}
        for came in Came:
            doors = {stop.door for stop in mine if stop.came is came}
            if 0 < len(doors) < 5:
                assert line.counts[came.value] is None


def test_five_households_are_told_and_four_are_not() -> None:
    def of(doors: int) -> list[Stop]:
        return [
            Stop(
                door=place(1000 + nth),
                building=place(100),
                estate=place(50),
                grid=None,
                level=CareLevel.FOCUS,
                came=Came.DONE,
            )
            for nth in range(doors)
        ]

    assert {line.counts[DUE] for line in lines(HERE, of(5))} == {5}
    assert {line.counts[DUE] for line in lines(HERE, of(4))} == {None}
    assert lines(HERE, []) == []


def test_nothing_is_hidden_where_every_figure_is_large() -> None:
    all_ = [
        Stop(
            door=place(1000 + nth),
            building=place(100 + nth % 3),
            estate=place(50),
            grid=place(20 + nth % 3 // 2),
            level=list(CareLevel)[nth // 3 % 3],
            came=list(Came)[nth // 9 % 4],
        )
        for nth in range(9 * 4 * 5)
    ]
    told = [count for line in lines(HERE, all_) for count in line.counts.values()]
    assert None not in told
    assert len(told) > 5 * 4 * 5


@pytest.mark.parametrize(
    ("today", "latest"),
    [
        (date(2026, 12, 3), "2026-10"),
        (date(2026, 12, 4), "2026-11"),
        (date(2027, 1, 1), "2026-11"),
        (date(2027, 1, 4), "2026-12"),
    ],
)
def test_a_month_is_settled_on_the_fourth_of_the_next(today: date, latest: str) -> None:
    assert over(today)[0] == latest
    assert len(over(today)) == 13


def test_a_month_that_is_settled_late_says_so() -> None:
    assert not afterwards("2026-10", date(2026, 11, 4))
    assert afterwards("2026-10", date(2026, 11, 29))
