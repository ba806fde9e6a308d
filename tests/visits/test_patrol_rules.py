"""Whom a patrol asks, when, and what ends one."""

from datetime import date, time, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.visits.rules.patrols import (
    AHEAD_DAYS,
    PatrolDayHasPassed,
    PatrolIsOver,
    PatrolState,
    answer_problem,
    asked_next,
    end_problems,
    route_problems,
    turns,
)

TODAY = date(2026, 11, 24)
HOURS = (time(9), time(10))
DAYS = st.dates(date(2024, 1, 1), date(2030, 1, 1))


@given(st.sets(st.integers(1, 7)), DAYS)
def test_a_route_is_walked_on_its_days_of_the_coming_week(days: set[int], first: date) -> None:
    found = [turn.on for turn in turns(days, HOURS, first)]
    assert [day.isoweekday() for day in found] == [
        day.isoweekday()
        for day in (first + timedelta(days=away) for away in range(AHEAD_DAYS))
        if day.isoweekday() in days
    ]


PEOPLE = [uuid4() for _ in range(5)]


@given(
    st.dictionaries(st.sampled_from(PEOPLE), DAYS),
    st.sets(st.sampled_from(PEOPLE)),
    st.integers(1, 4),
)
def test_those_asked_longest_ago_are_asked_and_nobody_who_is_away(
    last: dict[UUID, date], away: set[UUID], wanted: int
) -> None:
    asked = asked_next(PEOPLE, last, away, TODAY, wanted)
    assert not set(asked) & away
    assert len(asked) == min(wanted, len(PEOPLE) - len(away))
    left = set(PEOPLE) - away - set(asked)
    latest = max((last.get(one, date.min) for one in asked), default=date.min)
    assert all(last.get(one, date.min) >= latest for one in left)


def test_over_some_weeks_everybody_has_their_turn() -> None:
    last: dict[UUID, date] = {}
    for day in range(10):
        on = TODAY + timedelta(days=day)
        for one in asked_next(PEOPLE, last, (), on, 2):
            last[one] = on
    assert set(last) == set(PEOPLE)
    assert max(last.values()) - min(last.values()) <= timedelta(days=2)


@pytest.mark.parametrize(
    ("state", "days", "refused"),
    [
        (PatrolState.OPEN, 0, None),
        (PatrolState.OPEN, 5, None),
        (PatrolState.OPEN, -1, PatrolDayHasPassed),
        (PatrolState.DONE, 0, PatrolIsOver),
        (PatrolState.CANCELLED, 3, PatrolIsOver),
    ],
)
def test_an_answer_is_for_what_is_still_to_come(
    state: PatrolState, days: int, refused: type[Exception] | None
) -> None:
    assert answer_problem(state, TODAY + timedelta(days=days), TODAY) is refused


@pytest.mark.parametrize(
    ("days", "minutes", "fields"),
    [
        (0, 40, []),
        (-30, 480, []),
        (1, 40, ["on"]),
        (-31, 40, ["on"]),
        (0, 0, ["minutes"]),
        (0, 481, ["minutes"]),
    ],
)
def test_a_walk_has_happened_not_long_ago_and_took_at_most_eight_hours(
    days: int, minutes: int, fields: list[str]
) -> None:
    assert [*end_problems(TODAY + timedelta(days=days), minutes, TODAY)] == fields


ONE = uuid4()


@pytest.mark.parametrize(
    ("days", "hours", "people", "points", "fields"),
    [
        ([1], HOURS, [ONE], [ONE], []),
        ([], HOURS, [ONE], [ONE], ["days"]),
        ([8], HOURS, [ONE], [ONE], ["days"]),
        ([1], HOURS[::-1], [ONE], [ONE], ["window"]),
        ([1], HOURS, [], [ONE], ["people"]),
        ([1], HOURS, [ONE], [], ["points"]),
        ([1], HOURS, [ONE], [ONE, ONE], ["points"]),
    ],
)
def test_a_route_says_when_who_and_where(
    days: list[int],
    hours: tuple[time, time],
    people: list[UUID],
    points: list[UUID],
    fields: list[str],
) -> None:
    assert [*route_problems(days, hours, people, points)] == fields
