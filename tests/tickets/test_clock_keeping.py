"""Clocks as the services keep them: written down, told of once, seen in queues."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.core import audit, changes, clock, worker
from app.core.outbox import OutboxRow
from app.notifications.models import InboxItem
from app.tickets import present
from app.tickets.models import Ticket, TicketClock
from app.tickets.rules import Verb
from app.tickets.service import clocks
from tests.factories import tickets
from tests.factories.clocks import at
from tests.factories.tickets import Neighbourhood, act

V = Verb
MORNING = at("2026-11-24T10:00")


@pytest.fixture(autouse=True)
def morning() -> Iterator[None]:
    """A Tuesday at ten."""
    with clock.frozen(MORNING):
        yield


def when(text: str) -> Iterator[None]:
    return clock.frozen(at(text))  # type: ignore[return-value]


def told(session: Session, here: Neighbourhood, word: str, ticket: Ticket) -> list[str]:
    """The unread titles of somebody about a ticket."""
    session.flush()
    return list(
        session.scalars(
            select(InboxItem.title).where(
                InboxItem.person_id == here.people[word].id,
                InboxItem.about == ticket.id,
                InboxItem.read_at.is_(None),
            )
        )
    )


def looks(session: Session) -> list[datetime]:
    """When the worker will look at clocks."""
    session.flush()
    waiting = select(OutboxRow.due_at).where(OutboxRow.kind == clocks.KIND)
    return sorted(session.scalars(waiting))


def facts(session: Session, ticket: Ticket) -> list[str]:
    rows = select(audit.AuditRow.verb).where(audit.AuditRow.subject_id == ticket.id)
    return [verb for verb in session.scalars(rows) if verb in ("nearly_due", "overdue")]


def test_a_report_is_due_at_the_desk_and_the_worker_will_look_in_time(
    session: Session, here: Neighbourhood
) -> None:
    ticket = tickets.report(session, here)
    assert ticket.due_at == at("2026-11-24T16:00")
    assert looks(session) == [at("2026-11-24T15:12")]
    shown = present.detail(session, here.actors["committee"], ticket)
    assert shown["due_at"] == ticket.due_at
    assert [(one["name"], one["holder_name"]) for one in shown["clocks"]] == [("受理派单", "社区")]


def test_writing_clocks_down_costs_a_new_ticket_no_version(
    session: Session, here: Neighbourhood
) -> None:
    assert tickets.report(session, here).version == 1


def test_whose_time_it_is_hears_of_it_before_and_when_it_is_over_each_once(
    session: Session, here: Neighbourhood
) -> None:
    ticket = tickets.dispatched(session, here)
    for _ in range(2):
        with when("2026-11-24T15:30"):
            clocks.look(session, ticket)
            assert told(session, here, "property", ticket) == ["有一件工单快到时限"]
    for _ in range(2):
        with when("2026-11-24T16:30"):
            clocks.look(session, ticket)
            assert told(session, here, "property", ticket) == ["有一件工单超时了，请看看"]
            assert "有一件各方在办的工单超时了" in told(session, here, "committee", ticket)
    assert facts(session, ticket) == ["nearly_due", "overdue"]


def test_of_several_helpers_only_the_late_one_is_told(
    session: Session, here: Neighbourhood
) -> None:
    ticket = tickets.started(session, here, co=("social", "owners"))
    act(session, here, ticket, "owners", V.FINISH_PART, what_was_done="看过了")
    with when("2026-11-26T11:00"):
        clocks.look(session, ticket)
    assert told(session, here, "social", ticket) == ["请你们协办的工单超时了"]
    assert "请你们协办的工单超时了" not in told(session, here, "owners", ticket)


def test_what_has_long_been_over_is_marked_and_nobody_is_rung(
    session: Session, here: Neighbourhood
) -> None:
    ticket = tickets.report(session, here)
    before = told(session, here, "committee", ticket)
    with when("2026-11-27T10:00"):
        clocks.look(session, ticket)
        assert told(session, here, "committee", ticket) == before
        assert present.Rows(here.actors["committee"]).row(ticket, None, None)["overdue"] is True
    assert not facts(session, ticket)


def test_looking_leaves_the_version_as_it_is(session: Session, here: Neighbourhood) -> None:
    ticket = tickets.dispatched(session, here)
    before = ticket.version
    with when("2026-11-24T16:30"):
        clocks.look(session, ticket)
        session.flush()
    assert ticket.version == before


def test_a_ticket_from_before_gets_the_clocks_that_its_timeline_tells(
    session: Session, here: Neighbourhood
) -> None:
    ticket = tickets.started(session, here, co=("social",))
    session.flush()
    rows = [_facts_of(row) for row in ticket.clocks]
    due, version = ticket.due_at, ticket.version
    session.execute(delete(TicketClock))
    gone = {"due_at": None, "warn_at": None}
    session.execute(update(Ticket).values(gone), execution_options=changes.NOTED)
    session.expire_all()
    clocks.look(session, ticket)
    session.flush()
    session.expire_all()
    assert [_facts_of(row) for row in ticket.clocks] == rows
    assert (ticket.due_at, ticket.version) == (due, version)


def _facts_of(row: TicketClock) -> tuple[object, ...]:
    return (row.no, row.holder, row.kind, row.started_at, row.due_at, row.ended_at, row.met)


def test_the_queues_of_a_seat_show_what_presses(session: Session, here: Neighbourhood) -> None:
    ticket = tickets.dispatched(session, here)

    def queues(word: str) -> dict[str, int]:
        items = present.queues(session, here.actors[word])["items"]
        return {one["key"]: one["count"] for one in items if "due" in one["key"]}

    assert queues("property") == {"lead_overdue": 0, "lead_nearly_due": 0}
    with when("2026-11-24T15:30"):
        assert queues("property") == {"lead_overdue": 0, "lead_nearly_due": 1}
        assert queues("committee")["nearly_due"] == 1
    with when("2026-11-24T16:30"):
        assert queues("property") == {"lead_overdue": 1, "lead_nearly_due": 0}
        assert queues("subdistrict")["subdistrict_overdue"] == 1
        found = present.page(session, here.actors["property"], {"queue": "lead_overdue"})
        assert [one["number"] for one in found["items"]] == [ticket.number]
        act(session, here, ticket, "property", V.START)
        assert queues("property") == {"lead_overdue": 0, "lead_nearly_due": 0}


def test_an_emergency_is_timed_for_who_takes_it_and_offers_to_say_what_is_reached(
    session: Session, here: Neighbourhood
) -> None:
    ticket = tickets.report(session, here, category="emergency.burst_flood")
    assert ticket.due_at == MORNING + timedelta(minutes=5)
    act(session, here, ticket, "property", V.START)
    offered = [one["verb"] for one in _detail(session, here, ticket)["moves"]]
    assert {V.ARRIVE, V.CONTAIN} <= set(offered)
    act(session, here, ticket, "property", V.ARRIVE)
    assert ticket.due_at == MORNING + timedelta(hours=2)
    act(session, here, ticket, "property", V.CONTAIN)
    assert ticket.due_at == MORNING + timedelta(hours=24)
    offered = [one["verb"] for one in _detail(session, here, ticket)["moves"]]
    assert not {V.ARRIVE, V.CONTAIN} & set(offered)


def _detail(session: Session, here: Neighbourhood, ticket: Ticket) -> dict[str, object]:
    return present.detail(session, here.actors["property"], ticket)


def test_a_suspension_is_told_with_until_when(session: Session, here: Neighbourhood) -> None:
    ticket = tickets.started(session, here, category="order.noise")
    until = at("2026-11-26T00:00").date()
    act(session, here, ticket, "property", V.SUSPEND, reason_code="parts", until=until)
    shown: Any = _detail(session, here, ticket)["clocks"]
    resolve = next(one for one in shown if one["kind"] == "resolve")
    assert (resolve["state"], resolve["stopped_until"]) == ("stopped", at("2026-11-27T00:00"))


def test_the_worker_looks_when_the_moment_has_come(session: Session, here: Neighbourhood) -> None:
    ticket = tickets.report(session, here)
    session.commit()
    with when("2026-11-24T15:30"):
        while worker.work_once():
            pass
    session.expire_all()
    assert facts(session, ticket) == ["nearly_due"]
    assert at("2026-11-24T16:00") in looks(session)


def test_a_ticket_is_overdue_after_the_resolutions_deadline(
    session: Session, here: Neighbourhood
) -> None:
    ticket = tickets.started(session, here)
    act(session, here, ticket, "committee", Verb.DELIBERATE, topic="怎么修")
    act(
        session,
        here,
        ticket,
        "committee",
        Verb.CONCLUDE,
        resolution="先修",
        due_on=clock.today() + timedelta(days=1),
        lead_org_id=here.organisations["property"].id,
    )
    act(session, here, ticket, "property", Verb.START)
    act(session, here, ticket, "property", Verb.ARRIVE)
    assert present.detail(session, here.actors["property"], ticket)["overdue"] is False
    with clock.frozen(MORNING + timedelta(days=2)):
        assert present.detail(session, here.actors["property"], ticket)["overdue"] is True
        done = {"what_was_done": "换了灯", "nothing_to_see": True}
        act(session, here, ticket, "property", Verb.RESOLVE, **done)
        assert present.detail(session, here.actors["property"], ticket)["overdue"] is False
