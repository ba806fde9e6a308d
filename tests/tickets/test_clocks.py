"""What starts, stops and ends a clock, and how it explains itself."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.tickets.rules import Clock, ClockKind, ClockState, Holder, Step, Verb, replay, state_of
from app.tickets.rules.clocks import next_due
from app.tickets.rules.explain import explain
from app.tickets.rules.worktime import Pace, after, passed
from tests.factories.clocks import COMPANY, HELPER, OTHER, VOLUNTEERS, at

V = Verb
LAMP = "facility.power_lighting"  # 4 working hours, 1 working day, 48 hours
NOISE = "order.noise"  # 4 working hours, 3 working days
REPORTED = Step(V.SUBMIT, at("2026-11-24T09:00"), category=NOISE)
GIVEN = Step(V.DISPATCH, at("2026-11-24T10:00"), to=COMPANY)
BEGUN = Step(V.START, at("2026-11-24T10:30"))


def lead(steps: list[Step], kind: ClockKind = ClockKind.RESOLVE, category: str = NOISE) -> Clock:
    """The lead's latest clock of a kind."""
    clocks = replay(steps, category)
    return [one for one in clocks if one.holder is Holder.LEAD and one.kind is kind][-1]


def suspended(begin: str, until: str) -> Step:
    return Step(V.SUSPEND, at(begin), until=date.fromisoformat(until))


def test_the_desks_clock_ends_when_the_ticket_is_passed_on_and_the_leads_begin() -> None:
    desk, accept, resolve = replay([REPORTED, GIVEN], NOISE)
    assert (desk.holder, desk.met, desk.ended_at) == (Holder.COMMUNITY, True, GIVEN.at)
    assert (accept.due_at, resolve.due_at) == (at("2026-11-24T16:00"), at("2026-11-27T10:00"))
    assert next_due([desk, accept, resolve]) == (at("2026-11-24T16:00"), at("2026-11-24T15:12"))


def test_taking_it_on_being_there_and_finishing_each_end_their_own_clock() -> None:
    steps = [GIVEN, BEGUN, Step(V.ARRIVE, at("2026-11-24T11:00"))]
    accept, arrive, resolve = replay(steps, LAMP)
    assert (accept.met, arrive.met, resolve.met) == (True, True, False)
    steps.append(Step(V.RESOLVE, at("2026-11-25T11:00")))
    assert all(one.met for one in replay(steps, LAMP))
    assert next_due(replay(steps, LAMP)) == (None, None)


def test_a_short_suspension_stops_the_clock_and_resuming_lets_it_go_on() -> None:
    steps = [GIVEN, BEGUN, suspended("2026-11-24T17:00", "2026-11-26")]
    assert lead(steps).due_at == at("2026-12-01T11:00")  # as long as nobody resumes
    steps.append(Step(V.RESUME, at("2026-11-25T10:00")))
    assert lead(steps).due_at == at("2026-11-27T12:00")


def test_a_long_suspension_stops_it_only_from_the_approval_on() -> None:
    steps = [GIVEN, BEGUN, suspended("2026-11-24T17:00", "2026-12-15")]
    assert lead(steps).due_at == at("2026-11-27T10:00")
    steps.append(Step(V.APPROVE_SUSPENSION, at("2026-11-25T17:00")))
    assert lead(steps).stopped_at(at("2026-12-01T12:00"))
    steps.append(Step(V.RESUME, at("2026-12-07T09:00")))
    assert lead(steps).due_at == at("2026-12-08T11:00")


def test_a_suspension_that_nobody_ends_runs_out_with_its_last_day() -> None:
    clock = lead([GIVEN, BEGUN, suspended("2026-11-24T17:00", "2026-11-25")])
    assert clock.stopped_at(at("2026-11-25T23:59"))
    assert not clock.stopped_at(at("2026-11-26T00:00"))
    assert clock.used(at("2026-11-26T10:00")) == timedelta(hours=6)  # 5 before, 1 after


