"""What each move writes, told as stories of one ticket."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import events
from app.core.errors import Invalid, NotFound, Stale
from app.identity.rules import Party
from app.tickets.events import TicketMoved
from app.tickets.models import TicketEntry
from app.tickets.queries.details import helping
from app.tickets.rules import Satisfied, Solved, TicketStatus, Verb
from app.tickets.rules import refusals as no
from app.tickets.service import move, moves_for
from tests.factories import tickets
from tests.factories.tickets import Neighbourhood, act

S, V = TicketStatus, Verb


def texts(session: Session) -> list[str]:
    """The texts of the timeline, oldest first."""
    session.flush()
    return list(session.scalars(select(TicketEntry.text).order_by(TicketEntry.at, TicketEntry.id)))


def test_the_whole_way_from_the_report_to_the_end(session: Session, here: Neighbourhood) -> None:
    ticket = tickets.closed(session, here)
    assert ticket.status is S.CLOSED
    assert (ticket.solved, ticket.satisfied) == (Solved.YES, Satisfied.YES)
    assert ticket.closed_at is not None
    assert ticket.resolved_by_id == here.people["property"].id
    verbs = session.scalars(select(TicketEntry.verb)).all()
    assert sorted(verbs) == sorted(
        ["submit", "accept", "dispatch", "start", "resolve", "review", "close"]
    )


def test_a_stale_version_moves_nothing(session: Session, here: Neighbourhood) -> None:
    ticket = tickets.report(session, here)
    with pytest.raises(Stale):
        move(session, here.actors["committee"], ticket.id, ticket.version + 1, V.ACCEPT, {})
    assert ticket.status is S.SUBMITTED


def test_who_may_not_see_a_ticket_does_not_learn_that_it_is_there(
    session: Session, here: Neighbourhood
) -> None:
    ticket = tickets.report(session, here)
    with pytest.raises(NotFound):
        act(session, here, ticket, "property", V.START)


def test_only_what_a_move_asks_for_is_said_with_it(session: Session, here: Neighbourhood) -> None:
    ticket = tickets.report(session, here)
    with pytest.raises(Invalid) as refused:
        act(session, here, ticket, "committee", V.ACCEPT, reason="因为")
    assert set(refused.value.errors) == {"reason"}
    with pytest.raises(Invalid) as refused:
        act(session, here, ticket, "committee", V.ACCEPT, category="facility.rocket")
    assert set(refused.value.errors) == {"category"}


def test_a_dispatch_names_one_lead_and_any_helpers(session: Session, here: Neighbourhood) -> None:
    ticket = tickets.dispatched(session, here, "property", ("volunteer", "social"))
    assert ticket.lead_org_id == here.organisations["property"].id
    assert ticket.lead_party is Party.PROPERTY
    assert helping(ticket) == {
        here.organisations["volunteer"].id,
        here.organisations["social"].id,
    }


def test_a_dispatch_goes_to_those_who_work_here(session: Session, here: Neighbourhood) -> None:
    other = tickets.neighbourhood(session)
    ticket = tickets.report(session, here)
    act(session, here, ticket, "committee", V.ACCEPT)
    mine, foreign = here.organisations["property"].id, other.organisations["property"].id
    wrong = (
        ({"lead_org_id": foreign}, "lead_org_id"),
        ({"lead_org_id": here.organisations["subdistrict"].id}, "lead_org_id"),
        ({"lead_org_id": mine, "co_org_ids": [foreign]}, "co_org_ids"),
        ({"lead_org_id": mine, "co_org_ids": [mine]}, "co_org_ids"),
    )
    for said, field in wrong:
        with pytest.raises(Invalid) as refused:
            act(session, here, ticket, "committee", V.DISPATCH, **said)
        assert set(refused.value.errors) == {field}


def test_a_ticket_is_returned_once_and_then_it_is_binding(
    session: Session, here: Neighbourhood
) -> None:
    ticket = tickets.dispatched(session, here, "property", ("volunteer",))
    act(session, here, ticket, "property", V.RETURN, reason="不归我们管")
    assert (ticket.status, ticket.returned, ticket.lead_org_id) == (S.ACCEPTED, 1, None)
    assert helping(ticket) == frozenset()
    tickets.dispatch(session, here, ticket, "property")
    assert ticket.bound
    with pytest.raises(no.ReturnBinding):
        act(session, here, ticket, "property", V.RETURN, reason="还是不归我们管")


def test_volunteers_who_decline_bind_nobody(session: Session, here: Neighbourhood) -> None:
    ticket = tickets.dispatched(session, here, "volunteer")
    act(session, here, ticket, "volunteer", V.RETURN, reason="这周没有人")
    assert ticket.returned == 0
    tickets.dispatch(session, here, ticket, "volunteer")
    assert not ticket.bound
    act(session, here, ticket, "volunteer", V.START)
    assert ticket.status is S.IN_PROGRESS


def test_the_reporter_withdraws_before_the_work_begins(
    session: Session, here: Neighbourhood
) -> None:
    ticket = tickets.dispatched(session, here)
    with pytest.raises(no.NotYourMove):
        act(session, here, ticket, "committee", V.WITHDRAW)
    act(session, here, ticket, "volunteer", V.WITHDRAW)
    assert ticket.status is S.WITHDRAWN
    assert moves_for(session, here.actors["volunteer"], ticket) == []


def test_the_timeline_keeps_what_was_said_but_says_nothing_twice(
    session: Session, here: Neighbourhood
) -> None:
    ticket = tickets.dispatched(session, here, "property", ("volunteer",))
    act(session, here, ticket, "property", V.RETURN, reason="不归我们管")
    assert texts(session)[-1] == "不归我们管"
    entry = session.scalars(select(TicketEntry).where(TicketEntry.verb == "dispatch")).one()
    assert entry.said["lead_name"] == here.organisations["property"].name
    assert entry.said["co_names"] == [here.organisations["volunteer"].name]
    assert entry.by_org_id == here.organisations["committee"].id


def test_who_acts_for_two_organisations_acts_for_the_one_that_works_on_it(
    session: Session, here: Neighbourhood
) -> None:
    tickets.join(session, here, "both", "social", "property")
    ticket = tickets.dispatched(session, here)
    act(session, here, ticket, "both", V.START)
    entry = session.scalars(select(TicketEntry).where(TicketEntry.verb == "start")).one()
    assert entry.by_org_id == here.organisations["property"].id


def test_a_move_is_told_with_before_and_after(session: Session, here: Neighbourhood) -> None:
    told: list[TicketMoved] = []
    events.subscribe(TicketMoved)(lambda _session, event: told.append(event))
    try:
        ticket = tickets.dispatched(session, here)
        act(session, here, ticket, "property", V.RETURN, reason="不归我们管")
    finally:
        subscribers = events.current_app.extensions["subscribers"]
        subscribers[TicketMoved].pop()
    last = told[-1]
    assert (last.move, last.before, last.after) == (V.RETURN, S.DISPATCHED, S.ACCEPTED)
    assert (last.lead_org_before, last.lead_org_id) == (here.organisations["property"].id, None)
    assert (last.actor_id, last.number) == (here.people["property"].id, ticket.number)
