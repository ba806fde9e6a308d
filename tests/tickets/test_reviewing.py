"""Finished work: the other side looks at it, the reporter answers, or silence closes it."""

import pytest
from sqlalchemy.orm import Session

from app.core import clock
from app.core.errors import Invalid
from app.tickets.jobs import close_silent
from app.tickets.rules import Reviewer, Satisfied, Solved, TicketStatus, Verb
from app.tickets.rules import refusals as no
from app.tickets.service import move_by_system
from tests.factories import tickets
from tests.factories.tickets import Neighbourhood, act

S, V = TicketStatus, Verb


@pytest.mark.parametrize(
    ("lead", "category", "reviewer", "by"),
    [
        ("property", "facility.lift", Reviewer.COMMUNITY_PARTY, "committee"),
        ("property", "owners.fund", Reviewer.OWNERS_COMMITTEE, "owners"),
        ("committee", "neighbour.mediation", Reviewer.OWNERS_COMMITTEE, "owners"),
        ("owners", "owners.contract", Reviewer.COMMUNITY_PARTY, "committee"),
        ("volunteer", "volunteer.help", Reviewer.COMMUNITY_PARTY, "committee"),
        ("social", "care.need", Reviewer.COMMUNITY_PARTY, "committee"),
    ],
)
def test_every_partys_work_is_reviewed_by_the_other_side_and_by_nobody_of_its_own(
    session: Session, here: Neighbourhood, lead: str, category: str, reviewer: Reviewer, by: str
) -> None:
    ticket = tickets.started(session, here, lead, category=category)
    tickets.join(session, here, "both", lead, by)
    act(session, here, ticket, lead, V.RESOLVE, what_was_done="办好了", nothing_to_see=True)
    assert ticket.review_by is reviewer
    for own in (lead, "both"):
        with pytest.raises(no.OwnWork):
            act(session, here, ticket, own, V.REVIEW)
        with pytest.raises(no.OwnWork):
            act(session, here, ticket, own, V.SEND_BACK, reason="看看")
    act(session, here, ticket, by, V.REVIEW)
    assert ticket.status is S.REVIEWED


def test_without_an_owners_committee_the_subdistrict_reviews_the_community(
    session: Session,
) -> None:
    here = tickets.neighbourhood(session, without=("owners",))
    ticket = tickets.resolved(session, here, "committee", category="neighbour.mediation")
    assert ticket.review_by is Reviewer.SUBDISTRICT
    act(session, here, ticket, "subdistrict", V.REVIEW)
    assert ticket.status is S.REVIEWED


def test_a_company_that_reported_a_matter_does_not_rate_its_own_work(
    session: Session, here: Neighbourhood
) -> None:
    ticket = tickets.report(session, here, "property")
    act(session, here, ticket, "committee", V.ACCEPT)
    tickets.dispatch(session, here, ticket, "property")
    act(session, here, ticket, "property", V.START)
    act(session, here, ticket, "property", V.RESOLVE, what_was_done="好了", nothing_to_see=True)
    act(session, here, ticket, "committee", V.REVIEW)
    with pytest.raises(no.OwnRating):
        act(session, here, ticket, "property", V.CLOSE, solved="yes", satisfied="yes")


def test_a_recorded_call_back_closes(session: Session, here: Neighbourhood) -> None:
    ticket = tickets.reviewed(session, here)
    with pytest.raises(Invalid) as refused:
        act(session, here, ticket, "committee", V.CLOSE, solved="partly", satisfied="wont_say")
    assert set(refused.value.errors) == {"call_back_note"}
    act(
        session,
        here,
        ticket,
        "committee",
        V.CLOSE,
        solved="partly",
        satisfied="wont_say",
        call_back_note="电话里说还行",
    )
    assert (ticket.solved, ticket.satisfied) == (Solved.PARTLY, Satisfied.WONT_SAY)


def test_seven_days_of_silence_close_as_unrated(session: Session, here: Neighbourhood) -> None:
    ticket = tickets.reviewed(session, here)
    waiting = tickets.resolved(session, here)
    with tickets.later(days=6, hours=23):
        close_silent(session, clock.today())
        assert ticket.status is S.REVIEWED
        with pytest.raises(no.NotSilentYet):
            move_by_system(session, ticket, V.CLOSE)
    with tickets.later(days=7, hours=1):
        close_silent(session, clock.today())
        close_silent(session, clock.today())
    assert (ticket.status, ticket.solved, ticket.satisfied) == (S.CLOSED, None, Satisfied.UNRATED)
    assert waiting.status is S.RESOLVED


def test_supervision_does_not_break_the_silence(session: Session, here: Neighbourhood) -> None:
    ticket = tickets.reviewed(session, here)
    with tickets.later(days=6):
        act(session, here, ticket, "secretary", V.SUPERVISE, reason="拖得太久")
        assert ticket.supervised
    with tickets.later(days=7, hours=1):
        close_silent(session, clock.today())
    assert ticket.status is S.CLOSED


def test_a_closed_ticket_is_opened_again_and_its_answers_are_asked_anew(
    session: Session, here: Neighbourhood
) -> None:
    ticket = tickets.closed(session, here)
    act(session, here, ticket, "volunteer", V.REOPEN, reason="又不亮了")
    assert (ticket.status, ticket.reopened) == (S.IN_PROGRESS, 1)
    assert (ticket.solved, ticket.satisfied, ticket.closed_at) == (None, None, None)
    assert ticket.lead_org_id == here.organisations["property"].id


def finish_again(session: Session, here: Neighbourhood, ticket: tickets.Ticket) -> None:
    said = {"what_was_done": "又修了", "nothing_to_see": True}
    act(session, here, ticket, "property", V.RESOLVE, **said)
    act(session, here, ticket, "committee", V.REVIEW)
    act(session, here, ticket, "volunteer", V.CLOSE, solved="no", satisfied="no")


def test_the_third_time_it_is_deliberated(session: Session, here: Neighbourhood) -> None:
    ticket = tickets.closed(session, here)
    for _ in range(2):
        act(session, here, ticket, "volunteer", V.REOPEN, reason="又不亮了")
        finish_again(session, here, ticket)
    act(session, here, ticket, "volunteer", V.REOPEN, reason="第三次了")
    assert (ticket.status, ticket.reopened) == (S.DELIBERATING, 3)
    act(session, here, ticket, "committee", V.ESCALATE, what_was_done="修过三次")
    act(session, here, ticket, "subdistrict", V.ANSWER, answer="请电力公司来看")
    assert (ticket.status, ticket.came_from) == (S.DELIBERATING, None)
