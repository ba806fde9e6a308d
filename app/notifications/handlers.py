"""How the facts that tickets and visits publish become inbox items, in the same transaction.

Which lines are told is in `rules/tickets.py` and `rules/visits.py`; who sits where is asked here.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from uuid import UUID

from sqlalchemy.orm import Session

from app.core.events import subscribe
from app.identity.events import DeviceSignedOut
from app.notifications import queries
from app.notifications.rules import tickets, visits
from app.notifications.rules.telling import Kind, People, Seat, Seated, Tell, each_once
from app.notifications.service import subscriptions
from app.notifications.service.telling import Subject, settle, tell
from app.places.models import Household
from app.teams import rosters
from app.tickets import catalogue
from app.tickets.events import (
    TicketEvent,
    TicketMoved,
    TicketNearlyDue,
    TicketNoted,
    TicketOpened,
    TicketOverdue,
)
from app.tickets.rules import Reviewer, TicketStatus, Verb
from app.visits.events import (
    FollowUpMade,
    RoundCancelled,
    RoundPublished,
    StrayDropped,
    StrayEntered,
    StrayEvent,
    StrayHandedIn,
    VisitAccountAdded,
    VisitAnswered,
    VisitCancelled,
    VisitEvent,
    VisitPicked,
    VisitRecorded,
    VisitsProposed,
)
from app.visits.rules import Outcome, VisitState

SETTLE = "/visits/settle"  # what waits for the leader
STRAYS = "/visits/strays"  # what one has handed in oneself


def register() -> None:
    """Listen to the facts; called once, with the application at hand."""
    subscribe(TicketOpened)(ticket_opened)
    subscribe(TicketMoved)(ticket_moved)
    subscribe(TicketNoted)(ticket_noted)
    subscribe(TicketNearlyDue)(ticket_clock)
    subscribe(TicketOverdue)(ticket_clock)
    subscribe(VisitsProposed)(visits_proposed)
    subscribe(RoundPublished)(round_published)
    subscribe(RoundCancelled)(round_cancelled)
    subscribe(VisitAnswered)(visit_answered)
    subscribe(VisitRecorded)(visit_recorded)
    subscribe(FollowUpMade)(follow_up_made)
    subscribe(VisitCancelled)(visit_cancelled)
    subscribe(VisitAccountAdded)(visit_account_added)
    subscribe(VisitPicked)(visit_picked)
    subscribe(StrayHandedIn)(stray_handed_in)
    subscribe(StrayEntered)(stray_entered)
    subscribe(StrayDropped)(stray_dropped)
    subscribe(DeviceSignedOut)(device_signed_out)


def ticket_opened(session: Session, event: TicketOpened) -> None:
    sent = event.status is TicketStatus.DISPATCHED
    _tell_of_ticket(session, event, tickets.SENT_AT_ONCE if sent else tickets.MOVED[Verb.SUBMIT])


def ticket_moved(session: Session, event: TicketMoved) -> None:
    settle(session, event.subject_id, tickets.settled_by(event.move))
    former = event.lead_org_before if event.lead_org_before != event.lead_org_id else None
    _tell_of_ticket(session, event, tickets.moved(event.move, event.after), former)


def ticket_noted(session: Session, event: TicketNoted) -> None:
    _tell_of_ticket(session, event, tickets.NOTED)


def ticket_clock(session: Session, event: TicketNearlyDue | TicketOverdue) -> None:
    lines = tickets.OVERDUE if isinstance(event, TicketOverdue) else tickets.NEARLY_DUE
    helper = (event.organisation_id,) if event.organisation_id else ()  # no other helper's time
    _tell_of_ticket(session, replace(event, co_org_ids=helper), lines[event.holder])


def _tell_of_ticket(
    session: Session, event: TicketEvent, lines: Sequence[Tell], former: UUID | None = None
) -> None:
    spoken = tickets.pressed(lines) if event.emergency else lines
    spoken = tickets.watched(spoken) if event.duty_person_id else spoken
    seated = {
        seat: _seated(session, event, seat, former)
        for seat in dict.fromkeys(line.seat for line in spoken)
    }
    subject = Subject(
        id=event.subject_id,
        link=f"/tickets/{event.subject_id}",
        body=f"{event.number} {catalogue.name_of(event)}",
    )
    tell(session, each_once(spoken, seated, event.actor_id), subject)


def _seated(
    session: Session, event: TicketEvent, seat: Seat, former: UUID | None
) -> Collection[UUID]:
    """Who sits in a seat towards a ticket."""
    if seat is Seat.REPORTER:
        return [event.reporter_id]
    if seat is Seat.COMMITTEE:
        return queries.committee_of(session, event.community_id)
    if seat is Seat.SUBDISTRICT:
        return queries.subdistrict_of(session, event.community_id)
    if seat is Seat.REVIEWER:
        return _reviewers(session, event)
    if seat is Seat.DUTY:
        return {event.duty_person_id: event.lead_org_id} if event.duty_person_id else {}
    organisations: dict[Seat, Sequence[UUID | None]] = {
        Seat.LEAD: [event.lead_org_id],
        Seat.FORMER_LEAD: [former],
        Seat.CO: event.co_org_ids,
    }
    return queries.on_duty(session, [each for each in organisations[seat] if each])


def _reviewers(session: Session, event: TicketEvent) -> People:
    if event.review_by is Reviewer.OWNERS_COMMITTEE:
        return queries.owners_of(session, event.estate_id or event.community_id)
    if event.review_by is Reviewer.SUBDISTRICT:
        return queries.subdistrict_of(session, event.community_id)
    return queries.committee_of(session, event.community_id)


def _tell_of_visits(
    session: Session,
    fact: visits.Fact,
    seated: Seated,
    actor_id: UUID | None,
    subject: Subject,
) -> None:
    tell(session, each_once(visits.TABLE[fact], seated, actor_id), subject)


def visits_proposed(session: Session, event: VisitsProposed) -> None:
    first, last = event.first_on, event.last_on
    days = f"{first.month}月{first.day}日到{last.month}月{last.day}日"
    subject = Subject(id=event.round_id, link="/proposals", body=f"一共 {event.count} 户，{days}")
    _tell_of_visits(
        session, visits.Fact.ASKED, {Seat.VISITOR: [event.person_id]}, event.actor_id, subject
    )


def round_published(session: Session, event: RoundPublished) -> None:
    if not event.nobody:
        return
    seated = {Seat.COMMITTEE: queries.committee_of(session, event.community_id)}
    body = f"还有 {event.nobody} 户没有人负责"
    subject = _round(event.subject_id, body)
    _tell_of_visits(session, visits.Fact.HOUSEHOLDS_WITHOUT_PERSON, seated, event.actor_id, subject)


def round_cancelled(session: Session, event: RoundCancelled) -> None:
    settle(session, event.subject_id, [Kind.VISIT_TODO])
    seated = {Seat.VISITOR: sorted(event.person_ids)}
    subject = Subject(id=event.subject_id, link="/today", body="社区取消了这一轮")
    _tell_of_visits(session, visits.Fact.ROUND_CANCELLED, seated, event.actor_id, subject)


def visit_answered(session: Session, event: VisitAnswered) -> None:
    settle(session, event.subject_id, [Kind.VISIT_TODO])
    if event.passed_on:
        return
    if event.state is VisitState.TURNED_DOWN:
        seated: Seated = {Seat.COMMITTEE: queries.committee_of(session, event.community_id)}
        subject = _visit_or_round(event.subject_id, event.round_id)
        _tell_of_visits(session, visits.Fact.TURNED_DOWN, seated, event.actor_id, subject)
        return
    if event.state is VisitState.ACCEPTED and event.partner_ids:
        body = f"{event.on.month}月{event.on.day}日"
        subject = Subject(id=event.subject_id, link=f"/visits/{event.subject_id}", body=body)
        seated = {Seat.PARTNER: list(event.partner_ids)}
        _tell_of_visits(session, visits.Fact.GOING_TOGETHER, seated, event.actor_id, subject)


def visit_recorded(session: Session, event: VisitRecorded) -> None:
    settle(session, event.subject_id, [Kind.VISIT_TODO])
    if event.wants_call:
        _tell_of_wish_for_call(session, event)


def _tell_of_wish_for_call(session: Session, event: VisitEvent) -> None:
    seated = {Seat.COMMITTEE: queries.committee_of(session, event.community_id)}
    subject = _visit(event.subject_id, "走访时提出的")
    _tell_of_visits(session, visits.Fact.WANTS_CALL, seated, event.actor_id, subject)


def visit_account_added(session: Session, event: VisitAccountAdded) -> None:
    if event.wants_call:
        _tell_of_wish_for_call(session, event)
    if event.differs:
        seated = _who_settles(session, event)
        subject = _visit(event.subject_id, "两份都在，请选一份作准")
        _tell_of_visits(session, visits.Fact.DISPUTED, seated, event.actor_id, subject)


def visit_picked(session: Session, event: VisitPicked) -> None:
    done = [Kind.VISIT_DISPUTE]
    if event.outcome is not Outcome.NOT_HOME:
        done.append(Kind.CARE_TODO)  # somebody was seen after all
    settle(session, event.subject_id, done)
    seated = {Seat.VISITOR: sorted(event.people)}
    subject = _visit(event.subject_id, "两份都留着，点开看看以哪一份为准")
    _tell_of_visits(session, visits.Fact.PICKED, seated, event.actor_id, subject)


def stray_handed_in(session: Session, event: StrayHandedIn) -> None:
    subject = Subject(id=event.subject_id, link=SETTLE, body="交上来的时候，已经不归这个人走访")
    seated = _who_settles(session, event)
    _tell_of_visits(session, visits.Fact.STRAY_HANDED_IN, seated, event.actor_id, subject)


def stray_entered(session: Session, event: StrayEntered) -> None:
    settle(session, event.subject_id, [Kind.VISIT_STRAY])
    subject = Subject(id=event.subject_id, link=f"/visits/{event.visit_id}", body="谢谢您跑这一趟")
    seated = {Seat.SENDER: [event.person_id]}
    _tell_of_visits(session, visits.Fact.STRAY_ENTERED, seated, event.actor_id, subject)


def stray_dropped(session: Session, event: StrayDropped) -> None:
    settle(session, event.subject_id, [Kind.VISIT_STRAY])
    subject = Subject(id=event.subject_id, link=STRAYS, body="原因写在里面")
    seated = {Seat.SENDER: [event.person_id]}
    _tell_of_visits(session, visits.Fact.STRAY_DROPPED, seated, event.actor_id, subject)


def _who_settles(session: Session, event: VisitEvent | StrayEvent) -> Seated:
    household = session.get_one(Household, event.household_id)
    return {
        Seat.TEAM_LEADER: rosters.leaders_of(session, household),
        Seat.COMMITTEE: queries.committee_of(session, event.community_id),
    }


def follow_up_made(session: Session, event: FollowUpMade) -> None:
    seated = {Seat.VISITOR: [event.person_id]}
    subject = _visit(event.subject_id, f"{event.on.month}月{event.on.day}日，方便再答应")
    _tell_of_visits(session, visits.Fact.GO_AGAIN, seated, event.actor_id, subject)


def visit_cancelled(session: Session, event: VisitCancelled) -> None:
    settle(session, event.subject_id, [Kind.VISIT_TODO])
    seated = {Seat.VISITOR: [event.person_id], Seat.PARTNER: list(event.partner_ids)}
    subject = _visit(event.subject_id, "原定的这一户不用去了")
    _tell_of_visits(session, visits.Fact.VISIT_CANCELLED, seated, event.actor_id, subject)


def device_signed_out(session: Session, event: DeviceSignedOut) -> None:
    subscriptions.forget_device(session, [event.subject_id], event.actor_id)


def _visit(visit_id: UUID, body: str) -> Subject:
    return Subject(id=visit_id, link=f"/visits/{visit_id}", body=body)


def _round(round_id: UUID, body: str) -> Subject:
    return Subject(id=round_id, link=f"/office/rounds/{round_id}", body=body)


def _visit_or_round(visit_id: UUID, round_id: UUID | None) -> Subject:
    """A declined visit is told under its round, so that ten of them are one line."""
    body = "有人这次去不了，请看看要不要另请人"
    return _round(round_id, body) if round_id else _visit(visit_id, body)
