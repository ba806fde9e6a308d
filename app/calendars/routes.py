"""The addresses of one's own calendar: which there are, another one, one less."""

from typing import Any
from uuid import UUID

from flask import current_app

from app.calendars import queries
from app.calendars.models import CalendarAddress
from app.calendars.schemas import (
    CalendarAddressMadeSchema,
    CalendarAddressSchema,
    NewCalendarAddressSchema,
)
from app.calendars.service import addresses
from app.core.guards import SIGNED_IN
from app.core.http import API, Area, Call, list_of

area = Area("calendar", url_prefix="/calendar/addresses", title="日历订阅")


def _present(address: CalendarAddress) -> dict[str, Any]:
    return {"id": address.id, "name": address.name, "created_at": address.created_at}


@area.get(
    "",
    guard=SIGNED_IN,
    answer=list_of(CalendarAddressSchema),
    summary="The addresses of my calendar",
)
def list_addresses(call: Call) -> object:
    found = call.session.scalars(
        queries.addresses_of(call.actor.id).order_by(CalendarAddress.id.desc())
    )
    return {"items": [_present(one) for one in found], "next_cursor": None}


@area.post(
    "",
    guard=SIGNED_IN,
    body=NewCalendarAddressSchema,
    answer=CalendarAddressMadeSchema,
    status=201,
    idempotent=False,  # a secret is shown once, and must not lie among the answers kept for repeats
    summary="Give out another address of my calendar",
)
def give_address(call: Call) -> object:
    made, token = addresses.give(call.session, call.actor, call.body["name"])
    root = str(current_app.config["PUBLIC_URL"]).rstrip("/")
    return _present(made) | {"url": f"{root}{API}/calendar/feeds/{token}.ics"}


@area.delete(
    "/<uuid:address_id>",
    guard=SIGNED_IN,
    status=204,
    summary="Have an address open nothing any more",
)
def revoke_address(call: Call, address_id: UUID) -> None:
    addresses.revoke(call.session, call.actor, address_id)
