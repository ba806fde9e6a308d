"""The page behind the code on a door: what is needed there, reporting, and wishes about visits.

Nobody signs in. A write shows the form that the page was given, as a key of its own: no browser
adds it unasked, so there is no cookie and nothing to forge.
"""

from typing import Any

from flask import current_app, request
from sqlalchemy.orm import Session

from app.core import media
from app.core.db import looking
from app.core.guards import PUBLIC, Guard
from app.core.http import Area, Call
from app.identity.loading import Nobody
from app.places.models import Place
from app.residents import present, queries, schemas
from app.residents.refusals import FormExpired, FormNeeded
from app.residents.rules.floods import Limits, network_of
from app.residents.service import limiting, reporting, wishes
from app.residents.visitor import Visitor, of_form

AT_THE_DOOR = Guard("door_form", lambda actor: isinstance(actor, Visitor))

area = Area("door", url_prefix="/door", title="门口的码")


def caller(session: Session) -> Visitor | Nobody:
    """Who shows a form of this door; nobody without one. NotFound at a door that there is not."""
    door = queries.door(session, _token())
    form = request.headers.get("X-Door-Form")
    if not form:
        return Nobody(FormNeeded)
    return of_form(door, form) or Nobody(FormExpired)


def _token() -> str:
    return str((request.view_args or {})["token"])


def here() -> str:
    """Where the present request comes from."""
    return network_of(
        request.remote_addr or "",
        request.headers.get("X-Forwarded-For", ""),
        current_app.config["TRUSTED_PROXIES"],
    )


def limits() -> Limits:
    """How often is too often."""
    found: Limits = current_app.config["RESIDENT_LIMITS"]
    return found


def _count(act: str) -> None:
    with looking() as session:
        door = queries.door(session, _token())
        numbers = present.phones(session, session.get_one(Place, door.place_id))
        limiting.count(limits(), act, {"door": door.id.hex, "address": here()}, numbers)


def _count_report(_said: dict[str, Any]) -> None:
    _count("report")


def _count_wish(_said: dict[str, Any]) -> None:
    _count("wish")


def _take_photo(said: dict[str, Any]) -> media.Picture:
    _count("photo")
    return media.read_upload(said)


@area.get(
    "/<token>",
    guard=PUBLIC,
    caller=caller,
    answer=schemas.DoorPageSchema,
    summary="What the page of a door shows, and a form",
)
def get_door(call: Call, token: str) -> object:
    return present.door_page(call.session, queries.door(call.session, token))


@area.put(
    "/<token>/photos/<digest>",
    guard=AT_THE_DOOR,
    caller=caller,
    answer=schemas.DoorPhotoSchema,
    status=201,
    idempotent=False,  # the hash is the key
    prepare=_take_photo,
    largest_body=media.MOST_BYTES + 1024,
    summary="Send a picture for a report",
)
def put_door_photo(call: Call, token: str, digest: str) -> object:
    return {"hash": media.keep(call.session, call.actor.id, call.prepared).hash}


@area.post(
    "/<token>/reports",
    guard=AT_THE_DOOR,
    caller=caller,
    body=schemas.DoorReportSchema,
    answer=schemas.DoorReportedSchema,
    status=201,
    prepare=_count_report,
    summary="Report a matter without an account",
)
def post_door_report(call: Call, token: str) -> object:
    seconds: int = current_app.config["DOOR_FORM_SECONDS"]
    made = reporting.report(call.session, call.actor, call.body, read_for=seconds)
    return present.receipt(call.session, made)


@area.post(
    "/<token>/wishes",
    guard=AT_THE_DOOR,
    caller=caller,
    body=schemas.DoorWishSchema,
    answer=schemas.DoorWishedSchema,
    status=201,
    prepare=_count_wish,
    summary="Ask that nobody or somebody comes to a door",
)
def post_door_wish(call: Call, token: str) -> object:
    seconds: int = current_app.config["DOOR_FORM_SECONDS"]
    wishes.wish(call.session, call.actor, call.body, read_for=seconds)
    return {"taken": True}
