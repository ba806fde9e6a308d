"""What happens to tickets, done by the services themselves."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from app.core import clock
from app.tickets.models import Ticket
from app.tickets.rules import Verb
from app.tickets.service import doubles
from tests.factories import tickets
from tests.factories.tickets import act
from tests.notifications.rows.watching import Cases, Street

V = Verb
COMPANY, OFFICE = "property desk", "committee secretary"
FLOOD = "emergency.burst_flood"
OF_TICKETS = Cases()
tells = OF_TICKETS.tells
DONE = {"what_was_done": "换了灯管", "nothing_to_see": True}


def followed(street: Street, ticket: Ticket) -> None:
    """The neighbour met the same thing."""
    doubles.follow(street.session, street.here.actors["neighbour"], ticket.id, "", [])


def report(street: Street, **said: Any) -> Ticket:
    ticket = tickets.report(street.session, street.here, **said)
    street.session.flush()
    if street.neighbour_met_it:
        followed(street, ticket)
    return ticket


def to_company(street: Street, *verbs: Verb, **said: Any) -> Ticket:
    """Reported, accepted, given to the company with a helper, and so far along by these moves."""
    ticket = report(street, **said)
    do(street, ticket, "committee", V.ACCEPT)
    tickets.dispatch(street.session, street.here, ticket, "property", ("social",))
    for verb in verbs:
        by, words = USUAL[verb]
        do(street, ticket, by, verb, **words)
    return ticket


USUAL: dict[Verb, tuple[str, dict[str, Any]]] = {
    V.START: ("property", {}),
    V.RETURN: ("property", {"reason": "不归我们管"}),
    V.RESOLVE: ("property", DONE),
    V.REVIEW: ("committee", {}),
    V.CLOSE: ("volunteer", {"solved": "yes", "satisfied": "yes"}),
    V.DELIBERATE: ("committee", {"topic": "换线路"}),
    V.ESCALATE: ("committee", {"what_was_done": "开过两次会"}),
}


def do(street: Street, ticket: Ticket, by: str, verb: Verb, **said: Any) -> UUID:
    act(street.session, street.here, ticket, by, verb, **said)
    return ticket.id


def now(street: Street, ticket: Ticket) -> None:
    """From here on it is looked at who is told."""
    street.quiet()
    ticket.emergency = ticket.emergency or street.urgent
    street.session.flush()


def finally_(street: Street, ticket: Ticket, by: str, verb: Verb, **said: Any) -> UUID:
    """The move that is looked at."""
    now(street, ticket)
    return do(street, ticket, by, verb, **said)


@tells("TicketOpened.waits", committee=OFFICE)
def waits(street: Street) -> UUID:
    return report(street).id


@tells("TicketOpened.sent", lead=COMPANY, co="", committee=OFFICE)
def sent(street: Street) -> UUID:
    return report(street, category=FLOOD).id


@tells("TicketMoved.accept", reporter="volunteer")
def accept(street: Street) -> UUID:
    return finally_(street, report(street), "committee", V.ACCEPT)


@tells("TicketMoved.reject", reporter="volunteer")
def reject(street: Street) -> UUID:
    said = {"reason": "不归社区", "where_to": "供电公司"}
    return finally_(street, report(street), "committee", V.REJECT, **said)


@tells("TicketMoved.withdraw", lead=COMPANY, co="social", committee=OFFICE)
def withdraw(street: Street) -> UUID:
    return finally_(street, to_company(street), "volunteer", V.WITHDRAW)


@tells("TicketMoved.dispatch", lead=COMPANY, co="social", former_lead="", reporter="volunteer")
def dispatch(street: Street) -> UUID:
    ticket = report(street)
    do(street, ticket, "committee", V.ACCEPT)
    now(street, ticket)
    return tickets.dispatch(street.session, street.here, ticket, "property", ("social",)).id


@tells(
    "TicketMoved.arbitrate", lead="social", co="owners", former_lead=COMPANY, reporter="volunteer"
)
def arbitrate(street: Street) -> UUID:
    ours = street.here.organisations
    said = {"lead_org_id": ours["social"].id, "co_org_ids": [ours["owners"].id]}
    return finally_(street, to_company(street), "committee", V.ARBITRATE, reason="定了", **said)


@tells("TicketMoved.start", reporter="volunteer")
def start(street: Street) -> UUID:
    return finally_(street, to_company(street), "property", V.START)


@tells("TicketMoved.return", committee=OFFICE)
def give_back(street: Street) -> UUID:
    return finally_(street, to_company(street), "property", V.RETURN, reason="不归我们管")


def suspended(street: Street, days: int) -> dict[str, Any]:
    return {"reason_code": "fund", "until": clock.today() + timedelta(days=days)}


@tells("TicketMoved.suspend", committee=OFFICE, reporter="volunteer")
def suspend(street: Street) -> UUID:
    return finally_(
        street, to_company(street, V.START), "property", V.SUSPEND, **suspended(street, 1)
    )


@tells("TicketMoved.approve_suspension", lead=COMPANY)
def approve(street: Street) -> UUID:
    ticket = to_company(street, V.START)
    do(street, ticket, "property", V.SUSPEND, **suspended(street, 60))
    return finally_(street, ticket, "committee", V.APPROVE_SUSPENSION)


@tells("TicketMoved.resume", lead="desk", reporter="volunteer")
def resume(street: Street) -> UUID:
    ticket = to_company(street, V.START)
    do(street, ticket, "property", V.SUSPEND, **suspended(street, 1))
    return finally_(street, ticket, "property", V.RESUME)


@tells("TicketMoved.arrive", reporter="volunteer")
def arrive(street: Street) -> UUID:
    return finally_(street, to_company(street, V.START), "property", V.ARRIVE)


@tells("TicketMoved.contain", committee=OFFICE, reporter="volunteer")
def contain(street: Street) -> UUID:
    ticket = report(street, category=FLOOD)
    do(street, ticket, "property", V.START)
    return finally_(street, ticket, "property", V.CONTAIN)


@tells("TicketMoved.hand_on", duty="desk")
def hand_on(street: Street) -> UUID:
    to = street.here.people["desk"].id
    return finally_(street, to_company(street), "property", V.HAND_ON, person_id=to)


@tells("TicketMoved.finish_part", lead=COMPANY)
def finish_part(street: Street) -> UUID:
    return finally_(
        street, to_company(street, V.START), "social", V.FINISH_PART, what_was_done="看过"
    )


@tells("TicketMoved.resolve", reviewer=OFFICE, reporter="volunteer")
def resolve(street: Street) -> UUID:
    return finally_(street, to_company(street, V.START), "property", V.RESOLVE, **DONE)


@tells("TicketMoved.review", reporter="volunteer", lead=COMPANY)
def review(street: Street) -> UUID:
    return finally_(street, to_company(street, V.START, V.RESOLVE), "committee", V.REVIEW)


@tells("TicketMoved.send_back", lead=COMPANY)
def send_back(street: Street) -> UUID:
    ticket = to_company(street, V.START, V.RESOLVE)
    return finally_(street, ticket, "committee", V.SEND_BACK, reason="还不亮")


TO_REVIEWED = (V.START, V.RESOLVE, V.REVIEW)


@tells("TicketMoved.close", lead=COMPANY, co="social", reporter="")
def close(street: Street) -> UUID:
    by, said = USUAL[V.CLOSE]
    return finally_(street, to_company(street, *TO_REVIEWED), by, V.CLOSE, **said)


@tells("TicketMoved.reopen", lead=COMPANY, committee=OFFICE, reporter="")
def reopen(street: Street) -> UUID:
    ticket = to_company(street, *TO_REVIEWED, V.CLOSE)
    return finally_(street, ticket, "volunteer", V.REOPEN, reason="又不亮了")


@tells("TicketMoved.propose", committee=OFFICE)
def propose(street: Street) -> UUID:
    return finally_(street, to_company(street, V.START), "property", V.PROPOSE, topic="换线路")


@tells(
    "TicketMoved.deliberate", lead=COMPANY, co="social", reviewer="secretary", reporter="volunteer"
)
def deliberate(street: Street) -> UUID:
    return finally_(street, to_company(street, V.START), "committee", V.DELIBERATE, topic="换线路")


@tells("TicketMoved.conclude", lead="owners", former_lead=COMPANY, reporter="volunteer")
def conclude(street: Street) -> UUID:
    said = {
        "resolution": "用维修资金",
        "lead_org_id": street.here.organisations["owners"].id,
        "due_on": clock.today() + timedelta(days=30),
    }
    ticket = to_company(street, V.START, V.DELIBERATE)
    return finally_(street, ticket, "committee", V.CONCLUDE, **said)


@tells("TicketMoved.escalate", subdistrict="subdistrict", lead=COMPANY, reporter="volunteer")
def escalate(street: Street) -> UUID:
    by, said = USUAL[V.ESCALATE]
    return finally_(street, to_company(street, V.START), by, V.ESCALATE, **said)


@tells("TicketMoved.answer", committee=OFFICE, lead=COMPANY, reporter="volunteer")
def answer(street: Street) -> UUID:
    ticket = to_company(street, V.START, V.ESCALATE)
    return finally_(street, ticket, "subdistrict", V.ANSWER, answer="列入计划")


@tells("TicketMoved.supervise", lead=COMPANY, committee="committee", subdistrict="subdistrict")
def supervise(street: Street) -> UUID:
    return finally_(street, to_company(street), "secretary", V.SUPERVISE, reason="拖了很久")
