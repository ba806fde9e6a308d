"""What the worker does for this area: ring devices, and forget old items once a day."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import cast
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.core import carrying, changes, clock, duties, outbox
from app.core.carrying import Ended
from app.core.db import reading
from app.notifications import push, queries
from app.notifications.models import InboxItem
from app.notifications.queries import Ringable, UnreadItem
from app.notifications.queries_digests import digests
from app.notifications.receipts import Slip, written
from app.notifications.rules.channels import Channel
from app.notifications.rules.choosing import UNCHOSEN, Choice, Waiting, waits_until
from app.notifications.rules.limits import ITEMS_KEPT
from app.notifications.rules.quiet import may_ring_at
from app.notifications.rules.retrying import Verdict
from app.notifications.rules.telling import TTL_SECONDS, Urgency, on_device, topic_of
from app.notifications.sender import Message, Outcome
from app.notifications.service import choices, deliveries, subscriptions
from app.notifications.service.subscriptions import worth_noting
from app.notifications.service.telling import wait_for_digest

TRIAL_TITLE = "推送试一下：收到这条就好了"
TRIAL_LINK = "/me/push"
DIGEST_LINK = "/inbox"


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message on its way to one device."""

    job: outbox.Job
    device: Ringable
    message: Message


@dataclass(frozen=True, slots=True)
class Rung:
    """What became of one message."""

    device: Ringable
    outcome: Outcome

    @property
    def is_worth_noting(self) -> bool:
        """Whether it says anything new of the device."""
        taken = self.outcome.verdict is Verdict.TAKEN
        return self.outcome.tried and (not taken or worth_noting(self.device))


@dataclass(frozen=True, slots=True)
class Late:
    """An item whose turn has come at a time of rest, and the digest that it waits for."""

    item_id: UUID
    until: datetime


class Ringer:
    """Rings devices for items; not for what was read or is no longer true. What meets the quiet
    hours or a pause on its way waits for a digest."""

    def __init__(self) -> None:
        self._sender = push.sender()
        self._on_way: dict[UUID, Parcel] = {}

    def enter(self) -> None:
        """See `carrying.Carrier`."""
        self._sender.enter()

    def begin(self, jobs: Sequence[outbox.Job]) -> list[Ended]:
        """See `carrying.Carrier`."""
        ended: list[Ended] = []
        with reading() as session:
            parcels = parcels_of(session, jobs)
            chosen = choices.everybodys(session)
        for job in jobs:
            parcel = parcels.get(job.id)
            if parcel is None or is_past(job):
                ended.append(Ended(job, None))
            elif later := digest_for(job, chosen.get(parcel.device.person_id, UNCHOSEN)):
                ended.append(Ended(job, None, Late(UUID(job.payload["item_id"]), later)))
            elif wait := quiet_for(job):
                ended.append(Ended(job, outbox.PutOff("quiet hours", wait)))
            else:
                self._on_way[job.id] = parcel
                self._sender.begin(job.id, parcel.device.target, parcel.message)
        return ended

    def turn(self, seconds: float) -> list[Ended]:
        """See `carrying.Carrier`."""
        ended = []
        for job_id, outcome in self._sender.turn(seconds):
            parcel = self._on_way.pop(cast(UUID, job_id))
            ended.append(Ended(parcel.job, failure_of(outcome), Rung(parcel.device, outcome)))
        return ended

    def leave(self) -> list[Ended]:
        """See `carrying.Carrier`."""
        self._sender.leave()
        return []

    def note(self, session: Session, ended: Sequence[Ended]) -> None:
        """Write down which devices were reached, which are gone and which did not take it; and
        which items wait."""
        found: dict[Verdict, set[UUID]] = {verdict: set() for verdict in Verdict}
        late: dict[datetime, list[UUID]] = {}
        for one in ended:
            if isinstance(one.found, Late):
                late.setdefault(one.found.until, []).append(one.found.item_id)
            elif isinstance(one.found, Rung) and one.found.is_worth_noting:
                found[one.found.outcome.verdict].add(one.found.device.id)
        subscriptions.reached(session, found[Verdict.TAKEN])
        subscriptions.failed(session, found[Verdict.LATER] | found[Verdict.NEVER])
        subscriptions.gone(session, found[Verdict.GONE])
        deliveries.took(session, Channel.PUSH, {pair for one in ended for pair in taken(one)})
        for moment, item_ids in late.items():
            wait_for_digest(session, item_ids, moment)


carrying.carries("push", Ringer)


