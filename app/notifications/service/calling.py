"""Telephoning about an emergency that nobody has seen: a number is shown, how the call went is
written down, and who was reached has acknowledged."""

from uuid import UUID

from sqlalchemy.orm import Session

from app.core import clock
from app.core.errors import NotFound
from app.core.events import publish
from app.identity.actor import Actor
from app.identity.events import PhoneShown
from app.identity.models import Person
from app.notifications import queries_calls, setting
from app.notifications.events import EmergencyCalled
from app.notifications.models_calls import EmergencyCall
from app.notifications.rules.calling import Outcome
from app.notifications.rules.telling import Kind
from app.notifications.service.telling import settle
from app.tickets.models import Ticket

REASON = "应急工单 {} 没人看，打电话找人"


def show_phone(session: Session, actor: Actor, ticket_id: UUID, person_id: UUID) -> str:
    """The number of somebody on the call list of an emergency. Logged. NotFound otherwise."""
    ticket, person = _on_list(session, actor, ticket_id, person_id)
    reason = REASON.format(ticket.number)
    publish(session, PhoneShown(subject_id=person.id, actor_id=actor.id, reason=reason))
    return person.phone


def note(
    session: Session, actor: Actor, ticket_id: UUID, person_id: UUID, outcome: Outcome
) -> None:
    """How a call went. Whoever was reached knows: their item is read, and nobody else is told any
    further. NotFound."""
    ticket, person = _on_list(session, actor, ticket_id, person_id)
    call = EmergencyCall(
        ticket_id=ticket.id, person_id=person.id, by_id=actor.id, outcome=outcome, at=clock.now()
    )
    session.add(call)
    fact = EmergencyCalled(
        subject_id=ticket.id, actor_id=actor.id, person_id=person.id, outcome=outcome.value
    )
    publish(session, fact)
    if outcome is Outcome.REACHED:
        settle(session, ticket.id, [Kind.TICKET_TODO], person.id)


def _on_list(
    session: Session, actor: Actor, ticket_id: UUID, person_id: UUID
) -> tuple[Ticket, Person]:
    before = clock.now() - setting.times().call
    ticket = queries_calls.one_unseen(session, actor, ticket_id, before)
    people, _ = queries_calls.whom_to_call(session, ticket)
    person = next((one for one in people if one.id == person_id), None)
    if person is None:
        raise NotFound
    return ticket, person
