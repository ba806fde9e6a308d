"""Who may do what to a visit and a round: every state × verb × seat."""

from itertools import chain, combinations

import pytest

from app.core.errors import Refusal
from app.visits.rules import RoundState, VisitState
from app.visits.rules.states import (
    AlreadyAnswered,
    AlreadyRecorded,
    NotRecorded,
    NotYourProposal,
    NotYourVisit,
    RoundIsOver,
    RoundNotDraft,
    RoundVerb,
    Seat,
    Verb,
    VisitIsOver,
    fits,
    next_round_state,
    next_state,
)

# What a clerk would write on one sheet: state, verb → the state after it.
AFTER = {
    ("proposed", "accept"): "accepted",
    ("proposed", "decline"): "turned_down",
    ("proposed", "move"): "accepted",
    ("proposed", "record"): "done",
    ("proposed", "cancel"): "cancelled",
    ("accepted", "decline"): "turned_down",
    ("accepted", "move"): "accepted",
    ("accepted", "record"): "done",
    ("accepted", "cancel"): "cancelled",
    ("done", "tell"): "done",
    ("done", "correct"): "done",
    ("done", "void"): "accepted",
}
BY = {
    "accept": {"asked"},
    "decline": {"asked"},
    "move": {"asked"},
    "record": {"asked", "partner", "office"},
    "tell": {"asked", "partner"},
    "cancel": {"office"},
    "correct": {"maker", "leader"},
    "void": {"maker", "leader"},
}
ALL_SEATS = [
    frozenset(seats)
    for seats in chain.from_iterable(combinations(Seat, size) for size in range(len(Seat) + 1))
]


@pytest.mark.parametrize("state", VisitState)
@pytest.mark.parametrize("verb", Verb)
@pytest.mark.parametrize("seats", ALL_SEATS, ids=lambda seats: "+".join(sorted(seats)) or "none")
def test_every_state_verb_and_seat_does_what_the_sheet_says(
    state: VisitState, verb: Verb, seats: frozenset[Seat]
) -> None:
    expected = AFTER.get((state, verb)) if BY[verb] & seats else None
    assert fits(state, verb, seats) is bool(expected)
    if expected:
        assert next_state(state, verb, seats) == expected
    else:
        with pytest.raises(Refusal):
            next_state(state, verb, seats)


def test_volunteers_are_asked_not_ordered_so_the_office_cannot_accept_for_them() -> None:
    for verb in (Verb.ACCEPT, Verb.DECLINE, Verb.MOVE):
        with pytest.raises(NotYourProposal):
            next_state(VisitState.PROPOSED, verb, {Seat.OFFICE, Seat.PARTNER})


def test_a_volunteer_cannot_call_a_visit_off_for_the_office() -> None:
    with pytest.raises(NotYourVisit):
        next_state(VisitState.PROPOSED, Verb.CANCEL, {Seat.ASKED})


@pytest.mark.parametrize(
    ("state", "verb", "refusal"),
    [
        (VisitState.DONE, Verb.RECORD, AlreadyRecorded),
        (VisitState.ACCEPTED, Verb.ACCEPT, AlreadyAnswered),
        (VisitState.TURNED_DOWN, Verb.RECORD, VisitIsOver),
        (VisitState.CANCELLED, Verb.RECORD, VisitIsOver),
        (VisitState.ACCEPTED, Verb.CORRECT, NotRecorded),
        (VisitState.CANCELLED, Verb.VOID, NotRecorded),
    ],
)
def test_a_refusal_says_why(state: VisitState, verb: Verb, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        next_state(state, verb, {Seat.ASKED, Seat.MAKER})


def test_no_state_means_overdue() -> None:
    """A proposal that was not accepted is never overdue and never counted against a person."""
    assert {state.value for state in VisitState} == {
        "proposed",
        "accepted",
        "turned_down",
        "done",
        "cancelled",
    }


ROUND_AFTER = {
    ("draft", "edit"): "draft",
    ("draft", "publish"): "published",
    ("draft", "cancel"): "cancelled",
    ("published", "cancel"): "cancelled",
    ("published", "end"): "ended",
}


@pytest.mark.parametrize("state", RoundState)
@pytest.mark.parametrize("verb", RoundVerb)
def test_a_round_goes_from_draft_to_published_to_ended_or_cancelled(
    state: RoundState, verb: RoundVerb
) -> None:
    expected = ROUND_AFTER.get((state, verb))
    if expected:
        assert next_round_state(state, verb) == expected
    else:
        with pytest.raises((RoundNotDraft, RoundIsOver)):
            next_round_state(state, verb)
