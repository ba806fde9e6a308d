"""The page behind the link to what somebody reported at a door."""

from typing import Any

from flask import Response, request
from sqlalchemy.orm import Session

from app.core import media
from app.core.db import looking
from app.core.guards import Guard
from app.core.http import Area, Call
from app.places.models import Place
from app.residents import present, queries, schemas
from app.residents.present_matter import matter
from app.residents.routes import here, limits
from app.residents.service import following, limiting
from app.residents.visitor import Follower, follower
from app.tickets.rules import Verb

WITH_THE_LINK = Guard("follow_link", lambda actor: isinstance(actor, Follower))

area = Area("follow", url_prefix="/follow", title="报事的链接")


def caller(session: Session) -> Follower:
    """Who holds this link. NotFound for one that was guessed."""
    return follower(*queries.report(session, _token()))


def _token() -> str:
    return str((request.view_args or {})["token"])


def _count(act: str) -> None:
    with looking() as session:
        report, ticket = queries.report(session, _token())
        numbers = present.phones(session, session.get_one(Place, ticket.place_id))
        limiting.count(limits(), act, {"link": report.id.hex, "address": here()}, numbers)


def _count_word(_said: dict[str, Any]) -> None:
    _count("follow")


def _take_photo(said: dict[str, Any]) -> media.Picture:
    _count("photo")
    return media.read_upload(said)


def _again(call: Call) -> object:
    """The matter as it is now."""
    report, ticket = queries.report(call.session, _token())
    return matter(call.session, follower(report, ticket))


@area.get(
    "/<token>",
    guard=WITH_THE_LINK,
    caller=caller,
    answer=schemas.FollowSchema,
    summary="A matter as its reporter sees it",
)
def get_followed(call: Call, token: str) -> object:
    return _again(call)


@area.get(
    "/<token>/photos/<digest>",
    guard=WITH_THE_LINK,
    caller=caller,
    summary="A picture of the matter",
)
def get_followed_photo(call: Call, token: str, digest: str) -> Response:
    return media.sent(media.get(call.session, call.actor, digest))


@area.put(
    "/<token>/photos/<digest>",
    guard=WITH_THE_LINK,
    caller=caller,
    answer=schemas.DoorPhotoSchema,
    status=201,
    idempotent=False,  # the hash is the key
    prepare=_take_photo,
    largest_body=media.MOST_BYTES + 1024,
    summary="Send a picture to go with an answer",
)
def put_followed_photo(call: Call, token: str, digest: str) -> object:
    return {"hash": media.keep(call.session, call.actor.id, call.prepared).hash}


@area.post(
    "/<token>/moves",
    guard=WITH_THE_LINK,
    caller=caller,
    body=schemas.FollowMoveSchema,
    answer=schemas.FollowSchema,
    versioned=True,
    prepare=_count_word,
    summary="Withdraw, rate or reopen what I reported",
)
def move_followed(call: Call, token: str) -> object:
    verb = Verb(call.body.pop("verb"))
    following.act(call.session, call.actor, call.version, verb, call.body)
    return _again(call)


@area.post(
    "/<token>/notes",
    guard=WITH_THE_LINK,
    caller=caller,
    body=schemas.FollowNoteSchema,
    answer=schemas.FollowSchema,
    prepare=_count_word,
    summary="Answer or add to what I reported",
)
def note_followed(call: Call, token: str) -> object:
    text, hashes = call.body["text"], call.body.get("media", [])
    following.add(call.session, call.actor, text, hashes)
    return _again(call)


@area.delete(
    "/<token>/contact",
    guard=WITH_THE_LINK,
    caller=caller,
    answer=schemas.FollowSchema,
    prepare=_count_word,
    summary="Have my name and telephone forgotten",
)
def forget_contact(call: Call, token: str) -> object:
    following.forget_contact(call.session, call.actor)
    return _again(call)