def test_deliberating_about_suspended_work_lets_its_clock_go_on() -> None:
    steps = [GIVEN, BEGUN, suspended("2026-11-24T17:00", "2026-11-26")]
    steps.append(Step(V.DELIBERATE, at("2026-11-25T09:00")))
    assert lead(steps).due_at == at("2026-11-27T11:00")


@pytest.mark.parametrize("back", [V.SEND_BACK, V.REOPEN])
def test_work_that_comes_back_goes_on_the_original_clock(back: Verb) -> None:
    steps = [GIVEN, BEGUN, Step(V.RESOLVE, at("2026-11-25T10:00"))]
    assert lead(steps).met
    steps += [Step(V.REVIEW, at("2026-11-26T10:00")), Step(V.CLOSE, at("2026-11-26T11:00"))]
    steps.append(Step(back, at("2026-12-01T15:00")))
    clock = lead(steps)
    assert (clock.met, clock.started_at) == (False, GIVEN.at)
    assert clock.due_at == at("2026-12-03T15:00")  # 14 of its 21 hours are left


def test_what_was_late_is_still_late_when_it_comes_back() -> None:
    steps = [GIVEN, BEGUN, Step(V.RESOLVE, at("2026-12-01T10:00"))]
    assert state_of(lead(steps), at("2026-12-01T10:00")) is ClockState.MET_LATE
    steps.append(Step(V.REOPEN, at("2026-12-02T10:00")))
    assert lead(steps).due_at == at("2026-11-27T10:00")
    assert state_of(lead(steps), at("2026-12-02T10:00")) is ClockState.OVERDUE


def test_a_return_gives_the_desk_a_new_clock_and_holds_nobody_else() -> None:
    clocks = replay([REPORTED, GIVEN, Step(V.RETURN, at("2026-11-24T15:00"))], NOISE)
    running = [one for one in clocks if one.runs]
    assert [(one.holder, one.due_at) for one in running] == [
        (Holder.COMMUNITY, at("2026-11-25T10:00"))
    ]
    assert not any(one.met for one in clocks if one.holder is Holder.LEAD)


def test_each_helper_has_a_clock_for_their_part() -> None:
    given = Step(V.DISPATCH, GIVEN.at, to=COMPANY, helpers=(HELPER, OTHER))
    steps = [given, BEGUN, Step(V.FINISH_PART, at("2026-11-25T09:00"), to=HELPER)]
    parts = [one for one in replay(steps, NOISE) if one.holder is Holder.CO]
    assert [(one.organisation_id, one.met, one.due_at) for one in parts] == [
        (HELPER, True, at("2026-11-27T10:00")),
        (OTHER, False, at("2026-11-27T10:00")),
    ]
    assert next_due(parts) == (None, None)  # a helper's time is not the ticket's
    steps += [Step(V.RESOLVE, at("2026-11-26T09:00")), Step(V.SEND_BACK, at("2026-11-27T09:00"))]
    open_parts = [one for one in replay(steps, NOISE) if one.holder is Holder.CO and one.runs]
    assert [one.organisation_id for one in open_parts] == [OTHER]


def test_volunteers_are_held_to_no_time_before_they_have_taken_it_on() -> None:
    asked = frozenset({VOLUNTEERS})
    given = Step(V.DISPATCH, GIVEN.at, to=VOLUNTEERS, helpers=(VOLUNTEERS,), volunteers=asked)
    assert not [one for one in replay([REPORTED, given], NOISE) if one.runs]
    clocks = replay([REPORTED, given, Step(V.START, at("2026-11-25T09:00"))], NOISE)
    assert [(one.kind, one.started_at) for one in clocks if one.runs] == [
        (ClockKind.RESOLVE, at("2026-11-25T09:00"))
    ]


