"""Every SELECT of this area. What a person asks for starts from the communities they keep."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from app.core.errors import NotFound
from app.identity.actor import Actor
from app.places.models import Place
from app.places.queries import kept_communities
from app.webhooks.models import Webhook, WebhookUse

# Built once: every report and every move asks this.
LISTENING = (
    select(Webhook)
    .where(
        Webhook.place_id.in_(bindparam("places", expanding=True)),
        Webhook.removed_at.is_(None),
        Webhook.stopped_at.is_(None),
    )
    .order_by(Webhook.id)
)


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


def listening(session: Session, place_ids: Sequence[UUID]) -> Sequence[Webhook]:
    """The webhooks at these places that are at work."""
    return session.scalars(LISTENING, {"places": place_ids}).all()


def uses(session: Session, hook_ids: Sequence[UUID]) -> dict[UUID, WebhookUse]:
    """How the deliveries of these webhooks went."""
    found = session.scalars(select(WebhookUse).where(WebhookUse.webhook_id.in_(hook_ids)))
    return {use.webhook_id: use for use in found}


def community_of(session: Session, hook: Webhook) -> UUID:
    """The community that a webhook belongs to."""
    place = session.get_one(Place, hook.place_id)
    return place.community_id or place.id
