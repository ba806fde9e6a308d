"""Who may do what with a call, who sees what of it, and how a building stands: the tables."""

from datetime import date, time, timedelta

import pytest

from app.calls.rules import (
    ANSWER_NAMES,
    BUILDING_STATE_NAMES,
    KIND_NAMES,
    STATE_NAMES,
    Answer,
    BuildingState,
    CallKind,
    CallState,
    Seat,
)
from app.calls.rules.board import Building, counts_as_seen, shown, wants_help
from app.calls.rules.seats import FEW, Sight, View, sees_others, sight
from app.calls.rules.states import (
    CALL_OFF_WITHIN,
    LONGEST,
    AnswerDoesNotFit,
    CallIsOver,
    TooLateToCallOff,
    Verb,
    checked,
    is_night,
    next_state,
    offered,
    problems,
)
from app.places.rules import CareLevel
from app.visits.rules import Outcome, Purpose
from app.visits.rules.aside import anew_on, is_put_off

HOUR, TODAY = timedelta(hours=1), date(2026, 11, 24)
LATE = CALL_OFF_WITHIN + timedelta(seconds=1)
ENDS = {
    Verb.ANSWER: CallState.OPEN,
    Verb.CLOSE: CallState.CLOSED,
    Verb.CALL_OFF: CallState.CALLED_OFF,
}


@pytest.mark.parametrize("verb", list(Verb))
@pytest.mark.parametrize("state", list(CallState))
def test_only_an_open_call_can_be_moved(state: CallState, verb: Verb) -> None:
    if state is CallState.OPEN:
        assert next_state(state, verb, HOUR) is ENDS[verb]
    else:
        with pytest.raises(CallIsOver):
            next_state(state, verb, HOUR)


def test_a_call_is_called_off_within_a_day_and_not_later() -> None:
    assert next_state(CallState.OPEN, Verb.CALL_OFF, CALL_OFF_WITHIN) is CallState.CALLED_OFF
    with pytest.raises(TooLateToCallOff):
        next_state(CallState.OPEN, Verb.CALL_OFF, LATE)
    assert offered(CallState.OPEN, HOUR) == (Verb.CLOSE, Verb.CALL_OFF)
    assert offered(CallState.OPEN, LATE) == (Verb.CLOSE,)
    assert offered(CallState.CLOSED, HOUR) == ()


@pytest.mark.parametrize(
    ("seat", "fits"),
    [
        (Seat.MEMBER, {Answer.COMING, Answer.CANNOT, Answer.SAFE}),
        (Seat.DUTY, {Answer.COMING, Answer.CANNOT}),
    ],
)
def test_these_answers_and_no_others_fit_a_seat(seat: Seat, fits: set[Answer]) -> None:
    for answer in Answer:
        if answer in fits:
            assert checked(seat, answer) is answer
        else:
            with pytest.raises(AnswerDoesNotFit):
                checked(seat, answer)


@pytest.mark.parametrize(
    ("until", "danger", "reason", "wrong"),
    [
        (TODAY, False, "", set()),
        (TODAY + LONGEST, False, "", set()),
        (TODAY - timedelta(days=1), False, "", {"until"}),
        (TODAY + LONGEST + timedelta(days=1), False, "", {"until"}),
        (TODAY, True, "", {"danger_reason"}),
        (TODAY, True, "   急  ", {"danger_reason"}),
        (TODAY, True, "地下室进水，有人困住", set()),
    ],
)
def test_waking_everybody_wants_a_reason(
    until: date, danger: bool, reason: str, wrong: set[str]
) -> None:
    assert set(problems(TODAY, until, danger=danger, reason=reason)) == wrong


@pytest.mark.parametrize(
    ("moment", "night"),
    [
        (time(20, 59), False),
        (time(21), True),
        (time(3), True),
        (time(8, 29), True),
        (time(8, 30), False),
    ],
)
def test_the_night_is_from_nine_to_half_past_eight(moment: time, night: bool) -> None:
    assert is_night(moment) is night


