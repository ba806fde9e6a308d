"""What each move writes, told as stories of one ticket."""

from datetime import date, timedelta
from random import Random

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock, events
from app.core.errors import Invalid, NotFound, Refusal, Stale
from app.identity.rules import Party
from app.tickets.events import TicketMoved
from app.tickets.jobs import close_silent
from app.tickets.models import TicketEntry
from app.tickets.queries.parties import co_organisations
from app.tickets.rules import Reviewer, Satisfied, Solved, TicketStatus, Verb
from app.tickets.rules import refusals as no
from app.tickets.service import move, move_by_system, moves_for
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
    assert co_organisations(session, ticket.id) == {
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
    assert co_organisations(session, ticket.id) == frozenset()
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
    steps = {
        S.ACCEPTED: lambda: act(session, here, ticket, "committee", V.ACCEPT),
        S.DISPATCHED: lambda: tickets.dispatch(session, here, ticket, "property"),
        S.IN_PROGRESS: lambda: act(session, here, ticket, "property", V.START),
        S.SUSPENDED: lambda: act(
            session, here, ticket, "property", V.SUSPEND, reason_code="parts", until=date.max
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


@pytest.mark.parametrize("seed", range(8))
def test_a_ticket_that_wanders_at_random_keeps_to_the_table(
    session: Session, here: Neighbourhood, seed: int
) -> None:
    dice = Random(seed)
    ticket = tickets.report(session, here)
    said = {
        "reason": "原因",
        "where_to": "12345",
        "reason_code": "parts",
        "until": clock.today() + timedelta(days=9),
        "what_was_done": "做了",
        "solved": "yes",
        "satisfied": "no",
        "call_back_note": "打过电话",
        "topic": "议题",
        "resolution": "结论",
        "due_on": clock.today() + timedelta(days=9),
        "answer": "答复",
    }
    leads = ("property", "owners", "volunteer", "social", "committee")
    seen = []
    for _ in range(40):
        by = dice.choice(list(here.actors))
        try:
            offered = moves_for(session, here.actors[by], ticket)
        except Refusal:
            continue
        if not offered:
            continue
        line = dice.choice(offered)
        words = said | {"lead_org_id": here.organisations[dice.choice(leads)].id}
        asked = {need: words[need] for need in line.needs}
        if line.verb is V.RESOLVE:
            asked["nothing_to_see"] = True
        try:
            act(session, here, ticket, by, line.verb, **asked)
        except NotFound:
            continue  # offered from a seat, but not theirs to see at this moment
        seen.append(line.verb)
        led = ticket.status in (S.DISPATCHED, S.IN_PROGRESS, S.SUSPENDED, S.RESOLVED)
        assert not led or ticket.lead_org_id is not None
        if ticket.status is S.WITHDRAWN:
            break
    assert seen
