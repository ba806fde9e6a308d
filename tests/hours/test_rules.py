"""Minutes, quarters and who may do what: each value, each cell of the table."""

from itertools import chain, combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import Refusal
from app.hours.rules import BY_HAND, HoursState, Kind
from app.hours.rules.minutes import (
    MOST,
    capped,
    hours,
    minutes_problem,
    quarters,
    visit_minutes,
)
from app.hours.rules.states import (
    HoursSettled,
    NotYourHours,
    NotYoursToConfirm,
    Seat,
    Verb,
    may,
    next_state,
    seats_of,
)
from app.visits.rules import Method, Outcome

W, C, S, V = (
    HoursState.WAITING,
    HoursState.CONFIRMED,
    HoursState.SENT_BACK,
    HoursState.VOIDED,
)
# What a clerk would write down: verb → who, and from which state to which.
TABLE = {
    Verb.CONFIRM: ({Seat.CONFIRMER}, {W: C}),
    Verb.SEND_BACK: ({Seat.CONFIRMER}, {W: S}),
    Verb.CORRECT: ({Seat.CONFIRMER}, {W: C, C: C}),
    Verb.VOID: ({Seat.CONFIRMER, Seat.KEEPER}, {W: V, S: V, C: V}),
    Verb.SAY: ({Seat.OWN}, {W: W, S: W}),
    Verb.WITHDRAW: ({Seat.OWN}, {W: V, S: V}),
}
SEATS = [
    frozenset(some)
    for some in chain.from_iterable(combinations(Seat, size) for size in range(len(Seat) + 1))
]


@pytest.mark.parametrize(("verb", "state", "seats"), [*product(Verb, HoursState, SEATS)])
def test_each_verb_works_for_its_seats_from_its_states_and_else_says_why_not(
    verb: Verb, state: HoursState, seats: frozenset[Seat]
) -> None:
    who, ways = TABLE[verb]
    if who & seats and state in ways:
        assert next_state(state, verb, seats) is ways[state]
        assert verb in may(state, seats)
        return
    expected: type[Refusal] = HoursSettled
    if not who & seats:
        expected = NotYourHours if who == {Seat.OWN} else NotYoursToConfirm
    with pytest.raises(expected):
        next_state(state, verb, seats)
    assert verb not in may(state, seats)


@given(confirmer=st.booleans(), keeper=st.booleans())
def test_nobody_confirms_their_own_whatever_else_they_are(confirmer: bool, keeper: bool) -> None:
    """DOMAIN.md section 6.5: hours are confirmed by the team leader."""
    held = seats_of(own=True, confirmer=confirmer, keeper=keeper)
    assert held == {Seat.OWN}
    assert set(may(W, held)) == {Verb.SAY, Verb.WITHDRAW}


def test_the_other_seats_are_held_side_by_side() -> None:
    both = seats_of(own=False, confirmer=True, keeper=True)
    assert both == {Seat.CONFIRMER, Seat.KEEPER}
    assert seats_of(own=False, confirmer=False, keeper=False) == frozenset()


@pytest.mark.parametrize(
    ("minutes", "counted"),
    [(1, 1), (7, 1), (8, 1), (15, 1), (22, 1), (23, 2), (30, 2), (37, 2), (38, 3), (480, 32)],
)
def test_minutes_are_rounded_to_the_nearest_quarter_and_never_to_nothing(
    minutes: int, counted: int
) -> None:
    assert quarters(minutes) == counted


@given(st.integers(1, MOST))
def test_rounding_moves_a_record_by_less_than_half_a_quarter_but_for_the_first(
    minutes: int,
) -> None:
    assert minutes < 8 or abs(quarters(minutes) * 15 - minutes) <= 7


@given(st.integers(1, 10_000))
def test_no_record_holds_more_than_eight_hours(minutes: int) -> None:
    """DOMAIN.md section 6.5: at most 8 h a record."""
    assert hours(quarters(capped(minutes))) <= 8
    assert (minutes_problem(minutes) is None) == (minutes <= MOST)


def test_a_record_needs_its_minutes() -> None:
    assert minutes_problem(None)
    assert minutes_problem(0)


@pytest.mark.parametrize(("method", "outcome"), [*product(Method, Outcome)])
def test_a_visit_counts_what_it_usually_takes(method: Method, outcome: Outcome) -> None:
    talked = outcome in (Outcome.OK, Outcome.ISSUE)
    usual = {Method.DOOR: 20, Method.DOWNSTAIRS: 20, Method.PHONE: 10, Method.VIDEO: 10}
    assert visit_minutes(method, outcome) == (usual.get(method, 5) if talked else 5)


def test_visits_and_patrols_are_not_entered_by_hand() -> None:
    assert set(Kind) - {Kind.VISIT, Kind.PATROL} == BY_HAND
