"""Tickets that wander at random through the services, and keep to the table."""

from datetime import timedelta
from random import Random

import pytest
from sqlalchemy.orm import Session

from app.core import clock
from app.tickets.models import Ticket
from app.tickets.queries import visible_to
from app.tickets.rules import Clock, TicketStatus, Verb, next_due
from app.tickets.service import clocks, moves_for
from tests.factories import tickets
from tests.factories.tickets import Neighbourhood, act

S, V = TicketStatus, Verb


LEADS = ("property", "owners", "volunteer", "social", "committee")


def words(here: Neighbourhood, dice: Random) -> dict[str, object]:
    """Something to say for every field, with a lead drawn by lot."""
    soon = clock.today() + timedelta(days=9)
    return {
        "reason": "原因",
        "where_to": "12345",
        "reason_code": "parts",
        "until": soon,
        "what_was_done": "做了",
        "solved": "yes",
        "satisfied": "no",
        "call_back_note": "打过电话",
        "topic": "议题",
        "resolution": "结论",
        "due_on": soon,
        "answer": "答复",
        "nothing_to_see": True,
        "lead_org_id": here.organisations[dice.choice(LEADS)].id,
        "person_id": here.people[dice.choice(list(here.people))].id,
    }


def step(session: Session, here: Neighbourhood, ticket: Ticket, dice: Random) -> Verb | None:
    """One move that somebody is offered and may see; None when there is none for them."""
    by = dice.choice(list(here.actors))
    visible = session.scalar(visible_to(here.actors[by]).where(Ticket.id == ticket.id))
    offered = moves_for(session, here.actors[by], ticket) if visible else []
    if not offered:
        return None
    line = dice.choice(offered)
    asked = (*line.needs, "nothing_to_see") if line.verb is V.RESOLVE else line.needs
    said = {name: said for name, said in words(here, dice).items() if name in asked}
    if line.verb is V.HAND_ON:
        said["person_id"] = tickets.join(session, here, f"another {by}", *_lead_of(here, ticket)).id
    act(session, here, ticket, by, line.verb, **said)
    return line.verb


def _lead_of(here: Neighbourhood, ticket: Ticket) -> list[str]:
    return [word for word, one in here.organisations.items() if one.id == ticket.lead_org_id]


@pytest.mark.parametrize("seed", range(8))
def test_a_ticket_that_wanders_at_random_keeps_to_the_table(
    session: Session, here: Neighbourhood, seed: int
) -> None:
    dice = Random(seed)
    ticket = tickets.report(session, here)
    made = [step(session, here, ticket, dice) for _ in range(60)]
    assert any(made)
    led = ticket.status in (S.DISPATCHED, S.IN_PROGRESS, S.SUSPENDED, S.RESOLVED)
    assert not led or ticket.lead_org_id is not None


def test_whatever_is_offered_to_who_sees_the_ticket_can_be_done(
    session: Session, here: Neighbourhood
) -> None:
    dice = Random(99)
    for _ in range(4):
        ticket = tickets.report(session, here)
        for _ in range(25):  # a refusal would fail the test
            step(session, here, ticket, dice)


def stands(session: Session, ticket: Ticket) -> list[tuple[object, ...]]:
    """The clocks as they are written down."""
    rows = ticket.clocks
    return [(row.no, row.started_at, row.due_at, row.ended_at) for row in rows]


@pytest.mark.parametrize("seed", range(6))
def test_no_clock_runs_backwards_or_while_stopped_whatever_is_done(
    session: Session, here: Neighbourhood, seed: int
) -> None:
    dice = Random(seed)
    now = clock.now()
    with clock.frozen(now):
        ticket = tickets.report(session, here)
    used: dict[int, timedelta] = {}
    stopped: set[int] = set()
    for _ in range(25):
        now += timedelta(minutes=dice.randint(1, 3000))
        with clock.frozen(now):
            before = told(session, ticket)
            for one in before:
                assert one.used(now) >= used.get(one.no, timedelta(0))
                if one.no in stopped and one.stopped_at(now):
                    assert one.used(now) == used[one.no]
            step(session, here, ticket, dice)
            after = told(session, ticket)
        used = {one.no: one.used(now) for one in after}
        for one in before:
            same = after[one.no]
            assert (same.started_at, same.used(now)) == (one.started_at, one.used(now))
        stopped = {one.no for one in after if one.runs and one.stopped_at(now)}
        timed = [one for one in after if one.limit.unit]
        facts = [(one.no, one.started_at, one.due_at, one.ended_at) for one in timed]
        assert stands(session, ticket) == facts
        assert (ticket.due_at, ticket.warn_at) == next_due(after)
        over = ticket.status in (S.CLOSED, S.REJECTED, S.WITHDRAWN, S.RESOLVED, S.REVIEWED)
        assert not over or not [one for one in after if one.runs]


def told(session: Session, ticket: Ticket) -> list[Clock]:
    """The clocks as the timeline tells them."""
    session.flush()
    return clocks.clocks_of(session, ticket)
