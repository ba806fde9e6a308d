"""What phones may hold of tickets: what one reported oneself, as a list shows it."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import changes, clock
from app.core.changes import Held, Lies, Shown
from app.core.numbering import Scope
from app.identity.actor import Actor
from app.identity.feed import PERSON
from app.identity.queries import organisations_named, people_named
from app.tickets import present
from app.tickets.models import Ticket
from app.tickets.rules import OVER, TicketStatus

KIND = "ticket"
HELD_WHEN_OVER = timedelta(days=60)


def where(session: Session, ids: Collection[UUID]) -> Iterator[Lies]:
    """A ticket lies with who reported it."""
    rows = session.execute(
        select(Ticket.id, Ticket.reporter_id, Ticket.status, Ticket.moved_at).where(
            Ticket.id.in_(ids)
        )
    )
    for ticket_id, reporter_id, status, moved_at in rows:
        yield _lies(ticket_id, reporter_id, status, moved_at)


def _lies(ticket_id: UUID, reporter_id: UUID, status: TicketStatus, moved_at: datetime) -> Lies:
    return Lies(ticket_id, Scope(PERSON, reporter_id), until(status, moved_at))


def until(status: TicketStatus, moved_at: datetime) -> date | None:
    """The last day on which a phone holds a ticket: for good, while anything may still happen."""
    if status not in OVER:
        return None
    return (moved_at + HELD_WHEN_OVER).astimezone(clock.LOCAL).date()


def show(
    session: Session, actor: Actor, scope: Scope, ids: Collection[UUID]
) -> Mapping[UUID, Shown]:
    """Those of these tickets that the person reported."""
    tickets = session.scalars(
        select(Ticket).where(Ticket.id.in_(ids), Ticket.reporter_id == scope.key)
    ).all()
    leads = organisations_named(session, {one.lead_org_id for one in tickets if one.lead_org_id})
    duty = people_named(session, {one.duty_person_id for one in tickets if one.duty_person_id})
    shown, rows = {}, present.Rows(actor)
    for ticket in tickets:
        lead = leads.get(ticket.lead_org_id) if ticket.lead_org_id else None
        on_duty = duty.get(ticket.duty_person_id) if ticket.duty_person_id else None
        row = rows.row(ticket, lead.name if lead else None, on_duty)
        shown[ticket.id] = Shown(row, until(ticket.status, ticket.moved_at))
    return shown


@changes.watch(Ticket)
def ticket_changed(session: Session, row: Ticket) -> None:
    """A ticket was opened or moved."""
    changes.lies(session, KIND, _lies(row.id, row.reporter_id, row.status, row.moved_at))


changes.hold(Held(KIND, where, show))
