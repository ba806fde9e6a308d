"""When a line reaches whom: what was chosen, the quiet hours, a pause, the digest that waits."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.core.clock import LOCAL
from app.notifications.rules.choosing import (
    CHOICES,
    UNCHOSEN,
    Choice,
    Due,
    Waiting,
    due,
    kinds_for,
    next_digest,
    softened,
)
from app.notifications.rules.quiet import is_quiet
from app.notifications.rules.table import ROWS
from app.notifications.rules.telling import Kind, Pressing, Seat, Tell

NEWS, TODO = Kind.TICKET_NEWS, Kind.TICKET_TODO
E, T, D, I = Pressing.EMERGENCY, Pressing.TODAY, Pressing.DIGEST, Pressing.INBOX  # noqa: E741
DAY = date(2027, 3, 3)


def at(hour: int, minute: int = 0, days: int = 0) -> datetime:
    day = DAY + timedelta(days=days)
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=LOCAL)


def line(pressing: Pressing, **more: bool) -> Tell:
    return Tell(Seat.LEAD, TODO, "请接单", pressing, **more)


@pytest.mark.parametrize(("pressing", "found"), [
    (E, Due(E)), (T, Due(T)), (D, Due(D, at(18))), (I, Due(I)),
])  # fmt: skip
def test_by_day_a_line_reaches_as_its_row_says(pressing: Pressing, found: Due) -> None:
    assert due(line(pressing), UNCHOSEN, at(12)) == found


@pytest.mark.parametrize("pressing", [E, T, D])
@pytest.mark.parametrize(("now", "until"), [
    (at(21), at(8, 30, days=1)), (at(23, 59), at(8, 30, days=1)), (at(0), at(8, 30)),
    (at(8, 29), at(8, 30)),
])  # fmt: skip
def test_in_the_quiet_hours_everything_waits_for_half_past_eight(
    pressing: Pressing, now: datetime, until: datetime
) -> None:
    assert due(line(pressing), UNCHOSEN, now) == Due(D, until)


@pytest.mark.parametrize("now", [at(8, 30), at(20, 59)])
def test_the_quiet_hours_end_and_begin_on_the_minute(now: datetime) -> None:
    assert due(line(T), UNCHOSEN, now) == Due(T)


@pytest.mark.parametrize("most", [*CHOICES])
def test_whoever_is_on_duty_hears_of_an_emergency_whatever_they_chose(most: Pressing) -> None:
    choice = Choice({TODO: most}, paused_until=DAY + timedelta(days=9))
    for hour in range(24):
        assert due(line(E, at_any_hour=True), choice, at(hour)) == Due(E)


@pytest.mark.parametrize(("pressing", "most", "found"), [
    (T, T, Due(T)), (T, D, Due(D, at(18))), (T, I, Due(I)),
    (D, T, Due(D, at(18))), (D, D, Due(D, at(18))), (D, I, Due(I)),
    (I, T, Due(I)), (I, D, Due(I)), (I, I, Due(I)),
    (E, T, Due(E)), (E, D, Due(E)), (E, I, Due(E)),
])  # fmt: skip
def test_a_choice_makes_quieter_and_never_louder_and_leaves_an_emergency(
    pressing: Pressing, most: Pressing, found: Due
) -> None:
    assert due(line(pressing), Choice({TODO: most}), at(12)) == found


def test_a_choice_is_for_its_kind_alone() -> None:
    assert due(line(T), Choice({NEWS: I}), at(12)) == Due(T)


@pytest.mark.parametrize("pressing", [E, T, D])
def test_through_a_pause_everything_waits_for_the_morning_after(pressing: Pressing) -> None:
    choice = Choice(paused_until=DAY + timedelta(days=2))
    for days in range(3):
        assert due(line(pressing), choice, at(12, days=days)) == Due(D, at(8, 30, days=3))
    assert due(line(T), choice, at(12, days=3)) == Due(T)


def test_what_is_only_for_the_inbox_waits_for_no_digest() -> None:
    assert due(line(I), Choice(paused_until=DAY), at(23)) == Due(I)


@pytest.mark.parametrize(("now", "then"), [
    (at(0), at(8, 30)), (at(8, 29), at(8, 30)), (at(8, 30), at(18)), (at(17, 59), at(18)),
    (at(18), at(8, 30, days=1)), (at(23), at(8, 30, days=1)),
])  # fmt: skip
def test_the_next_digest_is_after_now(now: datetime, then: datetime) -> None:
    assert next_digest(now) == then


TIMES = some.integers(0, 400 * 24 * 60).map(lambda minutes: at(0) + timedelta(minutes=minutes))
WISHES = some.builds(
    Choice,
    most=some.dictionaries(some.sampled_from(Kind), some.sampled_from(CHOICES)),
    paused_until=some.none() | some.dates(date(2027, 1, 1), date(2027, 12, 31)),
)


@given(some.sampled_from([row.line for row in ROWS]), WISHES, TIMES)
def test_nothing_rings_at_night_or_through_a_pause_but_an_emergency_on_duty(
    told: Tell, choice: Choice, now: datetime
) -> None:
    found = due(told, choice, now)
    paused = choice.paused_until is not None and now.date() <= choice.paused_until
    if found.pressing in (E, T):
        assert told.at_any_hour or not (paused or is_quiet(now))
    assert (found.digest_at is not None) == (found.pressing is D)
    if found.digest_at is not None:
        assert found.digest_at > now
        assert not is_quiet(found.digest_at)


def test_a_digest_says_how_many_of_what_and_nothing_of_anybody() -> None:
    waiting = Waiting({"工单待办": 2, "走访待办": 1})
    assert (waiting.title, waiting.body) == ("今天有 3 件事等您", "工单待办 2 件，走访待办 1 件")


def test_the_property_company_is_offered_nothing_of_doors_and_only_the_committee_systems() -> None:
    company = set(kinds_for(property_only=True, committee=False))
    assert not company & {Kind.CARE_TODO, Kind.VISIT_DISPUTE, Kind.VISIT_STRAY, Kind.SYSTEM_TODO}
    assert company > {Kind.TICKET_TODO, Kind.TICKET_HELP, Kind.TICKET_NEWS, Kind.DUTY_TODO}
    office = set(kinds_for(property_only=False, committee=True))
    assert office - set(kinds_for(property_only=False, committee=False)) == {Kind.SYSTEM_TODO}


def test_a_choice_is_offered_for_just_those_kinds_that_it_makes_quieter() -> None:
    quiet = dict.fromkeys(Kind, Pressing.INBOX)
    quieter = {row.line.kind for row in ROWS if softened(row.line, Choice(quiet)) is Pressing.INBOX}
    assert set(kinds_for(property_only=False, committee=True)) == quieter
