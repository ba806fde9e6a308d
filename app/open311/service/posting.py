"""Another system reports a matter. It becomes a ticket like any other, of a public part.

Names, addresses of mail, telephone numbers and device ids may come along by the standard; none is
read. A position is checked and not kept: it is mostly where a person stood with a telephone, and
a ticket has a place of its own.
"""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app.core import outbox
from app.core.errors import Invalid
from app.core.outgoing import url_fault
from app.open311 import queries
from app.open311.holder import KeyHolder
from app.open311.refusals import UnknownJurisdiction, UnknownService
from app.open311.rules import asking, services
from app.places.models import Place
from app.tickets import catalogue
from app.tickets.models import Ticket
from app.tickets.service import open_ticket

PHOTO = "open311_photo"
NOT_HERE = "没有这个地点，或者这个密钥管不到那里。"


def post(session: Session, holder: KeyHolder, said: dict[str, Any]) -> Ticket:
    """Report a matter; its picture is fetched later.

    Raises UnknownService, UnknownJurisdiction, or Invalid for what is wrong in the report.
    """
    service = services.offered(catalogue.common()).get(said["service_code"])
    if service is None:
        raise UnknownService
    jurisdiction = said.get("jurisdiction_id")
    if jurisdiction and not queries.in_jurisdiction(holder.scope, jurisdiction):
        raise UnknownJurisdiction
    _check(said)
    address = said.get("address_string")
    spot = said.get("spot") or address
    fits = spot is not None and len(spot) <= services.LONGEST_SPOT
    ticket = open_ticket(
        session,
        holder,
        category=service.code,
        text=asking.text_of(
            said.get("description"), None if fits and spot == address else address, service.name
        ),
        place_id=_place(session, holder, said),
        public_area=True,
        spot=spot if fits else None,
    )
    if said.get("media_url"):
        outbox.enqueue(
            session,
            PHOTO,
            {
                "ticket_id": str(ticket.id),
                "key_id": str(holder.key_id),
                "url": said["media_url"],
            },
            f"open311-photo:{ticket.id}",
        )
    return ticket


def _check(said: dict[str, Any]) -> None:
    faults = asking.location_faults(said)
    if said.get("media_url"):
        fault = url_fault(said["media_url"])
        faults |= {"media_url": [fault]} if fault else {}
    if faults:
        raise Invalid(errors=faults)


def _place(session: Session, holder: KeyHolder, said: dict[str, Any]) -> UUID:
    """The place that was named, if the key reaches it; else all that the key is for."""
    named: UUID | None = said.get("address_id") or said.get("place")
    if named is None:
        return holder.scope.place_id
    place = session.get(Place, named)
    if place is None or not place.path.startswith(holder.scope.path):
        field = "address_id" if said.get("address_id") else "attribute[place]"
        raise Invalid(errors={field: [NOT_HERE]})
    return place.id
