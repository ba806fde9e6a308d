"""The routes of the core: pictures, whole and in pieces."""

from flask import Flask, Response

from app.core import media, parts, receipts
from app.core.guards import SIGNED_IN
from app.core.http import Area, Call
from app.core.schemas import MediaSchema, PieceQuery, UploadSchema

area = Area("media", url_prefix="/media", title="照片")


def _keep(call: Call, picture: media.Picture) -> media.Media:
    """Keep a picture, and answer with the receipt of the first time the actor sent it."""
    kept = media.keep(call.session, call.actor.id, picture)
    at = media.sent_at(call.session, kept, call.actor.id) or kept.created_at
    key = bytes.fromhex(kept.hash)
    call.after.append(lambda response: receipts.stamp(response, key, at))
    return kept


@area.put(
    "/<digest>",
    guard=SIGNED_IN,
    summary="Send a picture, named by the SHA-256 of its bytes",
    answer=MediaSchema,
    status=201,
    idempotent=False,  # the hash is the key
    prepare=media.read_upload,
    largest_body=media.MOST_BYTES + 1024,
)
def put_media(call: Call, digest: str) -> object:
    kept = _keep(call, call.prepared)
    return {"hash": kept.hash, "width": kept.width, "height": kept.height}


@area.get("/<digest>", guard=SIGNED_IN, summary="A picture")
def get_media(call: Call, digest: str) -> Response:
    return media.sent(media.get(call.session, call.actor, digest))


@area.get(
    "/<digest>/upload",
    guard=SIGNED_IN,
    answer=UploadSchema,
    summary="How much of a picture has arrived from me",
)
def get_upload(call: Call, digest: str) -> object:
    return {
        "received": parts.received(call.actor.id, digest),
        "complete": media.is_here(call.session, call.actor, digest),
    }


@area.put(
    "/<digest>/upload",
    guard=SIGNED_IN,
    query=PieceQuery,
    answer=UploadSchema,
    idempotent=False,  # the hash and the offset are the key
    prepare=parts.take,
    largest_body=parts.LARGEST_PIECE,
    summary="Send the next piece of a picture",
)
def put_piece(call: Call, digest: str) -> object:
    progress: parts.Progress = call.prepared
    if progress.picture:
        _keep(call, progress.picture)
        call.after.append(lambda _: parts.drop(call.actor.id, digest))
    return {"received": progress.received, "complete": progress.picture is not None}


def register(app: Flask) -> None:
    """Put the routes on the application."""
    area.register(app)
