"""Running clocks move when a category, a contract or the calendar changes: first shown, then done,
and nothing that has ended or passed."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import audit, calendar, clock, worker
from app.core.calendar import Almanac
from app.core.errors import Invalid
from app.core.numbering import FeedChange
from app.tickets import present
from app.tickets.models import Ticket
from app.tickets.rules import ClockKind, ClockState, Holder, Verb
from app.tickets.service import calendar_years, recompute
from app.tickets.service import catalogue as editing
from tests.factories import tickets
from tests.factories.catalogue import (
    SPRING_2027,
    category,
    change,
    done,
    dues,
    limit,
    noise,
    take_in,
    times,
)
from tests.factories.clocks import at
from tests.factories.tickets import Neighbourhood, act

V = Verb
LAMP = "facility.power_lighting"  # 4 working hours, 1 working day, 48 hours
NOISE = "order.noise"  # 4 working hours, 3 working days
MORNING = at("2026-11-24T10:00")


@pytest.fixture(autouse=True)
def morning() -> Iterator[None]:
    """A Tuesday at ten, with the calendar that came with the program."""
    with clock.frozen(MORNING):
        yield
    calendar.use(Almanac())


def test_a_change_is_first_shown_and_moves_nothing(session: Session, here: Neighbourhood) -> None:
    ticket = noise(session, here)
    quieter = category(NOISE, times=times(NOISE, resolve=limit(5, "wd")))
    plan = editing.plan_category(session, here.actors["district"], quieter)
    shown = recompute.preview(session, plan.change, 0, 10)
    assert (shown["count"], shown["tickets"], shown["next_offset"]) == (1, 1, None)
    assert shown["items"] == [
        {
            "ticket_id": ticket.id,
            "number": ticket.number,
            "place_text": ticket.place_text,
            "clock_name": "办结",
            "holder_name": here.organisations["property"].name,
            "old_due": at("2026-11-27T10:00"),
            "new_due": at("2026-12-01T10:00"),
        }
    ]
    assert dues(session, ticket)["lead", "resolve"] == at("2026-11-27T10:00")


def test_a_preview_is_paged_and_says_how_many_there_are(
    session: Session, here: Neighbourhood
) -> None:
    numbers = {noise(session, here).number for _ in range(5)}
    quieter = category(NOISE, times=times(NOISE, resolve=limit(5, "wd")))
    plan = editing.plan_category(session, here.actors["district"], quieter)
    seen, offset = set(), 0
    for _ in range(3):
        page = recompute.preview(session, plan.change, offset, 2)
        assert page["count"] == 5
        seen |= {one["number"] for one in page["items"]}
        offset = page["next_offset"]
    assert (seen, offset) == (numbers, None)


def test_what_was_shown_is_what_is_done_with_rows_for_the_log_and_for_phones(
    session: Session, here: Neighbourhood
) -> None:
    ticket, untouched = noise(session, here), tickets.dispatched(session, here, category=LAMP)
    session.commit()
    version, other = ticket.version, dues(session, untouched)
    seq = session.scalars(select(FeedChange.seq).where(FeedChange.row_id == ticket.id)).all()
    shorter = category(NOISE, times=times(NOISE, accept=limit(1, "h"), resolve=limit(2, "wd")))
    assert change(session, here, shorter) == 2
    assert dues(session, ticket) == {
        ("lead", "accept"): at("2026-11-24T11:00"),
        ("lead", "resolve"): at("2026-11-26T10:00"),
    }
    assert (ticket.due_at, ticket.version) == (at("2026-11-24T11:00"), version)
    assert dues(session, untouched) == other
    rows = select(audit.AuditRow).where(audit.AuditRow.verb == "retimed")
    assert [(row.subject_id, row.actor_id) for row in session.scalars(rows)] == [
        (ticket.id, here.people["district"].id)
    ]
    later = session.scalars(select(FeedChange.seq).where(FeedChange.row_id == ticket.id)).all()
    assert sorted(later) > sorted(seq)


def test_the_worker_rings_by_the_new_time(session: Session, here: Neighbourhood) -> None:
    ticket = noise(session, here)
    change(session, here, category(NOISE, times=times(NOISE, accept=limit(1, "h"))))
    with clock.frozen(at("2026-11-24T11:05")):
        while worker.work_once():
            pass
    session.expire_all()
    late = [(row.kind, row.late) for row in ticket.clocks if row.holder is Holder.LEAD]
    assert (ClockKind.ACCEPT, True) in late


def test_what_has_ended_stays_and_is_judged_by_the_times_that_held_then(
    session: Session, here: Neighbourhood
) -> None:
    ticket = noise(session, here)
    with clock.frozen(at("2026-11-24T15:00")):
        act(session, here, ticket, "property", V.START)
        session.commit()
    accept = next(row for row in ticket.clocks if row.holder is Holder.LEAD and row.ended_at)
    was = accept.due_at
    with clock.frozen(at("2026-11-24T16:00")):
        change(session, here, category(NOISE, times=times(NOISE, accept=limit(1, "h"))))
        session.expire_all()
        assert accept.due_at == was
        act(session, here, ticket, "property", V.RESOLVE, what_was_done="劝了", nothing_to_see=True)
        session.commit()
        session.expire_all()
        assert accept.due_at == was
        shown = present.detail(session, here.actors["property"], ticket)["clocks"]
        taken = next(one for one in shown if one["name"] == "接单")
        assert taken["state"] is ClockState.MET


def test_a_suspended_clock_moves_with_its_pause(session: Session, here: Neighbourhood) -> None:
    ticket = noise(session, here)
    act(session, here, ticket, "property", V.START)
    until = at("2026-11-25T00:00").date()
    act(session, here, ticket, "property", V.SUSPEND, reason_code="parts", until=until)
    session.commit()
    change(session, here, category(NOISE, times=times(NOISE, resolve=limit(1, "wd"))))
    assert dues(session, ticket)["lead", "resolve"] == at("2026-11-26T18:00")


def test_a_resolutions_deadline_moves_for_no_table(session: Session, here: Neighbourhood) -> None:
    ticket = tickets.started(session, here, category=NOISE)
    act(session, here, ticket, "committee", V.DELIBERATE, topic="怎么办")
    act(
        session,
        here,
        ticket,
        "committee",
        V.CONCLUDE,
        resolution="分头劝",
        due_on=clock.today() + timedelta(days=9),
        lead_org_id=here.organisations["property"].id,
    )
    session.commit()
    due = dues(session, ticket)["lead", "resolve"]
    change(session, here, category(NOISE, times=times(NOISE, resolve=limit(1, "wd"))))
    assert dues(session, ticket)["lead", "resolve"] == due


def january(session: Session, here: Neighbourhood) -> Ticket:
    """Given out on the last Friday of January 2027, of which no calendar knows yet."""
    with clock.frozen(at("2027-01-29T17:00")):
        return noise(session, here)


def test_an_imported_year_is_certain_and_moves_what_runs_across_it(
    session: Session, here: Neighbourhood
) -> None:
    ticket = january(session, here)
    assert dues(session, ticket)["lead", "resolve"] == at("2027-02-03T17:00")
    with clock.frozen(at("2027-01-29T18:00")):
        planned, shown = calendar_years.preview(session, 2027, SPRING_2027, 0, 10)
        assert not planned.wrong
        assert [(one["old_due"], one["new_due"]) for one in shown["items"]] == [
            (at("2027-02-01T12:00"), at("2027-01-31T12:00")),
            (at("2027-02-03T17:00"), at("2027-02-02T17:00")),
        ]
        assert take_in(session, here, SPRING_2027) == 2
        assert dues(session, ticket)["lead", "resolve"] == at("2027-02-02T17:00")
        shown = present.detail(session, here.actors["property"], ticket)["clocks"]
        why = next(one["why"] for one in shown if one["name"] == "办结")
        assert "1月31日（周日）调休上班，照算。" in why
        assert not any("还没有公布" in line for line in why)


def test_days_that_have_passed_stay_as_they_were_counted(
    session: Session, here: Neighbourhood
) -> None:
    ticket = january(session, here)
    with clock.frozen(at("2027-02-01T09:00")):
        told = dues(session, ticket)
        take_in(session, here, SPRING_2027)
        assert dues(session, ticket) == told  # the Sunday that was made up is over
        assert not calendar.day_of(at("2027-01-31T00:00").date()).works
        assert not calendar.day_of(at("2027-02-08T00:00").date()).works


def test_a_file_with_a_wrong_line_changes_nothing(session: Session, here: Neighbourhood) -> None:
    wrong = "2027-02-05,放假,春节\n2027-02-30,放假\n"
    with pytest.raises(Invalid):
        calendar_years.import_year(session, here.actors["district"], 2027, wrong)
    assert not calendar.day_of(at("2027-02-05T00:00").date()).certain


def test_what_a_process_did_that_had_not_heard_yet_is_put_right_soon_after(
    session: Session, here: Neighbourhood
) -> None:
    shorter = category(NOISE, times=times(NOISE, resolve=limit(1, "wd")))
    work = editing.change_category(session, here.actors["district"], shorter)
    ticket = noise(session, here)
    row = next(one for one in ticket.clocks if one.kind is ClockKind.RESOLVE)
    row.due_at = at("2026-11-27T10:00")
    assert not worker.work_once(slow=True)  # it waits until every process has heard
    assert done(session, work) == 1
    assert dues(session, ticket)["lead", "resolve"] == at("2026-11-25T10:00")


# From Thursday 4 February 2027 to Tuesday three working days, to Wednesday four: as long as nobody
# knows better.
@pytest.mark.parametrize(
    ("known", "pending"),
    [("2027-02-06,调休上班\n2027-02-07,调休上班\n2027-02-12,放假\n", False), (SPRING_2027, True)],
)
def test_a_suspension_stands_or_waits_as_it_did_whatever_days_are_imported(
    session: Session, here: Neighbourhood, known: str, pending: bool
) -> None:
    start = at("2027-02-04T10:00")
    until = date(2027, 2, 10 if pending else 9)
    with clock.frozen(start):
        ticket = noise(session, here)
        act(session, here, ticket, "property", V.START)
        act(session, here, ticket, "property", V.SUSPEND, reason_code="parts", until=until)
        session.commit()
        assert ticket.suspension_pending is pending
        take_in(session, here, known)
        shown = present.detail(session, here.actors["property"], ticket)["clocks"]
        state = next(one["state"] for one in shown if one["name"] == "办结")
        assert ticket.suspension_pending is pending
        assert (state is ClockState.STOPPED) is not pending


def test_many_are_moved_some_at_a_time_and_each_lot_stands(
    session: Session, here: Neighbourhood, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [noise(session, here) for _ in range(5)]
    monkeypatch.setattr(recompute, "WRITTEN", 2)
    lots = []
    apply = recompute.apply

    def seen(*given: Any) -> int:
        lots.append(len(given[3]))
        return apply(*given)

    monkeypatch.setattr(recompute, "apply", seen)
    shorter = category(NOISE, times=times(NOISE, resolve=limit(1, "wd")))
    assert change(session, here, shorter) == 5
    assert lots == [2, 2, 1]
    assert {dues(session, one)["lead", "resolve"] for one in made} == {at("2026-11-25T10:00")}


def test_a_preview_says_which_way_clocks_move_and_what_is_over_at_once(
    session: Session, here: Neighbourhood
) -> None:
    noise(session, here)
    said = category(
        NOISE,
        times=times(NOISE, accept=limit(1, "h"), arrive=limit(1, "wd"), resolve=limit(5, "wd")),
    )
    with clock.frozen(at("2026-11-24T15:00")):  # accepting was due at 16:00
        plan = editing.plan_category(session, here.actors["district"], said)
        ways = recompute.preview(session, plan.change, 0, 10)["ways"]
    assert ways == {"sooner": 1, "later": 1, "begun": 1, "gone": 0, "late": 1}
