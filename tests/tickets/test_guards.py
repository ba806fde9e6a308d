"""What must be true before a move: each guard at its edge, one moment before and one after."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from app.core.errors import Refusal
from app.identity.rules import Party
from app.tickets.rules import Facts, Seat, TicketStatus, Verb, needs_approval, next_status
from app.tickets.rules import refusals as no
from app.tickets.rules.workdays import one_workday_later, workdays_after

S, V = TicketStatus, Verb
TUESDAY = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
FRIDAY = datetime(2026, 11, 27, 2, 0, tzinfo=UTC)
MOMENT = timedelta(seconds=1)
RATING = {"solved": "yes", "satisfied": "yes"}
DONE = {"what_was_done": "换了灯"}


def facts(now: datetime = TUESDAY, since: datetime | None = None, **so: object) -> Facts:
    return replace(Facts(now=now, stage_at=since or now), **so)  # type: ignore[arg-type]


def refused(
    status: TicketStatus, verb: Verb, seat: Seat, said: dict[str, object], so: Facts
) -> type[Refusal] | None:
    try:
        next_status(status, verb, frozenset({seat}), said, so)
    except Refusal as refusal:
        return type(refusal)
    return None


def returning(so: Facts) -> type[Refusal] | None:
    return refused(S.DISPATCHED, V.RETURN, Seat.LEAD, {"reason": "不归我们"}, so)


def test_a_ticket_may_be_returned_within_one_working_day() -> None:
    assert returning(facts(TUESDAY + timedelta(days=1), TUESDAY)) is None
    assert returning(facts(TUESDAY + timedelta(days=1) + MOMENT, TUESDAY)) is no.ReturnTooLate


def test_a_weekend_does_not_use_up_the_working_day() -> None:
    assert returning(facts(FRIDAY + timedelta(days=3), FRIDAY)) is None
    assert returning(facts(FRIDAY + timedelta(days=3) + MOMENT, FRIDAY)) is no.ReturnTooLate


def test_after_the_second_dispatch_a_ticket_cannot_be_returned() -> None:
    assert returning(facts(bound=True, lead_party=Party.PROPERTY)) is no.ReturnBinding


def test_volunteers_may_always_decline() -> None:
    late = facts(FRIDAY, TUESDAY, bound=True, lead_party=Party.VOLUNTEER_TEAM)
    assert returning(late) is None


@pytest.mark.parametrize(
    ("until", "waits"),
    [(25, False), (26, False), (27, False), (28, False), (29, False), (30, True)],
)
def test_a_rest_of_more_than_three_working_days_needs_approval(until: int, waits: bool) -> None:
    assert needs_approval(date(2026, 11, 24), date(2026, 11, until)) is waits


def test_work_rests_until_a_day_to_come() -> None:
    def suspend(until: date) -> type[Refusal] | None:
        said: dict[str, object] = {"reason_code": "parts", "until": until}
        return refused(S.IN_PROGRESS, V.SUSPEND, Seat.LEAD, said, facts())

    assert suspend(date(2026, 11, 25)) is None
    assert suspend(date(2026, 11, 24)) is no.DateGone
    assert suspend(date.max) is no.DateGone


def test_the_day_is_the_one_in_shanghai() -> None:
    before_midnight = datetime(2026, 11, 24, 15, 59, tzinfo=UTC)
    said: dict[str, object] = {"reason_code": "parts", "until": date(2026, 11, 25)}
    for now, answer in ((before_midnight, None), (before_midnight + 60 * MOMENT, no.DateGone)):
        assert refused(S.IN_PROGRESS, V.SUSPEND, Seat.LEAD, said, facts(now)) is answer


def test_only_a_rest_that_waits_is_approved() -> None:
    def approve(so: Facts) -> type[Refusal] | None:
        return refused(S.SUSPENDED, V.APPROVE_SUSPENSION, Seat.COMMUNITY, {}, so)

    assert approve(facts(suspension_pending=True)) is None
    assert approve(facts()) is no.SuspensionNotPending


def test_a_helper_says_once_that_their_part_is_done() -> None:
    def finish(so: Facts) -> type[Refusal] | None:
        return refused(S.IN_PROGRESS, V.FINISH_PART, Seat.CO, dict(DONE), so)

    assert finish(facts()) is None
    assert finish(facts(part_open=False)) is no.PartFinished


@pytest.mark.parametrize(
    ("due", "before", "after", "nothing", "answer"),
    [
        (False, False, False, False, None),
        (True, True, True, False, None),
        (True, False, False, True, None),
        (True, True, False, False, no.EvidenceMissing),
        (True, False, True, False, no.EvidenceMissing),
        (True, False, False, False, no.EvidenceMissing),
    ],
)
def test_work_on_public_parts_is_shown_before_and_after_or_there_is_nothing_to_see(
    due: bool, before: bool, after: bool, nothing: bool, answer: type[Refusal] | None
) -> None:
    so = facts(evidence_due=due, has_before=before, has_after=after)
    said = DONE | {"nothing_to_see": nothing}
    assert refused(S.IN_PROGRESS, V.RESOLVE, Seat.LEAD, said, so) is answer


def test_silence_closes_after_seven_days_and_not_before() -> None:
    def close(after: timedelta) -> type[Refusal] | None:
        return refused(S.REVIEWED, V.CLOSE, Seat.SYSTEM, {}, facts(TUESDAY + after, TUESDAY))

    assert close(timedelta(days=7)) is None
    assert close(timedelta(days=7) - MOMENT) is no.NotSilentYet


def test_nobody_rates_their_own_work() -> None:
    own = facts(own_work=True)
    assert refused(S.REVIEWED, V.CLOSE, Seat.REPORTER, dict(RATING), own) is no.OwnRating


def test_a_reporter_opens_again_within_fifteen_days() -> None:
    def reopen(seat: Seat, after: timedelta, times: int = 0) -> type[Refusal] | None:
        so = facts(TUESDAY + after, TUESDAY, reopened=times)
        return refused(S.CLOSED, V.REOPEN, seat, {"reason": "又坏了"}, so)

    for times in (0, 2):
        assert reopen(Seat.REPORTER, timedelta(days=15), times) is None
        assert reopen(Seat.REPORTER, timedelta(days=15) + MOMENT, times) is no.ReopenTooLate
        assert reopen(Seat.COMMUNITY, timedelta(days=400), times) is None


def test_a_ticket_is_put_under_supervision_once() -> None:
    so = facts(supervised=True)
    said: dict[str, object] = {"reason": "拖得太久"}
    assert refused(S.ACCEPTED, V.SUPERVISE, Seat.SECRETARY, said, so) is no.AlreadySupervised


def test_a_resolution_sets_a_deadline_that_is_still_to_come() -> None:
    said: dict[str, object] = {
        "resolution": "先修后摊",
        "lead_org_id": "x",
        "due_on": date(2026, 11, 24),
    }
    assert refused(S.DELIBERATING, V.CONCLUDE, Seat.COMMUNITY, said, facts()) is no.DateGone


def test_working_days_are_counted_without_weekends() -> None:
    assert workdays_after(date(2026, 11, 27), date(2026, 11, 30), 9) == 1
    assert workdays_after(date(2026, 11, 24), date(2026, 11, 24), 9) == 0
    assert one_workday_later(FRIDAY) == FRIDAY + timedelta(days=3)


def test_working_days_leave_holidays_out_and_take_makeup_days_in() -> None:
    before = datetime(2026, 9, 30, 2, tzinfo=UTC)
    assert one_workday_later(before) == datetime(2026, 10, 8, 2, tzinfo=UTC)
    assert workdays_after(date(2026, 10, 8), date(2026, 10, 12), 9) == 3  # the Saturday is worked
