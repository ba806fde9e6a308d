"""What the worker does for this area: send what is to leave through people's own channels.

It has a lane of its own, so that a mail server that hangs makes nobody else wait.
"""

import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import cast
from uuid import UUID

from flask import current_app
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.channels import setting
from app.channels.courier import Letter
from app.channels.models import OwnChannel
from app.channels.rules import Route, State, Verdict, route, verdict
from app.channels.service import sending
from app.core import carrying, clock, duties, outbox
from app.core.carrying import Ended
from app.core.db import reading

CODE_TITLE = "红邻验证码 {code}"
CODE_BODY = "15 分钟内在红邻里填上。不是您本人在添加，请不用理会。"
TRIAL_TITLE = "红邻试一下：收到这条就好了"
BODY = "打开红邻看看：{url}"
DIGEST_LINK = "/inbox"
WAITS_SECONDS = 100.0
BUSY = timedelta(seconds=30)
WAIT = timedelta(minutes=10)  # where the mail server or the application is not set up now
FORGOTTEN = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message on its way through one channel."""

    job: outbox.Job
    channel_id: UUID
    route: Route
    letter: Letter
    since: float


class Postman:
    """See `carrying.Carrier`. Those for whose line there is no room wait in `_waiting`."""

    def __init__(self) -> None:
        self._courier = setting.courier()
        self._waiting: deque[Parcel] = deque()
        self._on_way: dict[UUID, Parcel] = {}

    def enter(self) -> None:
        """See `carrying.Carrier`. The courier begins with the first letter."""

    def begin(self, jobs: Sequence[outbox.Job]) -> list[Ended]:
        """See `carrying.Carrier`."""
        with reading() as session:
            ringing = _may_ring(session, jobs)
            made = [(job, parcel_of(session, job, ringing)) for job in jobs]
        self._waiting.extend(one for _, one in made if isinstance(one, Parcel))
        self._set_out()
        return [Ended(job, one) for job, one in made if not isinstance(one, Parcel)]

    def turn(self, seconds: float) -> list[Ended]:
        """See `carrying.Carrier`."""
        ended = []
        for job_id, heard in self._courier.turn(seconds):
            parcel = self._on_way.pop(cast(UUID, job_id))
            found, why = verdict(parcel.route.url, heard)
            failed = {
                Verdict.TAKEN: None,
                Verdict.LATER: outbox.Retry(why, after_of(parcel.job.attempts)),
                Verdict.NEVER: outbox.GiveUp(why),
            }[found]
            ended.append(Ended(parcel.job, failed, (parcel.channel_id, found)))
        self._set_out()
        return ended + self._put_off()

    def leave(self) -> list[Ended]:
        """See `carrying.Carrier`."""
        back = [Ended(one.job, outbox.GIVEN_BACK) for one in self._waiting]
        self._waiting.clear()
        return back

    def note(self, session: Session, ended: Sequence[Ended]) -> None:
        """Write down which channels were reached, which were not, and which never will be."""
        found: dict[Verdict, set[UUID]] = {one: set() for one in Verdict}
        told: set[tuple[UUID, UUID]] = set()
        for one in ended:
            if one.found:
                channel_id, how = one.found
                found[how].add(channel_id)
                if how is Verdict.TAKEN and "item_id" in one.job.payload:
                    told.add((UUID(one.job.payload["item_id"]), channel_id))
        for inbox in sending.INBOXES.values():
            inbox.took(session, told)
        sending.reached(session, found[Verdict.TAKEN])
        sending.failed(session, found[Verdict.LATER])
        sending.broken(session, found[Verdict.NEVER])

    def _set_out(self) -> None:
        for _ in range(len(self._waiting)):
            parcel = self._waiting.popleft()
            if self._courier.room_for(parcel.letter.line):
                self._on_way[parcel.job.id] = parcel
                self._courier.begin(parcel.job.id, parcel.letter)
            else:
                self._waiting.append(parcel)

    def _put_off(self) -> list[Ended]:
        """Those whose line is busy go back before their lease ends, as if never tried."""
        late = time.monotonic() - WAITS_SECONDS
        back = [one for one in self._waiting if one.since < late]
        self._waiting = deque(one for one in self._waiting if one.since >= late)
        return [Ended(one.job, outbox.PutOff("the line is busy", BUSY)) for one in back]


carrying.carries(sending.KIND, Postman)


def after_of(attempts: int) -> timedelta:
    """How long to wait: a minute, two, four … an hour at most."""
    return min(timedelta(minutes=2 ** min(attempts - 1, 6)), timedelta(hours=1))


def _may_ring(session: Session, jobs: Sequence[outbox.Job]) -> set[UUID]:
    """Those of the items of these jobs for which their owner may still be rung."""
    asked = {
        UUID(job.payload["item_id"]): bool(job.payload.get("at_any_hour", True))
        for job in jobs
        if "item_id" in job.payload
    }
    return {item for inbox in sending.INBOXES.values() for item in inbox.may_ring(session, asked)}


def parcel_of(
    session: Session, job: outbox.Job, ringing: set[UUID]
) -> Parcel | outbox.Retry | None:
    """What to send for a job; None where nothing is left to send, Retry where it cannot be now."""
    said = job.payload
    channel = session.get(OwnChannel, UUID(said["channel_id"]))
    if channel is None or not _wanted(channel, job, ringing):
        return None
    way = route(channel.kind, channel.address, setting.servers())
    if way is None:
        return outbox.Retry("not set up", WAIT)
    words = _words(session, channel, job)
    if words is None:
        return None
    letter = Letter(way.url, way.inner, way.line, *words)
    return Parcel(job, channel.id, way, letter, time.monotonic())


def _wanted(channel: OwnChannel, job: outbox.Job, ringing: set[UUID]) -> bool:
    said = job.payload
    if said.get("what") == sending.CODE:
        fresh = clock.now() < channel.code_until and channel.salt == said["salt"]
        return fresh and channel.state is State.UNCONFIRMED
    if channel.state is not State.READY:
        return False
    if said.get("what") == sending.TRIAL:
        return clock.now() < job.created_at + sending.TRIAL_LASTS
    in_time = clock.now() < datetime.fromisoformat(said["until"])
    return in_time and ("digest_at" in said or UUID(said["item_id"]) in ringing)


def _words(session: Session, channel: OwnChannel, job: outbox.Job) -> tuple[str, str] | None:
    """All that leaves: nothing of it says who, where or what was written. None where a digest has
    nothing to tell any more."""
    said = job.payload
    home = str(current_app.config["PUBLIC_URL"]).rstrip("/") + "/app"
    if said.get("what") == sending.CODE:
        return CODE_TITLE.format(code=sending.code_of(channel)), CODE_BODY
    if said.get("what") == sending.TRIAL:
        return TRIAL_TITLE, BODY.format(url=home)
    if "item_id" in said:
        return said["title"], BODY.format(url=home + said["link"])
    moment = datetime.fromisoformat(said["digest_at"])
    for inbox in sending.INBOXES.values():
        if found := inbox.digest(session, moment, channel.person_id):
            title, words = found
            return title, f"{words}\n{BODY.format(url=home + DIGEST_LINK)}"
    return None


@duties.daily("channels.sweep")
def forget_unconfirmed(session: Session, _day: date) -> None:
    """Drop what nobody has confirmed within a week."""
    old = select(OwnChannel.id).where(
        OwnChannel.state == State.UNCONFIRMED, OwnChannel.created_at < clock.now() - FORGOTTEN
    )
    session.execute(delete(OwnChannel).where(OwnChannel.id.in_(old)))
