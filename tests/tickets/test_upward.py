"""What the parties cannot settle alone: deliberation, escalation, supervision."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from app.core import clock
from app.identity.rules import Party
from app.tickets.rules import TicketStatus, Verb
from app.tickets.rules import refusals as no
from tests.factories import tickets
from tests.factories.tickets import Neighbourhood, act

S, V = TicketStatus, Verb


def test_a_resolution_writes_back_lead_and_deadline_and_binds(
    session: Session, here: Neighbourhood
) -> None:
    ticket = tickets.started(session, here)
    act(session, here, ticket, "property", V.PROPOSE, topic="要不要换整条线路")
    assert ticket.status is S.IN_PROGRESS
    until = clock.today() + timedelta(days=1)
    act(session, here, ticket, "property", V.SUSPEND, reason_code="fund", until=until)
    act(session, here, ticket, "committee", V.DELIBERATE, topic="换线路")
    assert (ticket.status, ticket.suspended_until) == (S.DELIBERATING, None)
    due = clock.today() + timedelta(days=30)
    act(
        session,
        here,
        ticket,
        "committee",
        V.CONCLUDE,
        resolution="由业委会动用维修资金",
        lead_org_id=here.organisations["owners"].id,
        due_on=due,
    )
    assert (ticket.status, ticket.due_on, ticket.bound) == (S.DISPATCHED, due, True)
    assert ticket.lead_party is Party.OWNERS_COMMITTEE
    with pytest.raises(no.ReturnBinding):
        act(session, here, ticket, "owners", V.RETURN, reason="办不了")


@pytest.mark.parametrize("state", [S.ACCEPTED, S.DISPATCHED, S.IN_PROGRESS, S.SUSPENDED])
def test_an_answer_brings_a_ticket_back_to_where_it_was(
    session: Session, here: Neighbourhood, state: TicketStatus
) -> None:
    ticket = tickets.report(session, here)
    far = clock.today() + timedelta(days=60)
    steps = {
        S.ACCEPTED: lambda: act(session, here, ticket, "committee", V.ACCEPT),
        S.DISPATCHED: lambda: tickets.dispatch(session, here, ticket, "property"),
        S.IN_PROGRESS: lambda: act(session, here, ticket, "property", V.START),
        S.SUSPENDED: lambda: act(
            session,
            here,
            ticket,
            "property",
            V.SUSPEND,
            reason_code="parts",
            until=far,
        ),
    }
    for reached, step in steps.items():
        step()
        if reached is state:
            break
    act(session, here, ticket, "committee", V.ESCALATE, what_was_done="都试过了")
    assert ticket.status is S.ESCALATED
    act(session, here, ticket, "subdistrict", V.ANSWER, answer="已协调")
    assert ticket.status is state


def test_a_rejected_ticket_under_supervision_is_accepted_after_all(
    session: Session, here: Neighbourhood
) -> None:
    ticket = tickets.report(session, here)
    act(session, here, ticket, "committee", V.REJECT, reason="不归社区", where_to="12345")
    with pytest.raises(no.WrongState):
        act(session, here, ticket, "committee", V.ACCEPT)
    act(session, here, ticket, "subdistrict", V.SUPERVISE, reason="请社区受理")
    act(session, here, ticket, "committee", V.ACCEPT)
    assert ticket.status is S.ACCEPTED
