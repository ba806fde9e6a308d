"""The routes of webhooks, for those who keep a community."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from app.core.http import Area, Call, list_of
from app.identity.guards import ADMIN, COMMITTEE, any_of
from app.places.queries import place_names
from app.webhooks import queries
from app.webhooks.models import Webhook
from app.webhooks.rules import is_taken
from app.webhooks.schemas import (
    DeliverySchema,
    NewWebhookSchema,
    RecentSchema,
    WebhookAddedSchema,
    WebhookSchema,
)
from app.webhooks.service import keeping

KEEPERS = any_of(COMMITTEE, ADMIN)

area = Area("webhooks", url_prefix="/webhooks", title="通知其他系统")


def _present(call: Call, hooks: Sequence[Webhook]) -> list[dict[str, Any]]:
    names = place_names(call.session, [hook.place_id for hook in hooks])
    uses = queries.uses(call.session, [hook.id for hook in hooks])
    return [
        {
            "id": hook.id,
            "name": hook.name,
            "url": hook.url,
            "kinds": hook.kinds,
            "place": {"id": hook.place_id, "name": names[hook.place_id]},
            "created_at": hook.created_at,
            "failures": uses[hook.id].failures,
            "last_taken_at": uses[hook.id].last_taken_at,
            "stopped_at": hook.stopped_at,
        }
        for hook in hooks
    ]


@area.get("", guard=KEEPERS, answer=list_of(WebhookSchema), summary="The addresses that are told")
def list_webhooks(call: Call) -> object:
    found = call.session.scalars(queries.kept(call.actor).order_by(Webhook.id.desc())).all()
    return {"items": _present(call, found), "next_cursor": None}


@area.post(
    "",
    guard=KEEPERS,
    body=NewWebhookSchema,
    answer=WebhookAddedSchema,
    status=201,
    idempotent=False,  # the secret is shown once, and must not lie among answers kept for repeats
    summary="Tell an address of another system from now on",
)
def add_webhook(call: Call) -> object:
    hook = keeping.add(call.session, call.actor, **call.body)
    return _present(call, [hook])[0] | {"secret": hook.secret}


@area.delete("/<uuid:hook_id>", guard=KEEPERS, status=204, summary="Tell an address nothing more")
def remove_webhook(call: Call, hook_id: UUID) -> None:
    keeping.remove(call.session, call.actor, hook_id)


@area.get(
    "/<uuid:hook_id>/deliveries",
    guard=KEEPERS,
    answer=RecentSchema,
    summary="The latest tries to deliver, and how they went",
)
def list_deliveries(call: Call, hook_id: UUID) -> object:
    hook = queries.one_kept(call.session, call.actor, hook_id)
    use = queries.uses(call.session, [hook.id])[hook.id]
    return {
        "items": [
            line | {"taken": line["status"] is not None and is_taken(line["status"])}
            for line in use.recent
        ]
    }


@area.post(
    "/<uuid:hook_id>/pause",
    guard=KEEPERS,
    answer=WebhookSchema,
    summary="Tell an address nothing until it is resumed",
)
def pause_webhook(call: Call, hook_id: UUID) -> object:
    return _present(call, [keeping.pause(call.session, call.actor, hook_id)])[0]


@area.post(
    "/<uuid:hook_id>/resume",
    guard=KEEPERS,
    answer=WebhookSchema,
    summary="Begin again with an address that was given up",
)
def resume_webhook(call: Call, hook_id: UUID) -> object:
    return _present(call, [keeping.resume(call.session, call.actor, hook_id)])[0]


@area.post(
    "/<uuid:hook_id>/test",
    guard=KEEPERS,
    answer=DeliverySchema,
    status=202,
    summary="Send an address a delivery that means nothing",
)
def try_webhook(call: Call, hook_id: UUID) -> object:
    return {"id": keeping.try_out(call.session, call.actor, hook_id)}