def test_a_resolution_sets_the_deadline_of_the_new_lead() -> None:
    steps = [GIVEN, BEGUN, Step(V.DELIBERATE, at("2026-11-25T09:00"))]
    due = date(2026, 12, 20)
    steps.append(Step(V.CONCLUDE, at("2026-11-28T09:00"), to=HELPER, due_on=due))
    clock = lead(steps)
    assert (clock.organisation_id, clock.due_at) == (HELPER, at("2026-12-21T00:00"))
    assert "协商定的期限是12月20日（周日），当天都算。" in explain(clock)


def test_a_report_that_was_rejected_is_timed_anew_when_it_must_be_taken_after_all() -> None:
    steps = [REPORTED, Step(V.REJECT, at("2026-11-24T10:00"))]
    assert not [one for one in replay(steps, NOISE) if one.runs]
    steps.append(Step(V.ACCEPT, at("2026-11-26T09:00")))
    assert [one.due_at for one in replay(steps, NOISE) if one.runs] == [at("2026-11-26T15:00")]


def test_a_category_that_was_put_right_counts_from_then_on() -> None:
    taken = Step(V.ACCEPT, at("2026-11-24T09:30"), category="facility.lift")
    clocks = replay([REPORTED, taken, GIVEN], "facility.lift")
    assert clocks[0].due_at == at("2026-11-24T15:00")
    assert clocks[-1].due_at == at("2026-11-25T10:00")


STATES = [
    ("2026-11-24T12:00", ClockState.RUNNING),
    ("2026-11-26T15:00", ClockState.NEARLY_DUE),
    ("2026-11-27T10:00", ClockState.OVERDUE),
]


@pytest.mark.parametrize(("moment", "state"), STATES)
def test_it_warns_after_four_fifths_and_is_overdue_when_its_time_is_gone(
    moment: str, state: ClockState
) -> None:
    assert state_of(lead([GIVEN, BEGUN]), at(moment)) is state


def test_a_clock_says_why_it_is_due_when_it_is() -> None:
    steps = [Step(V.DISPATCH, at("2026-02-12T10:00"), to=COMPANY)]
    steps.append(suspended("2026-02-13T09:00", "2026-02-24"))
    steps.append(Step(V.RESUME, at("2026-02-13T15:00")))
    assert explain(lead(steps)) == [
        "从2月12日（周四）10:00 派单时起算。",
        "办结的时限是 3 个工作日，只算工作日 9:00–12:00、14:00–18:00，一个工作日算 7 小时。",
        "2月13日（周五）09:00 到2月13日（周五）15:00 同意挂起，不算。",
        "2月15日（周日）到2月23日（周一）放假，不算。",
        "2月14日（周六）调休上班，照算。",
        "所以到2月24日（周二）16:00。",
    ]


def test_a_clock_without_a_time_says_what_counts_instead() -> None:
    visit = lead([GIVEN], ClockKind.ARRIVE, "home.repair")
    assert explain(visit) == ["到场没有固定的时限：和住户约好时间。"]


MOMENTS = some.datetimes(datetime(2026, 1, 5), datetime(2027, 3, 1)).map(  # noqa: DTZ001
    lambda moment: at(moment.isoformat(timespec="minutes"))
)
LENGTHS = some.integers(0, 200).map(lambda hours: timedelta(hours=hours / 2))


@given(some.sampled_from(Pace), MOMENTS, LENGTHS)
def test_after_and_passed_are_two_sides_of_one_thing(
    pace: Pace, start: datetime, length: timedelta
) -> None:
    end = after(pace, start, length)
    assert passed(pace, start, end) == length
    assert not length or passed(pace, start, end - timedelta(seconds=1)) < length


@given(some.sampled_from(Pace), some.tuples(MOMENTS, MOMENTS, MOMENTS).map(sorted))
def test_time_adds_up_and_never_runs_backwards(pace: Pace, moments: list[datetime]) -> None:
    first, middle, last = moments
    assert passed(pace, first, middle) + passed(pace, middle, last) == passed(pace, first, last)
    assert passed(pace, last, first) == timedelta(0)
