"""Every SELECT of this area. What a person asks for starts from what is theirs."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import timedelta
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.channels.events import ChannelAdded, CodeAsked
from app.channels.models import OwnChannel
from app.channels.rules import State
from app.core import clock, known
from app.core.audit import AuditRow
from app.core.errors import NotFound
from app.identity.actor import Actor

KNOWN = "own_channels"
known.follows(KNOWN, OwnChannel)


@known.loads(KNOWN)
def _load(session: Session) -> Mapping[UUID, tuple[UUID, ...]]:
    """The channels in use of each person: whatever is told asks for them, and they are few."""
    found: defaultdict[UUID, list[UUID]] = defaultdict(list)
    rows = session.execute(
        select(OwnChannel.person_id, OwnChannel.id)
        .where(OwnChannel.state == State.READY)
        .order_by(OwnChannel.id)
    )
    for person_id, channel_id in rows:
        found[person_id].append(channel_id)
    return {person_id: tuple(own) for person_id, own in found.items()}


def in_use(session: Session, person_ids: Collection[UUID]) -> dict[UUID, tuple[UUID, ...]]:
    """The channels in use of these people; who has none is left out."""
    all_ = _load(session) if known.changes_now(session) else known.get(KNOWN)
    return {person_id: all_[person_id] for person_id in person_ids if person_id in all_}


def own(actor: Actor) -> Select[OwnChannel]:
    """The actor's own channels."""
    return select(OwnChannel).where(OwnChannel.person_id == actor.id)


def one_own(session: Session, actor: Actor, channel_id: UUID) -> OwnChannel:
    """One of the actor's own channels. NotFound otherwise."""
    found = session.scalar(own(actor).where(OwnChannel.id == channel_id))
    if found is None:
        raise NotFound
    return found


def codes_asked(session: Session, actor: Actor) -> int:
    """How many codes the actor has had sent within a day, also to channels that are gone."""
    counted = select(func.count()).where(
        AuditRow.actor_id == actor.id,
        AuditRow.at > clock.now() - timedelta(days=1),
        AuditRow.subject_kind == ChannelAdded.subject_kind,
        AuditRow.verb.in_([ChannelAdded.verb, CodeAsked.verb]),
    )
    return session.scalar(counted) or 0
