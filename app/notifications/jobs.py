"""What the worker does for this area: ring one device, and forget old items once a day."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.core import changes, clock, duties, outbox
from app.core.db import reading, transaction
from app.notifications import push, queries
from app.notifications.models import InboxItem
from app.notifications.rules.limits import ITEMS_KEPT
from app.notifications.rules.quiet import may_ring_at
from app.notifications.rules.retrying import Verdict
from app.notifications.rules.telling import Urgency, on_device, topic_of
from app.notifications.sender import Message, Outcome, Target
from app.notifications.service import subscriptions

TRIAL_TITLE = "推送试一下：收到这条就好了"
TRIAL_LINK = "/me/push"


@dataclass(frozen=True)
class Parcel:
    """One message on its way to one device."""

    subscription_id: UUID
    target: Target
    message: Message
    worth_noting: bool


@outbox.handles("push")
def ring(job: outbox.Job) -> None:
    """Ring one device for one item; nothing if it was read meanwhile or the device is gone."""
    with reading() as session:
        parcel = parcel_of(session, job)
    if parcel is None:
        return
    now = clock.local_now()
    due = may_ring_at(now, at_any_hour=bool(job.payload.get("at_any_hour")))
    if due > now:
        raise outbox.Retry("quiet hours", due - now)
    settle(parcel, push.sender().send(parcel.target, parcel.message))


def parcel_of(session: Session, job: outbox.Job) -> Parcel | None:
    """What to send for a job; None when there is nothing left to send."""
    subscription = queries.ringable(session, UUID(job.payload["subscription_id"]))
    if subscription is None:
        return None
    title, link, name = TRIAL_TITLE, TRIAL_LINK, str(job.id)
    if "item_id" in job.payload:
        item_id = UUID(job.payload["item_id"])
        item = queries.unread_item(session, item_id, subscription.person_id)
        if item is None:
            return None
        title, link, name = item.title, item.link, str(item.id)
    urgency = Urgency(job.payload.get("urgency", Urgency.HIGH))
    return Parcel(
        subscription.id,
        Target(subscription.endpoint, subscription.p256dh, subscription.auth),
        Message(on_device(title, link), urgency, topic_of(name)),
        subscriptions.worth_noting(subscription),
    )


def settle(parcel: Parcel, outcome: Outcome) -> None:
    """Write down what sending found out, and tell the outbox whether to try again."""
    if outcome.verdict is Verdict.TAKEN:
        if parcel.worth_noting:
            with transaction() as session:
                subscriptions.reached(session, parcel.subscription_id)
        return
    with transaction() as session:
        if outcome.verdict is Verdict.GONE:
            subscriptions.gone(session, parcel.subscription_id)
            return
        subscriptions.failed(session, parcel.subscription_id)
    if outcome.verdict is Verdict.LATER:
        raise outbox.Retry(outcome.reason, outcome.after)
    raise outbox.GiveUp(outcome.reason)


@duties.daily("notifications.sweep")
def forget_old_items(session: Session, day: date) -> None:
    """Drop inbox items after 180 days, read or not: what they were about is kept elsewhere."""
    session.execute(
        delete(InboxItem).where(InboxItem.created_at < clock.now() - ITEMS_KEPT),
        execution_options=changes.NOTED,  # phones have forgotten them long before
    )
