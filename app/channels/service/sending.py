"""What is to leave through a channel becomes outbox rows; how it went is written down here.

A row holds no address and no code: both are found again when it leaves.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.channels.events import ChannelBroken
from app.channels.models import OwnChannel, OwnChannelUse
from app.channels.rules import State
from app.core import clock, outbox
from app.core.events import publish
from app.core.keys import keys

KIND = "own_channel"
CODE, TRIAL = "code", "trial"
TRIAL_LASTS = timedelta(minutes=30)
BROKEN = "对方不收了，请核对后重新验证，或者删掉另加一个。"


class Inbox(Protocol):
    """Where the items lie of which channels tell."""

    def may_ring(self, session: Session, asked: Mapping[UUID, bool]) -> Collection[UUID]:
        """Those of these items (at any hour or not) for which their owner may still be rung."""

    def took(self, session: Session, pairs: Collection[tuple[UUID, UUID]]) -> None:
        """The service behind a channel took these: (item, channel) of each."""

    def digest(self, session: Session, moment: datetime, whose: UUID) -> tuple[str, str] | None:
        """The title and the words of what this digest tells somebody now; None for nothing."""


INBOXES: dict[str, Inbox] = {}  # filled by the area that keeps them, which stands above this one


def code_of(channel: OwnChannel) -> str:
    """The six digits that confirm a channel."""
    return f"{int(keys().blind(f'code:{channel.id}:{channel.salt}')[:12], 16) % 10**6:06d}"


def send_code(session: Session, channel: OwnChannel) -> None:
    """Put the code into the outbox."""
    payload = {"channel_id": str(channel.id), "what": CODE, "salt": channel.salt}
    outbox.enqueue(session, KIND, payload, f"own-code:{channel.id}:{channel.salt}")


def send_trial(session: Session, channel: OwnChannel) -> None:
    """Put a trial into the outbox; twice in a minute is once."""
    minute = clock.now().strftime("%Y%m%d%H%M")
    payload = {"channel_id": str(channel.id), "what": TRIAL}
    outbox.enqueue(session, KIND, payload, f"own-trial:{channel.id}:{minute}")


def send(session: Session, said: Mapping[UUID, Mapping[str, object]], until: datetime) -> None:
    """Words for channels, by channel: `item_id`, `title`, `link`, `at_any_hour`. Not after `until`.
    The same item goes through a channel once for each `step`."""
    rows = {
        f"own:{one['item_id']}:{one['step']}:{channel_id}": {
            "channel_id": str(channel_id),
            "until": until.isoformat(),
            **one,
        }
        for channel_id, one in said.items()
    }
    outbox.enqueue_all(session, KIND, rows)


def send_digest(
    session: Session, channels: Iterable[UUID], moment: datetime, until: datetime
) -> None:
    """One digest through these channels, worded when it leaves. Not after `until`."""
    said = {"digest_at": moment.isoformat(), "until": until.isoformat()}
    rows = {
        f"own:digest:{moment:%Y%m%d%H%M}:{channel_id}": {"channel_id": str(channel_id), **said}
        for channel_id in channels
    }
    outbox.enqueue_all(session, KIND, rows)


def reached(session: Session, ids: Collection[UUID]) -> None:
    """The other side took a message."""
    _note(session, ids, {"last_ok_at": clock.now(), "failed_at": None})


def failed(session: Session, ids: Collection[UUID]) -> None:
    """The other side did not take a message, this time."""
    _note(session, ids, {"failed_at": clock.now()})


def broken(session: Session, ids: Collection[UUID]) -> None:
    """The other side takes nothing for these addresses any more: their owners see it."""
    for channel_id in sorted(ids):
        channel = session.get(OwnChannel, channel_id)
        if channel is None or channel.state is State.BROKEN:
            continue
        channel.state = State.BROKEN
        use = session.get_one(OwnChannelUse, channel_id)
        use.failed_at, use.why = clock.now(), BROKEN
        publish(session, ChannelBroken(subject_id=channel.id, actor_id=None, kind=channel.kind))


def _note(session: Session, ids: Collection[UUID], values: dict[str, datetime | None]) -> None:
    if ids:
        session.execute(
            update(OwnChannelUse).where(OwnChannelUse.channel_id.in_(ids)).values(values),
            execution_options={"synchronize_session": False},
        )
