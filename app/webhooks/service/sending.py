"""A delivery is an outbox row; what became of it is counted on its webhook."""

from typing import Any, TypedDict
from uuid import UUID

from sqlalchemy.orm import Session

from app.core import clock, outbox
from app.core.db import uuid7
from app.core.events import publish
from app.webhooks import queries
from app.webhooks.events import WebhookStopped
from app.webhooks.models import Webhook, WebhookUse
from app.webhooks.rules import has_had_enough

DELIVER = "webhook"
RECENT = 20  # so many tries are kept for people to look at


class Tried(TypedDict):
    """One try to deliver: what, and which status was answered; none where nobody answered."""

    id: str
    kind: str
    status: int | None


def enqueue(session: Session, hook_id: UUID, kind: str, said: dict[str, Any]) -> UUID:
    """Write a delivery in the present transaction; its id, by which a receiver knows a repeat."""
    delivery_id = uuid7()
    at = clock.now().isoformat(timespec="seconds")
    body = {"id": str(delivery_id), "kind": kind, "at": at, **said}
    payload = {"webhook_id": str(hook_id), "body": body}
    outbox.enqueue(session, DELIVER, payload, f"webhook:{delivery_id}")
    return delivery_id


def taken(session: Session, hook_id: UUID, tried: Tried) -> None:
    """The other system took a delivery."""
    use = _noted(session, hook_id, tried)
    use.failures = 0
    use.failing_since = None
    use.last_taken_at = clock.now()


def failed(session: Session, hook_id: UUID, tried: Tried, *, gone: bool = False) -> None:
    """The other system did not take one. After many in a row nothing more is sent, and the
    committee is told; at once when the receiver says that it is gone."""
    use = _noted(session, hook_id, tried)
    use.failures += 1
    use.failing_since = use.failing_since or clock.now()
    enough = gone or has_had_enough(use.failures, clock.now() - use.failing_since)
    hook = session.get_one(Webhook, hook_id)
    if enough and hook.stopped_at is None:
        hook.stopped_at = clock.now()
        publish(
            session,
            WebhookStopped(
                subject_id=hook.id,
                actor_id=None,
                community_id=queries.community_of(session, hook),
                name=hook.name,
            ),
        )


def _noted(session: Session, hook_id: UUID, tried: Tried) -> WebhookUse:
    """The use of a webhook, with one more try written down."""
    use = session.get_one(WebhookUse, hook_id, with_for_update=True)
    line = {"at": clock.now().isoformat(), **tried}
    use.recent = [line, *use.recent][:RECENT]
    return use
