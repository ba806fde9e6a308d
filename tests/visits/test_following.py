"""What follows a record: every outcome, step, method, care level and try, in one table."""

from datetime import date, time
from itertools import product

import pytest

from app.places.rules import CareLevel
from app.visits.rules import Method, NextStep, Outcome
from app.visits.rules.following import ROWS, Coming, Hears, follows, next_step
from app.visits.rules.record import WISHES, Said, problems
from app.visits.rules.windows import Slot, Window

TODAY = date(2026, 11, 24)
MOVED = Slot(TODAY, Window(time(18, 30), time(20, 30)))
ATTEMPTS = (1, 2, 3, 4, 9)


def said(outcome: Outcome, step: NextStep | None = None, method: Method = Method.DOOR) -> Said:
    moved = MOVED if outcome is Outcome.RESCHEDULED else None
    return Said(on=TODAY, method=method, outcome=outcome, next_step=step, reschedule_to=moved)


WHOLE = [
    (one, attempt, level)
    for outcome, step, method, attempt, level in product(
        Outcome, (None, *NextStep), Method, ATTEMPTS, CareLevel
    )
    if not problems(one := said(outcome, step, method), TODAY)
]


def test_every_record_that_may_be_written_has_something_that_follows() -> None:
    used = {follows(*case) for case in WHOLE}
    assert used == set(ROWS), "a row that is never the first to fit says nothing"
    assert all(len(row.sentence) <= 32 for row in ROWS)


# outcome, said by the visitor, try, care level: what comes, who hears.
TABLE = [
    ("ok", None, 1, "general", "none", "nobody"),
    ("ok", None, 1, "high", "none", "nobody"),
    ("issue", None, 1, "high", "none", "nobody"),
    ("declined", None, 1, "general", "none", "nobody"),
    ("declined", None, 1, "high", "none", "nobody"),
    ("declined", "no_more_visits", 1, "general", "none", "nobody"),
    ("declined", "call_first", 2, "focus", "none", "nobody"),
    ("rescheduled", None, 1, "general", "appointed", "nobody"),
    ("rescheduled", None, 3, "high", "appointed", "nobody"),
    ("rescheduled", "phone_only", 1, "general", "appointed", "nobody"),
    ("rescheduled", "no_more_visits", 1, "general", "none", "nobody"),
    ("not_home", None, 1, "general", "again", "nobody"),
    ("not_home", None, 1, "focus", "again", "nobody"),
    ("not_home", None, 1, "high", "again", "all_today"),
    ("not_home", None, 2, "general", "again", "nobody"),
    ("not_home", None, 2, "high", "again", "all_today"),
    ("not_home", None, 3, "general", "none", "building_head"),
    ("not_home", None, 3, "high", "none", "all_today"),
    ("not_home", None, 9, "focus", "none", "building_head"),
    ("not_home", "building_head", 1, "general", "none", "building_head"),
    ("not_home", "building_head", 1, "high", "none", "all_today"),
    ("not_home", "other_time", 3, "general", "again", "nobody"),
    ("not_home", "phone", 1, "focus", "again", "nobody"),
]


@pytest.mark.parametrize(("outcome", "step", "attempt", "level", "coming", "hears"), TABLE)
def test_what_follows_is_as_the_domain_says(
    outcome: str, step: str | None, attempt: int, level: str, coming: str, hears: str
) -> None:
    row = follows(
        said(Outcome(outcome), NextStep(step) if step else None), attempt, CareLevel(level)
    )
    assert (row.coming, row.hears) == (coming, hears)


@pytest.mark.parametrize(
    ("attempt", "step"),
    [
        (1, NextStep.OTHER_TIME),
        (2, NextStep.PHONE),
        (3, NextStep.BUILDING_HEAD),
        (4, NextStep.BUILDING_HEAD),
    ],
)
def test_nobody_home_means_another_band_then_phone_then_building_head(
    attempt: int, step: NextStep
) -> None:
    assert next_step(said(Outcome.NOT_HOME), attempt) is step


def test_a_high_household_that_does_not_answer_is_seen_to_the_same_day_and_only_that_one() -> None:
    for one, attempt, level in WHOLE:
        worried = one.outcome is Outcome.NOT_HOME and level is CareLevel.HIGH
        assert (follows(one, attempt, level).hears is Hears.ALL_TODAY) is worried


def test_declined_is_a_full_result_and_nobody_comes_back() -> None:
    for one, attempt, level in WHOLE:
        if one.outcome is Outcome.DECLINED:
            assert follows(one, attempt, level).coming is Coming.NONE


def test_an_ok_signal_completes_a_visit_without_a_knock() -> None:
    row = follows(said(Outcome.OK, method=Method.OK_SIGNAL), 1, CareLevel.HIGH)
    assert (row.coming, row.hears) == (Coming.NONE, Hears.NOBODY)
    assert "不用敲门" in row.sentence


def test_nobody_comes_again_after_no_more_visits_whatever_else_was_said() -> None:
    for one, attempt, level in WHOLE:
        if one.next_step is NextStep.NO_MORE_VISITS:
            row = follows(one, attempt, level)
            assert (row.coming, row.hears) == (Coming.NONE, Hears.NOBODY)


def test_a_new_window_asked_for_is_kept_unless_nobody_shall_come() -> None:
    for one, attempt, level in WHOLE:
        if one.outcome is Outcome.RESCHEDULED and one.next_step not in WISHES:
            assert follows(one, attempt, level).coming is Coming.APPOINTED


def test_the_table_looks_at_the_door_and_at_nobody_who_stood_there() -> None:
    """Section 6: nobody answering is never counted against a person."""
    assert set(ROWS[0].__dataclass_fields__) == {
        "outcome", "sentence", "steps", "levels", "methods", "coming", "hears",
    }  # fmt: skip
