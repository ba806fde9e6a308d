"""Returned once, then binding; and what the committee does when nobody wants it."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.identity.rules import Party
from app.notifications.models import InboxItem
from app.tickets import present, present_boards
from app.tickets.models import Ticket
from app.tickets.queries.details import helping
from app.tickets.rules import Holder, TicketStatus, Verb
from app.tickets.rules.refusals import NothingToArbitrate, NotYourMove, ReturnBinding
from app.tickets.service import clocks, moves_for
from tests.factories import tickets
from tests.factories.tickets import Neighbourhood, act


def returned(session: Session, here: Neighbourhood) -> Ticket:
    """Given to the company, which says that it is not theirs."""
    ticket = tickets.dispatched(session, here)
    return act(session, here, ticket, "property", Verb.RETURN, reason="不归物业")


def arbitrate(
    session: Session, here: Neighbourhood, ticket: Ticket, lead: str, *helpers: str
) -> Ticket:
    ids = {one: here.organisations[one].id for one in (lead, *helpers)}
    said = {"lead_org_id": ids[lead], "reason": "合同里写着归你们"}
    co = {"co_org_ids": [ids[one] for one in helpers]} if helpers else {}
    return act(session, here, ticket, "committee", Verb.ARBITRATE, **said, **co)


def waiting(session: Session, here: Neighbourhood) -> list[object]:
    """What stands on the committee's board to be arbitrated."""
    session.flush()
    parts = present_boards.board(session, here.actors["committee"])["parts"]
    part = next(one for one in parts if one["queue"] == "arbitration")
    assert part["count"] == len(part["items"])
    return [(one["id"], one["returned"]) for one in part["items"]]


def test_what_was_returned_waits_to_be_arbitrated_and_leaves_when_it_is(
    session: Session, here: Neighbourhood
) -> None:
    tickets.dispatched(session, here)
    ticket = returned(session, here)
    assert waiting(session, here) == [(ticket.id, 1)]
    arbitrate(session, here, ticket, "owners")
    assert ticket.status is TicketStatus.DISPATCHED
    assert waiting(session, here) == []


def test_who_is_named_for_good_cannot_return_it(session: Session, here: Neighbourhood) -> None:
    ticket = arbitrate(session, here, returned(session, here), "property")
    assert ticket.bound
    with pytest.raises(ReturnBinding):
        act(session, here, ticket, "property", Verb.RETURN, reason="还是不归我们")


def test_everybody_concerned_hears_of_it(session: Session, here: Neighbourhood) -> None:
    ticket = returned(session, here)
    with clock.frozen(clock.now() + timedelta(minutes=5)):
        arbitrate(session, here, ticket, "owners", "social")
        rows = session.scalars(
            select(InboxItem).where(
                InboxItem.about == ticket.id, InboxItem.created_at == clock.now()
            )
        )
        told = {row.person_id: row.title for row in rows}
    assert told == {
        here.people["owners"].id: "社区定了，有一件工单由你们来办",
        here.people["social"].id: "社区定了，有一件工单请你们协办",
        here.people["property"].id: "社区定了，有一件工单由别家来办",
        here.people["volunteer"].id: "您报的事，社区定了由谁来办",
    }


def test_the_timeline_says_who_was_named_and_why(session: Session, here: Neighbourhood) -> None:
    ticket = arbitrate(session, here, returned(session, here), "owners", "social")
    session.flush()
    line = present.detail(session, here.actors["owners"], ticket)["timeline"][0]
    assert (line["verb_name"], line["text"]) == ("定主办方", "合同里写着归你们")
    assert line["said"]["lead_name"] == here.organisations["owners"].name
    assert helping(ticket) == {here.organisations["social"].id}


@pytest.mark.parametrize("state", ["dispatched", "in_progress", "suspended"])
def test_work_under_way_may_be_given_to_another(
    session: Session, here: Neighbourhood, state: str
) -> None:
    ticket = tickets.dispatched(session, here)
    if state != "dispatched":
        act(session, here, ticket, "property", Verb.START)
    if state == "suspended":
        until = clock.today() + timedelta(days=20)
        rest = {"reason_code": "parts", "until": until}
        act(session, here, ticket, "property", Verb.SUSPEND, **rest)
    assert ticket.status == state
    arbitrate(session, here, ticket, "owners")
    assert (ticket.status, ticket.lead_org_id) == (
        TicketStatus.DISPATCHED,
        here.organisations["owners"].id,
    )
    assert (ticket.suspended_until, ticket.suspension_pending) == (None, False)
    running = [one for one in clocks.clocks_of(session, ticket) if one.runs]
    assert {(one.holder, one.organisation_id) for one in running} == {
        (Holder.LEAD, here.organisations["owners"].id)
    }


def test_what_nobody_returned_is_simply_dispatched(session: Session, here: Neighbourhood) -> None:
    ticket = tickets.report(session, here)
    act(session, here, ticket, "committee", Verb.ACCEPT)
    offered = {one.verb for one in moves_for(session, here.actors["committee"], ticket)}
    assert Verb.ARBITRATE not in offered
    with pytest.raises(NothingToArbitrate):
        arbitrate(session, here, ticket, "owners")


def test_only_the_community_arbitrates(session: Session, here: Neighbourhood) -> None:
    ticket = returned(session, here)
    said = {"lead_org_id": here.organisations["owners"].id, "reason": "归业委会"}
    with pytest.raises(NotYourMove):
        act(session, here, ticket, "volunteer", Verb.ARBITRATE, **said)
    act(session, here, ticket, "secretary", Verb.ARBITRATE, **said)
    assert ticket.lead_party is Party.OWNERS_COMMITTEE
