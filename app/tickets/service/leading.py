"""Who leads a ticket, who helps, and who therefore reviews it: written in one place."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app.core.errors import Invalid
from app.places.models import Place
from app.tickets import routing
from app.tickets.models import Ticket, TicketCo
from app.tickets.queries import parties
from app.tickets.queries import routing as queries
from app.tickets.queries.parties import Choice
from app.tickets.rules import reviewer_of

NOT_HERE = "这家单位不在这件事的地点上服务，请另选。"
NOT_A_COLLEAGUE = "这个人现在不在主办单位了，请另选一位。"
HAS_IT = "这件事本来就是这位在管，请另选一位。"


def choose(
    session: Session, place: Place, lead_id: UUID, co_ids: Iterable[UUID]
) -> tuple[Choice, list[Choice]]:
    """The organisations behind these ids, exactly one of them leading.

    Raises Invalid when one does not work at this place, or the lead is named as helper too.
    """
    here = {choice.id: choice for choice in parties.at_place(session, place)}
    wanted = list(dict.fromkeys(co_ids))
    if lead_id not in here:
        raise Invalid(errors={"lead_org_id": [NOT_HERE]})
    if lead_id in wanted:
        raise Invalid(errors={"co_org_ids": ["主办方不用再选作协办。"]})
    if any(one not in here for one in wanted):
        raise Invalid(errors={"co_org_ids": [NOT_HERE]})
    return here[lead_id], [here[one] for one in wanted]


def assign(session: Session, ticket: Ticket, lead: Choice, helpers: Iterable[Choice]) -> None:
    """Give a ticket to its lead and its helpers, in place of those before."""
    ticket.lead_org_id = lead.id
    ticket.lead_party = lead.party
    ticket.duty_person_id = next(iter(routing.on_duty(lead.id)), None)
    ticket.review_by = reviewer_of(
        lead.party, ticket.category, owners_here=parties.owners_here(session, ticket.place)
    )
    _helped_by(ticket, (choice.id for choice in helpers))


def hand_on(session: Session, ticket: Ticket, person_id: UUID) -> None:
    """Have somebody else of the lead see to a ticket. Raises Invalid for who does not work there,
    or has it already."""
    if ticket.lead_org_id is None or person_id not in queries.staff(session, ticket.lead_org_id):
        raise Invalid(errors={"person_id": [NOT_A_COLLEAGUE]})
    if person_id == ticket.duty_person_id:
        raise Invalid(errors={"person_id": [HAS_IT]})
    ticket.duty_person_id = person_id


def as_said(takers: Sequence[Choice]) -> dict[str, Any]:
    """What the timeline keeps of an emergency that was given away at once."""
    return {
        "dispatched_to": takers[0].name,
        "lead_org_id": takers[0].id,
        "co_org_ids": [one.id for one in takers[1:]],
    }


def relieve(ticket: Ticket) -> None:
    """Nobody leads the ticket now, and nobody helps."""
    ticket.lead_org_id = ticket.lead_party = ticket.review_by = ticket.duty_person_id = None
    _helped_by(ticket, [])


def _helped_by(ticket: Ticket, organisation_ids: Iterable[UUID]) -> None:
    ticket.helpers = [TicketCo(organisation_id=one, done_at=None) for one in organisation_ids]
