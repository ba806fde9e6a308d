"""The lead at work: rests, helpers, evidence."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from app.core import clock
from app.tickets.rules import TicketStatus, Verb
from app.tickets.rules import refusals as no
from app.tickets.service import moves_for
from tests.factories import tickets
from tests.factories.tickets import Neighbourhood, act

S, V = TicketStatus, Verb


def test_a_short_rest_stands_by_itself_and_a_long_one_waits(
    session: Session, here: Neighbourhood
) -> None:
    ticket = tickets.started(session, here)
    soon, late = clock.today() + timedelta(days=1), clock.today() + timedelta(days=20)
    act(session, here, ticket, "property", V.SUSPEND, reason_code="parts", until=soon)
    assert (ticket.status, ticket.suspended_until) == (S.SUSPENDED, soon)
    assert not ticket.suspension_pending
    act(session, here, ticket, "property", V.RESUME)
    assert (ticket.suspend_reason, ticket.suspended_until) == (None, None)
    act(session, here, ticket, "property", V.SUSPEND, reason_code="fund", until=late, note="等钱")
    assert ticket.suspension_pending
    act(session, here, ticket, "committee", V.APPROVE_SUSPENSION)
    assert (ticket.status, ticket.suspension_pending) == (S.SUSPENDED, False)


def test_a_helper_finishes_their_own_part_only(session: Session, here: Neighbourhood) -> None:
    ticket = tickets.dispatched(session, here, "property", ("volunteer", "social"))
    act(session, here, ticket, "social", V.FINISH_PART, what_was_done="贴了告示")
    with pytest.raises(no.PartFinished):
        act(session, here, ticket, "social", V.FINISH_PART, what_was_done="又贴了")
    offered = {found.verb for found in moves_for(session, here.actors["volunteer"], ticket)}
    assert V.FINISH_PART in offered
    assert ticket.status is S.DISPATCHED


def test_the_companys_work_on_public_parts_needs_evidence(
    session: Session, here: Neighbourhood
) -> None:
    ticket = tickets.started(session, here)
    with pytest.raises(no.EvidenceMissing):
        act(session, here, ticket, "property", V.RESOLVE, what_was_done="修好了")
    before, after = (tickets.picture(session, here.actors["property"]) for _ in range(2))
    act(
        session,
        here,
        ticket,
        "property",
        V.RESOLVE,
        what_was_done="修好了",
        media_before=[before],
        media_after=[after],
    )
    assert ticket.status is S.RESOLVED


def test_the_reports_photo_shows_how_it_was_before(session: Session, here: Neighbourhood) -> None:
    shot = tickets.picture(session, here.actors["volunteer"])
    ticket = tickets.started(session, here, media=[shot])
    after = tickets.picture(session, here.actors["property"])
    act(session, here, ticket, "property", V.RESOLVE, what_was_done="好了", media_after=[after])
    assert ticket.status is S.RESOLVED


def test_a_second_attempt_is_not_proven_by_the_first_ones_photo(
    session: Session, here: Neighbourhood
) -> None:
    shot = tickets.picture(session, here.actors["volunteer"])
    ticket = tickets.started(session, here, media=[shot])
    after = tickets.picture(session, here.actors["property"])
    act(session, here, ticket, "property", V.RESOLVE, what_was_done="好了", media_after=[after])
    with tickets.later(hours=1):
        act(session, here, ticket, "committee", V.SEND_BACK, reason="还是不亮")
        assert ticket.status is S.IN_PROGRESS
        with pytest.raises(no.EvidenceMissing):
            act(session, here, ticket, "property", V.RESOLVE, what_was_done="真好了")


def test_nothing_in_a_home_is_photographed_to_prove_work(
    session: Session, here: Neighbourhood
) -> None:
    ticket = tickets.started(
        session, here, category="home.repair", public_area=False, agreed_by="王阿姨"
    )
    act(session, here, ticket, "property", V.RESOLVE, what_was_done="换了龙头")
    assert ticket.status is S.RESOLVED
