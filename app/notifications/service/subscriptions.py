"""The devices that may be rung: subscribe, unsubscribe, try out, and what sending found out."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.core import clock, outbox
from app.core.among import among
from app.core.db import uuid7
from app.core.errors import Invalid, NotFound
from app.core.events import publish
from app.identity.actor import Actor
from app.notifications import queries
from app.notifications.events import PushKeyChanged, PushSubscribed, PushUnsubscribed
from app.notifications.models import PushSubscription
from app.notifications.queries import Ringable
from app.notifications.refusals import TooManyDevices
from app.notifications.rules.addresses import auth_fault, endpoint_fault, p256dh_fault
from app.notifications.rules.limits import MOST_DEVICES

NOTED_EVERY = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a browser hands in. `inner` is only ever allowed by a test's settings."""

    endpoint: str
    p256dh: str
    auth: str
    device_name: str
    inner: bool = False


def subscribe(session: Session, actor: Actor, asked: Asked) -> PushSubscription:
    """Ring this browser from now on. A browser belongs to whoever is signed in on it now, and says
    so again at each start; where nothing is new, nothing is written.

    Raises Invalid for an address or keys nothing can be sent to, TooManyDevices beyond ten.
    """
    _check(asked)
    found = session.scalar(
        select(PushSubscription).where(PushSubscription.endpoint == asked.endpoint)
    )
    if found is not None and _says_the_same(found, actor, asked):
        return found
    moved = found is not None and found.person_id != actor.id
    _drop(session, _of_this_device(session, actor, asked.endpoint), actor.id, "replaced")
    if (found is None or moved) and queries.device_count(session, actor) >= MOST_DEVICES:
        raise TooManyDevices
    subscription = found or PushSubscription(endpoint=asked.endpoint)
    subscription.person_id = actor.id
    subscription.device_id = actor.device_id
    subscription.p256dh, subscription.auth = asked.p256dh, asked.auth
    subscription.device_name = asked.device_name
    subscription.failed_at = None
    session.add(subscription)
    session.flush()
    publish(session, PushSubscribed(subject_id=subscription.id, actor_id=actor.id, moved=moved))
    return subscription


def unsubscribe(session: Session, actor: Actor, subscription_id: UUID) -> None:
    """Ring one of the actor's own devices no more."""
    found = session.scalar(
        queries.subscriptions_of(actor).where(PushSubscription.id == subscription_id)
    )
    if found is None:
        raise NotFound
    _drop(session, [found.id], actor.id, "asked")


def forget_device(session: Session, device_ids: Sequence[UUID], actor_id: UUID | None) -> None:
    """Ring no more where somebody has signed out."""
    ids = session.scalars(
        select(PushSubscription.id).where(PushSubscription.device_id.in_(device_ids))
    ).all()
    _drop(session, ids, actor_id, "signed_out")


def try_out(session: Session, actor: Actor) -> int:
    """Ring all of the actor's devices once, now; how many. Twice in a minute is once."""
    minute = clock.now().strftime("%Y%m%d%H%M")
    devices = queries.devices_of(session, [actor.id])
    for subscription_id, _ in devices:
        outbox.enqueue(
            session,
            "push",
            {"subscription_id": str(subscription_id), "at_any_hour": True},
            f"push-test:{subscription_id}:{minute}",
        )
    return len(devices)


def gone(session: Session, ids: Collection[UUID]) -> None:
    """The push services know these endpoints no more: drop them, and only them."""
    _drop(session, sorted(ids), None, "gone")


def reached(session: Session, ids: Collection[UUID]) -> None:
    """The push services took a message. Written down once an hour, not for every message."""
    _note(session, ids, {"last_ok_at": clock.now(), "failed_at": None})


def worth_noting(device: Ringable) -> bool:
    """Whether a success says anything new."""
    last = device.last_ok_at
    return device.failed_at is not None or last is None or clock.now() - last > NOTED_EVERY


def failed(session: Session, ids: Collection[UUID]) -> None:
    """The push services did not take a message."""
    _note(session, ids, {"failed_at": clock.now()})


def key_changed(session: Session) -> int:
    """No device can be rung until the app was opened on it: its push service knows the key before.
    Until then its owner counts as one whom it does not reach. How many devices that are."""
    ids = session.scalars(select(PushSubscription.id)).all()
    session.execute(
        update(PushSubscription).values(failed_at=clock.now()),
        execution_options={"synchronize_session": False},
    )
    publish(session, PushKeyChanged(subject_id=uuid7(), actor_id=None, devices=len(ids)))
    return len(ids)


def _note(session: Session, ids: Collection[UUID], values: dict[str, datetime | None]) -> None:
    if ids:
        session.execute(
            update(PushSubscription).where(among(PushSubscription.id, ids, session)).values(values),
            execution_options={"synchronize_session": False},
        )


def _says_the_same(found: PushSubscription, actor: Actor, asked: Asked) -> bool:
    """One that failed is written anew: the browser has just shown that it is there."""
    kept = (found.person_id, found.device_id, found.p256dh, found.auth, found.device_name)
    said = (actor.id, actor.device_id, asked.p256dh, asked.auth, asked.device_name)
    return kept == said and found.failed_at is None


def _check(asked: Asked) -> None:
    faults = {
        "endpoint": endpoint_fault(asked.endpoint, inner=asked.inner),
        "keys.p256dh": p256dh_fault(asked.p256dh),
        "keys.auth": auth_fault(asked.auth),
    }
    errors = {field: [fault] for field, fault in faults.items() if fault}
    if errors:
        raise Invalid(errors=errors)


def _of_this_device(session: Session, actor: Actor, endpoint: str) -> list[UUID]:
    """What this sign-in subscribed before: a browser that asks again has a new address."""
    return list(
        session.scalars(
            select(PushSubscription.id).where(
                PushSubscription.device_id == actor.device_id,
                PushSubscription.endpoint != endpoint,
            )
        )
    )


def _drop(session: Session, ids: Sequence[UUID], actor_id: UUID | None, why: str) -> None:
    if not ids:
        return
    session.execute(delete(PushSubscription).where(PushSubscription.id.in_(ids)))
    for subject_id in ids:
        publish(session, PushUnsubscribed(subject_id=subject_id, actor_id=actor_id, why=why))
