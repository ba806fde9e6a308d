"""People add, try, resume and remove webhooks."""

from collections.abc import Sequence
from secrets import token_urlsafe
from uuid import UUID

from sqlalchemy.orm import Session

from app.core import clock
from app.core.errors import Invalid
from app.core.events import publish
from app.core.outgoing import policy_here, url_fault
from app.identity.actor import Actor
from app.open311.queries import scope_kept
from app.webhooks import queries
from app.webhooks.events import (
    WebhookAdded,
    WebhookPaused,
    WebhookRemoved,
    WebhookResumed,
    WebhookTried,
)
from app.webhooks.models import Webhook, WebhookUse
from app.webhooks.rules import TRIAL, Told
from app.webhooks.service.sending import enqueue


def add(
    session: Session, actor: Actor, *, name: str, url: str, kinds: Sequence[str], place_id: UUID
) -> Webhook:
    """A new webhook for a community or an estate that the actor keeps, with a fresh secret.

    Raises NotFound for another place, Invalid for an address that nothing is sent to.
    """
    place = scope_kept(session, actor, place_id)
    fault = url_fault(url)
    if fault is None and not url.startswith("https://") and not policy_here().allow_private:
        fault = "网址必须以 https 开头。"
    if fault:
        raise Invalid(errors={"url": [fault]})
    hook = Webhook(
        name=name,
        url=url,
        secret=token_urlsafe(32),
        kinds=[kind for kind in Told if kind in kinds],
        place_id=place.id,
        created_by=actor.id,
    )
    session.add(hook)
    session.flush()
    session.add(WebhookUse(webhook_id=hook.id))
    publish(session, WebhookAdded(**_fact(session, actor, hook)))
    return hook


def remove(session: Session, actor: Actor, hook_id: UUID) -> None:
    """Tell an address nothing more. NotFound."""
    hook = queries.one_kept(session, actor, hook_id)
    hook.removed_at = clock.now()
    publish(session, WebhookRemoved(**_fact(session, actor, hook)))


def resume(session: Session, actor: Actor, hook_id: UUID) -> Webhook:
    """Begin again with a webhook that was stopped. What was missed stays missed. NotFound."""
    hook = queries.one_kept(session, actor, hook_id)
    if hook.stopped_at is not None:
        use = session.get_one(WebhookUse, hook.id)
        hook.stopped_at = use.failing_since = None
        use.failures = 0
        publish(session, WebhookResumed(**_fact(session, actor, hook)))
    return hook


def pause(session: Session, actor: Actor, hook_id: UUID) -> Webhook:
    """Tell an address nothing until somebody resumes it. NotFound."""
    hook = queries.one_kept(session, actor, hook_id)
    if hook.stopped_at is None:
        hook.stopped_at = clock.now()
        publish(session, WebhookPaused(**_fact(session, actor, hook)))
    return hook


def try_out(session: Session, actor: Actor, hook_id: UUID) -> UUID:
    """Send a delivery that means nothing; its id. NotFound."""
    hook = queries.one_kept(session, actor, hook_id)
    publish(session, WebhookTried(**_fact(session, actor, hook)))
    return enqueue(session, hook.id, TRIAL, {})


def _fact(session: Session, actor: Actor, hook: Webhook) -> dict[str, UUID]:
    return {
        "subject_id": hook.id,
        "actor_id": actor.id,
        "community_id": queries.community_of(session, hook),
    }
