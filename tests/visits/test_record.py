"""What a record must say and may not say."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import inspect

from app.visits.models import Told, VisitAccount, VisitRecord
from app.visits.rules import Method, NextStep, Outcome
from app.visits.rules.record import (
    Said,
    looks_like_identity_number,
    problems,
)
from app.visits.rules.windows import Slot, Window

TODAY = date(2026, 11, 24)
EVENING = Window(time(18, 30), time(20, 30))
POSSIBLE = {
    "door": {"ok", "issue", "not_home", "declined", "rescheduled"},
    "downstairs": {"ok", "issue", "declined", "rescheduled"},
    "phone": {"ok", "issue", "not_home", "declined", "rescheduled"},
    "video": {"ok", "issue", "not_home", "declined", "rescheduled"},
    "ok_signal": {"ok"},
}


def said(**more: Any) -> Said:
    return Said(**({"on": TODAY, "method": Method.DOOR, "outcome": Outcome.OK} | more))


def test_three_taps_record_seen_all_well() -> None:
    assert problems(Said(on=TODAY, method=Method.DOOR, outcome=Outcome.OK), TODAY) == {}


@pytest.mark.parametrize("method", Method)
@pytest.mark.parametrize("outcome", Outcome)
def test_every_outcome_is_known_by_a_method_that_can_know_it(
    method: Method, outcome: Outcome
) -> None:
    moved = Slot(TODAY, EVENING) if outcome is Outcome.RESCHEDULED else None
    found = problems(said(method=method, outcome=outcome, reschedule_to=moved), TODAY)
    assert ("method" in found) is (outcome not in POSSIBLE[method])


@pytest.mark.parametrize("outcome", [Outcome.DECLINED, Outcome.OK])
def test_declined_is_a_full_result(outcome: Outcome) -> None:
    assert problems(said(outcome=outcome), TODAY) == {}


@pytest.mark.parametrize(("days", "fine"), [(1, False), (0, True), (-30, True), (-31, False)])
def test_a_record_is_of_something_that_happened_not_long_ago(days: int, fine: bool) -> None:
    found = problems(said(on=TODAY + timedelta(days=days)), TODAY)
    assert ("on" not in found) is fine


def test_a_note_needs_the_residents_agreement_and_is_never_silently_dropped() -> None:
    assert problems(said(note="想换灯泡"), TODAY)["note"]
    assert problems(said(note="想换灯泡", note_agreed=True), TODAY) == {}


def test_a_note_has_at_most_200_characters() -> None:
    assert problems(said(note="好" * 200, note_agreed=True), TODAY) == {}
    assert "200" in problems(said(note="好" * 201, note_agreed=True), TODAY)["note"][0]


@pytest.mark.parametrize(
    ("method", "outcome"), [(Method.OK_SIGNAL, Outcome.OK), (Method.DOOR, Outcome.NOT_HOME)]
)
def test_who_was_not_spoken_with_agreed_to_no_note(method: Method, outcome: Outcome) -> None:
    found = problems(said(method=method, outcome=outcome, note="灯亮着", note_agreed=True), TODAY)
    assert "note" in found


@given(st.from_regex(r"[1-9][0-9]{16}[0-9Xx]", fullmatch=True), st.sampled_from(["", " ", "-"]))
def test_an_identity_number_is_refused_however_it_is_spaced(number: str, gap: str) -> None:
    spaced = gap.join((number[:6], number[6:14], number[14:]))
    for text in (spaced, f"证号{spaced}。", spaced.translate(WIDE)):
        assert looks_like_identity_number(text)
        assert problems(said(note=text, note_agreed=True), TODAY)["note"]


WIDE = {ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"}


@pytest.mark.parametrize("text", ["", "电话 13800000000", "3栋 1单元 202", "12345678901234567"])
def test_other_numbers_in_a_note_are_no_identity_number(text: str) -> None:
    assert not looks_like_identity_number(text)


@pytest.mark.parametrize(
    "moved",
    [
        None,
        Slot(TODAY - timedelta(days=1), EVENING),
        Slot(TODAY + timedelta(days=61), EVENING),
        Slot(TODAY, Window(time(21), time(22))),
        Slot(TODAY, Window(time(20), time(19))),
    ],
)
def test_rescheduled_needs_a_new_date_and_a_window_by_day(moved: Slot | None) -> None:
    found = problems(said(outcome=Outcome.RESCHEDULED, reschedule_to=moved), TODAY)
    assert found["reschedule_to"]


def test_only_rescheduled_carries_a_new_date() -> None:
    assert "reschedule_to" in problems(said(reschedule_to=Slot(TODAY, EVENING)), TODAY)


@pytest.mark.parametrize(
    "step", [NextStep.CALL_FIRST, NextStep.PHONE_ONLY, NextStep.NO_MORE_VISITS]
)
def test_a_wish_for_the_future_must_have_been_spoken(step: NextStep) -> None:
    assert problems(said(outcome=Outcome.NOT_HOME, next_step=step), TODAY)["next_step"]
    assert problems(said(outcome=Outcome.DECLINED, next_step=step), TODAY) == {}


WHAT_IS_SAID = {
    "on",
    "slot",
    "method",
    "outcome",
    "needs",
    "note",
    "note_agreed",
    "next_step",
    "reschedule_to",
    "ticket_id",
    "recorded_by",
    "device_time",
    "received_at",
}


@pytest.mark.parametrize(
    ("model", "which"),
    [
        (VisitRecord, {"visit_id", "household_id", "wish_before"}),
        (VisitAccount, {"id", "visit_id"}),
    ],
)
def test_a_record_has_no_column_for_what_is_never_collected(
    model: type[Told], which: set[str]
) -> None:
    assert {column.key for column in inspect(model).columns} == which | WHAT_IS_SAID
