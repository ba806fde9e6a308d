"""What the worker does for this area: hand one delivery over."""

from dataclasses import dataclass
from uuid import UUID

from app.core import clock, outbox, outgoing
from app.core.db import reading, transaction
from app.core.edge import JSON, encode
from app.webhooks.models import Webhook
from app.webhooks.rules import DELIVERY, KIND, SIGNATURE, is_gone, is_taken, signature
from app.webhooks.service import sending
from app.webhooks.service.sending import Tried


@dataclass(frozen=True)
class Target:
    """Where a delivery goes, and with which secret it is signed."""

    hook_id: UUID
    url: str
    secret: str


@outbox.handles(sending.DELIVER)
def deliver(job: outbox.Job) -> None:
    """Send one delivery; nothing if its webhook was removed or stopped meanwhile."""
    target = _target(UUID(job.payload["webhook_id"]))
    if target is None:
        return
    body = encode(job.payload["body"])
    headers = {
        "Content-Type": JSON,
        DELIVERY: job.payload["body"]["id"],
        KIND: job.payload["body"]["kind"],
        SIGNATURE: signature(target.secret, int(clock.now().timestamp()), body),
    }
    told = job.payload["body"]
    tried = Tried(id=told["id"], kind=told["kind"], status=None)
    try:
        status = outgoing.post(target.url, body, headers, policy=outgoing.policy_here())
    except outgoing.Unreached as unreached:
        with transaction() as session:
            sending.failed(session, target.hook_id, tried)
        raise (outbox.GiveUp if unreached.final else outbox.Retry)(str(unreached)) from unreached
    tried["status"] = status
    with transaction() as session:
        if is_taken(status):
            sending.taken(session, target.hook_id, tried)
            return
        sending.failed(session, target.hook_id, tried, gone=is_gone(status))
    raise (outbox.GiveUp if is_gone(status) else outbox.Retry)(f"HTTP {status}")


def _target(hook_id: UUID) -> Target | None:
    with reading() as session:
        hook = session.get(Webhook, hook_id)
        if hook is None or hook.removed_at or hook.stopped_at:
            return None
        return Target(hook.id, hook.url, hook.secret)
