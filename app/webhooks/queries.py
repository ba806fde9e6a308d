"""Every SELECT of this area. What a person asks for starts from the communities they keep."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.core import known
from app.core.errors import NotFound
from app.identity.actor import Actor
from app.places.models import Place
from app.places.queries import kept_communities
from app.webhooks.models import Webhook, WebhookUse

KNOWN = "webhooks"
known.follows(KNOWN, Webhook)


class Listening(NamedTuple):
    """A webhook that is at work: where it listens, and to which facts."""

    id: UUID
    place_id: UUID
    kinds: Sequence[str]


@known.loads(KNOWN)
def _load(session: Session) -> list[Listening]:
    """All that are at work: every report and every move asks for them, and they are few."""
    at_work = select(Webhook.id, Webhook.place_id, Webhook.kinds).where(
        Webhook.removed_at.is_(None), Webhook.stopped_at.is_(None)
    )
    return [Listening(*row) for row in session.execute(at_work.order_by(Webhook.id))]


def kept(actor: Actor) -> Select[Webhook]:
    """The webhooks of the communities that the actor keeps."""
    places = select(Place.id).where(Place.community_id.in_(kept_communities(actor)))
    return select(Webhook).where(Webhook.removed_at.is_(None), Webhook.place_id.in_(places))


def one_kept(session: Session, actor: Actor, hook_id: UUID) -> Webhook:
    """One webhook that the actor may change. NotFound otherwise."""
    found = session.scalar(kept(actor).where(Webhook.id == hook_id))
    if found is None:
        raise NotFound
    return found


def listening(session: Session, place_ids: Sequence[UUID]) -> Sequence[Listening]:
    """The webhooks at these places that are at work."""
    all_ = _load(session) if known.changes_now(session) else known.get(KNOWN)
    return [one for one in all_ if one.place_id in place_ids]


def uses(session: Session, hook_ids: Sequence[UUID]) -> dict[UUID, WebhookUse]:
    """How the deliveries of these webhooks went."""
    found = session.scalars(select(WebhookUse).where(WebhookUse.webhook_id.in_(hook_ids)))
    return {use.webhook_id: use for use in found}


def community_of(session: Session, hook: Webhook) -> UUID:
    """The community that a webhook belongs to."""
    place = session.get_one(Place, hook.place_id)
    return place.community_id or place.id
