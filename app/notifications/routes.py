"""The doors of this area: the inbox, and the devices that may be rung."""

from uuid import UUID

from app.core.guards import SIGNED_IN
from app.core.http import Area, Call, list_of, page_of
from app.core.keys import keys
from app.identity.actor import Actor
from app.notifications import push, queries
from app.notifications.models import InboxItem, PushSubscription
from app.notifications.present import present_item
from app.notifications.schemas import (
    InboxItemSchema,
    InboxQuery,
    PushKeySchema,
    QueuedSchema,
    SubscribeSchema,
    SubscriptionSchema,
    UnreadSchema,
)
from app.notifications.service import inbox, subscriptions

inbox_area = Area("inbox", url_prefix="/inbox", title="消息")
push_area = Area("push", url_prefix="/push", title="推送")


@inbox_area.get(
    "",
    guard=SIGNED_IN,
    summary="What the actor has been told, newest first",
    query=InboxQuery,
    answer=list_of(InboxItemSchema),
)
def list_inbox(call: Call) -> object:
    return page_of(
        call.session,
        queries.inbox_of(call.actor, unread=call.query["unread"]),
        order=(InboxItem.created_at.desc(), InboxItem.id.desc()),
        query=call.query,
        present=present_item,
    )


@inbox_area.get(
    "/unread", guard=SIGNED_IN, summary="How many items are unread", answer=UnreadSchema
)
def count_unread(call: Call) -> object:
    return {"count": queries.unread_count(call.session, call.actor)}


@inbox_area.post(
    "/<uuid:item_id>/read", guard=SIGNED_IN, summary="Mark an item as read", status=204
)
def read_item(call: Call, item_id: UUID) -> None:
    inbox.read(call.session, call.actor, item_id)


@inbox_area.post("/read-all", guard=SIGNED_IN, summary="Mark every item as read", status=204)
def read_all(call: Call) -> None:
    inbox.read_all(call.session, call.actor)


@push_area.get(
    "/key",
    guard=SIGNED_IN,
    summary="The public key that a browser subscribes with",
    answer=PushKeySchema,
)
def get_key(call: Call) -> object:
    return {"public_key": keys().vapid_public}


@push_area.get(
    "/subscriptions",
    guard=SIGNED_IN,
    summary="The devices of the actor that may be rung",
    answer=list_of(SubscriptionSchema),
)
def list_subscriptions(call: Call) -> object:
    found = call.session.scalars(
        queries.subscriptions_of(call.actor).order_by(PushSubscription.created_at)
    )
    items = [present_subscription(call.actor, subscription) for subscription in found]
    return {"items": items, "next_cursor": None}


def present_subscription(actor: Actor, subscription: PushSubscription) -> dict[str, object]:
    """A device as the contract says; its address and keys stay here."""
    return {
        "id": subscription.id,
        "device_name": subscription.device_name,
        "created_at": subscription.created_at,
        "last_ok_at": subscription.last_ok_at,
        "failed_at": subscription.failed_at,
        "current": subscription.device_id == actor.device_id,
    }


@push_area.post(
    "/subscriptions",
    guard=SIGNED_IN,
    summary="Ring this browser from now on",
    body=SubscribeSchema,
    answer=SubscriptionSchema,
    status=201,
)
def subscribe(call: Call) -> object:
    asked = subscriptions.Asked(
        endpoint=call.body["endpoint"],
        device_name=call.body["device_name"],
        inner=push.sender().policy.allow_private,
        **call.body["keys"],
    )
    return present_subscription(
        call.actor, subscriptions.subscribe(call.session, call.actor, asked)
    )


@push_area.delete(
    "/subscriptions/<uuid:subscription_id>",
    guard=SIGNED_IN,
    summary="Ring a device no more",
    status=204,
)
def unsubscribe(call: Call, subscription_id: UUID) -> None:
    subscriptions.unsubscribe(call.session, call.actor, subscription_id)


@push_area.post(
    "/test",
    guard=SIGNED_IN,
    summary="Ring every device of the actor once, as a trial",
    answer=QueuedSchema,
)
def try_out(call: Call) -> object:
    return {"queued": subscriptions.try_out(call.session, call.actor)}
