"""Rows about tickets where something is otherwise than usual: somebody else does it, or sits in two
seats, or in none any more."""

from datetime import timedelta

from sqlalchemy import update

from app.core import clock
from app.identity.models import Membership
from app.identity.rules import Role
from app.tickets.jobs import close_silent
from tests.auditing import unwatched
from tests.factories import tickets
from tests.factories.identity import post
from tests.factories.routing import watch
from tests.notifications.rows.of_tickets import (
    COMPANY,
    FLOOD,
    OF_TICKETS,
    OFFICE,
    V,
    do,
    finally_,
    now,
    report,
    to_company,
)
from tests.notifications.rows.watching import Street

tells = OF_TICKETS.tells


@tells(
    "TicketMoved.dispatch",
    "after it was given back",
    lead="social",
    co="",
    former_lead=COMPANY,
    reporter="volunteer",
)
def dispatch_again(street: Street) -> None:
    ticket = to_company(street, V.RETURN)
    now(street, ticket)
    tickets.dispatch(street.session, street.here, ticket, "social")


@tells(
    "TicketMoved.dispatch",
    "where somebody is on duty",
    lead="fitter property desk",
    co="social",
    former_lead="",
    reporter="volunteer",
)
def dispatch_to_watch(street: Street) -> None:
    watch(street.session, street.here, "property", "fitter")
    ticket = report(street)
    do(street, ticket, "committee", V.ACCEPT)
    street.quiet()
    tickets.dispatch(street.session, street.here, ticket, "property", ("social",))


@tells("TicketMoved.close", "by silence", lead=COMPANY, co="social", reporter="volunteer")
def close_by_silence(street: Street) -> None:
    to_company(street, V.START, V.RESOLVE, V.REVIEW)
    street.quiet()
    with clock.frozen(clock.now() + timedelta(days=8)):
        close_silent(street.session, clock.today())


@tells(
    "TicketMoved.reopen", "by the office", lead=COMPANY, committee="secretary", reporter="volunteer"
)
def reopened_by_office(street: Street) -> None:
    ticket = to_company(street, V.START, V.RESOLVE, V.REVIEW, V.CLOSE)
    finally_(street, ticket, "committee", V.REOPEN, reason="又不亮了")


@tells("TicketMoved.accept", "of who reported and accepts it", reporter="")
def accept_own(street: Street) -> None:
    finally_(street, report(street, by="committee"), "committee", V.ACCEPT)


@tells(
    "TicketMoved.withdraw", "in two seats", lead=f"both {COMPANY}", co="social", committee=OFFICE
)
def in_two_seats(street: Street) -> None:
    """Somebody works for the company and in the office: they hear it once, as who leads."""
    both = {"property": Role.DISPATCHER, "committee": Role.CLERK}
    tickets.join(street.session, street.here, "both")
    for office, role in both.items():
        post(street.session, street.here.people["both"], street.here.organisations[office], role)
    street.meet_all()
    finally_(street, to_company(street), "volunteer", V.WITHDRAW)


@tells("TicketOpened.waits", "after somebody left the office", committee="committee")
def after_somebody_left(street: Street) -> None:
    mine = Membership.person_id == street.here.people["secretary"].id
    over = clock.today() - timedelta(days=1)
    with unwatched():
        street.session.execute(update(Membership).where(mine).values(until_date=over))
        street.session.commit()
    report(street)


@tells("TicketMoved.accept_sent", lead=COMPANY, co="", reporter="volunteer")
def accept_as_emergency(street: Street) -> None:
    finally_(street, report(street), "committee", V.ACCEPT, category=FLOOD)


PERSON = "emergency.person_safety"


@tells("TicketOpened.sent", "with a helper", lead="committee", co=COMPANY, committee="secretary")
def sent_with_helper(street: Street) -> None:
    report(street, category=PERSON)


@tells(
    "TicketOpened.watched",
    "with a helper",
    duty="committee",
    lead="",
    co=COMPANY,
    committee="secretary",
)
def on_watch_with_helper(street: Street) -> None:
    watch(street.session, street.here, "committee", "committee")
    street.quiet()
    report(street, category=PERSON)


@tells("TicketMoved.accept_sent", "with a helper", lead="", co=COMPANY, reporter="volunteer")
def accept_as_danger(street: Street) -> None:
    finally_(street, report(street), "committee", V.ACCEPT, category=PERSON)
