"""What happens around tickets: joining and following, notes, times, topics, re-checks, duty."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from app.core import clock
from app.core.events import publish
from app.identity.rules import Party
from app.notifications.rules.quiet import is_quiet
from app.tickets.events import TicketNearlyDue, TicketOverdue
from app.tickets.events_routing import DutyHole
from app.tickets.models import Ticket, TicketClock
from app.tickets.models_recheck import TicketRecheck
from app.tickets.queries.topics import open_topics
from app.tickets.rules import ClockKind, Holder
from app.tickets.rules.rechecks import RecheckResult
from app.tickets.service import clocks, notes, rechecks, timeline, topics
from app.tickets.service.rechecks import Found
from app.tickets.service.topics import Cure
from tests.factories import tickets
from tests.factories.identity import stored
from tests.factories.routing import watch
from tests.notifications.rows.of_tickets import (
    COMPANY,
    FLOOD,
    OF_TICKETS,
    OFFICE,
    V,
    do,
    finally_,
    followed,
    now,
    report,
    to_company,
)
from tests.notifications.rows.watching import Street

tells = OF_TICKETS.tells


def joined(street: Street) -> tuple[Ticket, Ticket]:
    """Two reports of one lamp: the owners' goes on, the volunteer's is to be joined into it."""
    goes_on = tickets.started(street.session, street.here, by="owners")
    return goes_on, to_company(street)


JOINED = {"lead": COMPANY, "co": "social", "reporter": "volunteer"}
TAKEN_IN = {"lead": COMPANY, "reporter": "owners"}


@tells("TicketMoved.join", besides={"TicketTookIn.joined": TAKEN_IN}, **JOINED)
@tells("TicketTookIn.joined", besides={"TicketMoved.join": JOINED}, **TAKEN_IN)
def join_(street: Street) -> UUID:
    into, ticket = joined(street)
    return finally_(street, ticket, "committee", V.JOIN, into_id=into.id)


@tells("TicketMoved.take_apart", lead=COMPANY, reporter="volunteer")
def take_apart(street: Street) -> UUID:
    into, ticket = joined(street)
    do(street, ticket, "committee", V.JOIN, into_id=into.id)
    return finally_(street, ticket, "committee", V.TAKE_APART, reason="不是同一盏")


@tells("TicketFollowed.followed", lead=COMPANY, reporter="volunteer")
def follow(street: Street) -> UUID:
    ticket = to_company(street)
    street.quiet()
    followed(street, ticket)
    return ticket.id


@tells("TicketNoted.noted", lead="desk", co="social", reporter="volunteer", committee=OFFICE)
def noted(street: Street) -> UUID:
    ticket = to_company(street, V.START)
    street.quiet()
    notes.add_note(street.session, street.here.actors["property"], ticket.id, "在等配件", [])
    return ticket.id


def watched(street: Street, ticket: Ticket, holder: str, *, over: bool) -> UUID:
    """The worker looks at a clock of this holder when its time is nearly, or all, used."""
    street.session.flush()
    asked = select(TicketClock).where(
        TicketClock.ticket_id == ticket.id, TicketClock.holder == holder
    )
    clocks_ = sorted(street.session.scalars(asked), key=lambda one: one.due_at or clock.now())
    one = next(each for each in clocks_ if each.due_at is not None)
    at = one.due_at if over else one.warn_at
    assert at is not None
    now(street, ticket)
    while is_quiet(at.astimezone(clock.LOCAL)):
        at += timedelta(hours=1)
    with clock.frozen(at + timedelta(minutes=1)):
        clocks.look(street.session, ticket)
    return ticket.id


@tells("TicketNearlyDue.community", committee=OFFICE)
def nearly_due(street: Street) -> UUID:
    return watched(street, report(street), "community", over=False)


@tells("TicketNearlyDue.lead", lead=COMPANY)
def lead_nearly_due(street: Street) -> UUID:
    return watched(street, to_company(street), "lead", over=False)


@tells("TicketOverdue.community", committee=OFFICE)
def overdue(street: Street) -> UUID:
    return watched(street, report(street), "community", over=True)


@tells("TicketOverdue.lead", lead=COMPANY, committee=OFFICE)
def lead_overdue(street: Street) -> UUID:
    return watched(street, to_company(street), "lead", over=True)


def of_helper(street: Street, fact: type[TicketNearlyDue | TicketOverdue]) -> UUID:
    """The fact alone: in the same minute the lead's own times would be told, too."""
    ticket = to_company(street)
    street.quiet()
    social = street.here.organisations["social"].id
    said = timeline.facts_for_others(ticket, None) | {"holder": Holder.CO}
    publish(street.session, fact(**said, kind=ClockKind.RESOLVE, organisation_id=social))
    return ticket.id


@tells("TicketNearlyDue.co", co="social")
def helper_nearly_due(street: Street) -> UUID:
    return of_helper(street, TicketNearlyDue)


@tells("TicketOverdue.co", co="social", lead=COMPANY)
def helper_overdue(street: Street) -> UUID:
    return of_helper(street, TicketOverdue)


@tells("TicketOpened.watched", duty="fitter", lead=COMPANY, co="", committee=OFFICE)
def on_watch(street: Street) -> UUID:
    watch(street.session, street.here, "property", "fitter")
    street.quiet()
    return report(street, category=FLOOD).id


@tells("TopicGathered.first", committee=OFFICE)
def gathered(street: Street) -> UUID:
    for _ in range(3):
        report(street)
    street.quiet()
    topics.gather(street.session, street.here.community.id, 3)
    [topic] = open_topics(street.session, street.here.community.id).values()
    return topic.id


@tells("TopicCureSet.cure", lead="owners")
def cure(street: Street) -> UUID:
    topic_id, here = gathered(street), street.here
    [topic] = open_topics(street.session, here.community.id).values()
    said = Cure("换线路", here.organisations["owners"].id)
    street.quiet()
    topics.set_cure(street.session, here.actors["committee"], topic_id, topic.version, said)
    return topic_id


def looked_again(street: Street, found: Found) -> UUID:
    ticket = tickets.closed(street.session, street.here)
    row = TicketRecheck(
        ticket_id=ticket.id,
        community_id=street.here.community.id,
        month=f"{clock.today():%Y-%m}",
        lead_org_id=street.here.organisations["property"].id,
        lead_party=Party.PROPERTY,
        reviewed_by_id=street.here.people["committee"].id,
        unrated=False,
    )
    stored(street.session, row)
    street.quiet()
    rechecks.record(street.session, street.here.actors["secretary"], row.id, row.version, found)
    return ticket.id


@tells("TicketRechecked.true", lead=COMPANY)
def found_true(street: Street) -> UUID:
    return looked_again(street, Found(RecheckResult.TRUE))


@tells("TicketRechecked.untrue", lead=COMPANY, committee="committee")
def found_untrue(street: Street) -> UUID:
    return looked_again(street, Found(RecheckResult.UNTRUE, "灯还是不亮"))


@tells("DutyHole.hole", lead=COMPANY)
def hole(street: Street) -> UUID:
    company, now = street.here.organisations["property"].id, clock.now()
    publish(
        street.session,
        DutyHole(subject_id=company, actor_id=None, start=now, end=now + timedelta(hours=2)),
    )
    return company
