"""What the worker does for this area: fetch the picture of a report and put it onto its ticket."""

from hashlib import sha256
from uuid import UUID

from app.core import media, outbox, outgoing
from app.core.db import transaction
from app.core.errors import Refusal
from app.open311 import queries
from app.open311.service.posting import PHOTO
from app.tickets.rules import PhotoPhase
from app.tickets.service import add_photos


@outbox.handles(PHOTO)
def fetch_photo(job: outbox.Job) -> None:
    """Fetch one picture, look at it, encode it anew, and add it as a photo of the report."""
    policy = outgoing.policy_here()
    try:
        raw = outgoing.fetch(job.payload["url"], most=media.MOST_BYTES, policy=policy)
    except outgoing.Unreached as failed:
        raise (outbox.GiveUp if failed.final else outbox.Retry)(str(failed)) from failed
    try:
        picture = media.reencode(sha256(raw).hexdigest(), raw)
        with transaction() as session:
            holder = queries.holder_by_id(session, UUID(job.payload["key_id"]))
            if holder is None:
                return
            media.keep(session, holder.id, picture)
            ticket_id = UUID(job.payload["ticket_id"])
            add_photos(session, holder, ticket_id, PhotoPhase.REPORT, [picture.hash])
    except Refusal as refusal:  # not a picture, or the ticket is over
        raise outbox.GiveUp(refusal.code) from refusal
