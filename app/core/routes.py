"""The routes of the core: pictures."""

from flask import Flask, Response

from app.core import media
from app.core.guards import SIGNED_IN
from app.core.http import Area, Call
from app.core.schemas import MediaSchema

area = Area("media", url_prefix="/media", title="照片")


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
    kept = media.keep(call.session, call.actor.id, call.prepared)
    return {"hash": kept.hash, "width": kept.width, "height": kept.height}


@area.get("/<digest>", guard=SIGNED_IN, summary="A picture")
def get_media(call: Call, digest: str) -> Response:
    return media.sent(media.get(call.session, call.actor, digest))


def register(app: Flask) -> None:
    """Put the routes on the application."""
    area.register(app)