def taken(one: Ended) -> list[tuple[UUID, UUID]]:
    """(item, device) of a push that its service took; nothing for a trial, or where it did not."""
    if not isinstance(one.found, Rung) or "item_id" not in one.job.payload:
        return []
    item_id = UUID(one.job.payload["item_id"])
    is_taken = one.found.outcome.verdict is Verdict.TAKEN
    return [(item_id, one.found.device.id)] if is_taken else []


def parcels_of(session: Session, jobs: Sequence[outbox.Job]) -> dict[UUID, Parcel]:
    """What to send for each job, by its id; nothing where nothing is left to send."""
    devices = queries.ringable(session, {UUID(job.payload["subscription_id"]) for job in jobs})
    asked = {UUID(job.payload["item_id"]) for job in jobs if "item_id" in job.payload}
    items = queries.unread_items(session, asked)
    people = {device.person_id for device in devices.values()}
    unread = queries.unread_of(session, people)
    waiting = _digests(session, jobs, people)
    parcels: dict[str, Parcel] = {}
    for job in jobs:
        device = devices.get(UUID(job.payload["subscription_id"]))
        if device is None:
            continue
        digest = waiting.get(job.payload.get("digest_at", ""), {}).get(device.person_id)
        message = _of_digest(job, device, digest) if digest else _message(job, device, items)
        if message:
            message.payload["unread"] = unread.get(device.person_id, 0)
            parcels[f"{device.id} {message.topic}"] = Parcel(job, device, message)  # the last of it
    return {parcel.job.id: parcel for parcel in parcels.values()}


def _digests(
    session: Session, jobs: Sequence[outbox.Job], people: Collection[UUID]
) -> dict[str, dict[UUID, Waiting]]:
    """What each digest among the jobs tells these people, as it is now."""
    asked = {job.payload["digest_at"] for job in jobs if "digest_at" in job.payload}
    return {one: digests(session, datetime.fromisoformat(one), people) for one in asked}


def _of_digest(job: outbox.Job, device: Ringable, waiting: Waiting) -> Message:
    payload = on_device(waiting.title, DIGEST_LINK, waiting.body)
    return Message(payload, Urgency(job.payload["urgency"]), topic_of(f"digest {device.id}"))


def _message(job: outbox.Job, device: Ringable, items: Mapping[UUID, UnreadItem]) -> Message | None:
    """None when the item is read or no longer true, or the browser is somebody else's by now."""
    urgency = Urgency(job.payload.get("urgency", Urgency.HIGH))
    if "digest_at" in job.payload:
        return None  # nothing waits any more
    if "item_id" not in job.payload:
        return Message(on_device(TRIAL_TITLE, TRIAL_LINK), urgency, topic_of(str(job.id)))
    item = items.get(UUID(job.payload["item_id"]))
    if item is None or item.person_id != device.person_id:
        return None
    payload = on_device(item.title, item.link) | {"receipt": written(Slip(item.id, device.id))}
    return Message(payload, urgency, topic_of(str(item.id)))


def digest_for(job: outbox.Job, choice: Choice) -> datetime | None:
    """The digest that an item waits for when its turn has come at a time of rest."""
    if "item_id" not in job.payload or job.payload.get("at_any_hour"):
        return None
    return waits_until(choice, clock.local_now())


def quiet_for(job: outbox.Job) -> timedelta:
    """How long the quiet hours still last for this one."""
    now = clock.local_now()
    return may_ring_at(now, at_any_hour=bool(job.payload.get("at_any_hour"))) - now


def is_past(job: outbox.Job) -> bool:
    """Whether it waited here for so long that a push service would have dropped it, too."""
    urgency = Urgency(job.payload.get("urgency", Urgency.HIGH))
    anyhow = bool(job.payload.get("at_any_hour"))
    first = may_ring_at(job.created_at.astimezone(clock.LOCAL), at_any_hour=anyhow)
    return clock.now() > first + timedelta(seconds=TTL_SECONDS[urgency])


def failure_of(outcome: Outcome) -> Exception | None:
    """What the outbox is told about an outcome."""
    if outcome.verdict in {Verdict.TAKEN, Verdict.GONE}:
        return None
    if outcome.verdict is Verdict.NEVER:
        return outbox.GiveUp(outcome.reason)
    again = outbox.Retry if outcome.tried else outbox.PutOff
    return again(outcome.reason, outcome.after)


@duties.daily("notifications.sweep")
def forget_old_items(session: Session, day: date) -> None:
    """Drop inbox items after 180 days, read or not: what they were about is kept elsewhere. What
    is known of their way goes after 90."""
    deliveries.forget(session)
    session.execute(
        delete(InboxItem).where(InboxItem.created_at < clock.now() - ITEMS_KEPT),
        execution_options=changes.NOTED,  # phones have forgotten them long before
    )