SIGHTS = {
    View.COMMITTEE: Sight(leads=True, board=True, small=True, names=True),
    View.SUBDISTRICT: Sight(leads=True, board=True, small=False, names=True),
    View.COMPANY: Sight(board=True),
    View.SHUT_OUT: Sight(),
    View.LEADER: Sight(),
    View.CALLED: Sight(),
}


@pytest.mark.parametrize("view", list(View))
def test_each_sees_what_the_table_says(view: View) -> None:
    assert sight([view]) == SIGHTS[view]
    assert sees_others([view]) is (view not in {View.CALLED, View.SHUT_OUT})


def test_who_works_for_a_property_company_never_sees_few_households() -> None:
    assert not sight([View.COMMITTEE, View.SHUT_OUT]).small
    assert sight([View.COMMITTEE, View.CALLED]).small


@pytest.mark.parametrize(
    ("coming", "doors", "seen", "asking", "state"),
    [
        (0, 0, 0, 0, BuildingState.NOBODY),
        (2, 0, 0, 0, BuildingState.COMING),
        (0, 3, 0, 0, BuildingState.NOBODY),
        (1, 3, 0, 0, BuildingState.COMING),
        (0, 3, 1, 0, BuildingState.LOOKED),
        (1, 3, 3, 0, BuildingState.WELL),
        (1, 3, 3, 1, BuildingState.HELP),
        (0, 3, 1, 1, BuildingState.HELP),
    ],
)
def test_how_a_building_stands(
    coming: int, doors: int, seen: int, asking: int, state: BuildingState
) -> None:
    assert Building(coming, doors, seen, asking).state is state


def test_few_households_are_neither_a_number_nor_a_state_for_others() -> None:
    few = Building(0, FEW - 1, FEW - 1, 1)
    assert shown(few, small=True) == few
    assert shown(few, small=False) == Building(0, None, None, None)
    assert shown(few, small=False).state is BuildingState.NOBODY
    enough = Building(0, FEW, FEW, 0)
    assert shown(enough, small=False) == enough


@pytest.mark.parametrize("outcome", list(Outcome))
def test_a_door_at_which_nobody_answered_was_not_looked_at(outcome: Outcome) -> None:
    assert counts_as_seen(outcome) is (outcome is not Outcome.NOT_HOME)
    assert wants_help(outcome) is (outcome is Outcome.ISSUE)


@pytest.mark.parametrize("level", list(CareLevel))
@pytest.mark.parametrize("purpose", list(Purpose))
def test_only_regular_visits_to_other_households_wait(purpose: Purpose, level: CareLevel) -> None:
    goes_on = purpose in {Purpose.WELLNESS, Purpose.CALL_BACK, Purpose.ASKED}
    assert is_put_off(purpose, level) is (level is CareLevel.GENERAL and not goes_on)


@pytest.mark.parametrize(
    ("was", "over", "anew"),
    [
        (date(2026, 11, 24), date(2026, 11, 24), date(2026, 12, 1)),
        (date(2026, 11, 24), date(2026, 11, 30), date(2026, 12, 1)),
        (date(2026, 11, 24), date(2026, 12, 1), date(2026, 12, 8)),
        (date(2026, 11, 26), date(2026, 11, 24), date(2026, 11, 26)),
    ],
)
def test_a_visit_is_asked_anew_on_the_same_day_of_a_week_to_come(
    was: date, over: date, anew: date
) -> None:
    assert anew_on(was, over) == anew
    assert anew.weekday() == was.weekday()


def test_every_word_has_its_chinese() -> None:
    assert set(KIND_NAMES) == set(CallKind)
    assert set(STATE_NAMES) == set(CallState)
    assert set(ANSWER_NAMES) == set(Answer)
    assert set(BUILDING_STATE_NAMES) == set(BuildingState)
