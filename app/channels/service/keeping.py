"""A person names a channel, confirms it by the code that comes through it, tries it, drops it."""

import hmac
from secrets import token_hex
from uuid import UUID

from sqlalchemy.orm import Session

from app.channels import queries
from app.channels.events import ChannelAdded, ChannelConfirmed, ChannelRemoved, CodeAsked, CodeWrong
from app.channels.models import OwnChannel, OwnChannelUse
from app.channels.refusals import ChannelKnown, CodeOver, TooManyChannels, TooManyCodes
from app.channels.rules import (
    CODE_LASTS,
    MOST_CHANNELS,
    MOST_CODES_A_DAY,
    MOST_TRIES,
    Fault,
    Kind,
    Servers,
    State,
    cleaned,
)
from app.channels.service import sending
from app.core import clock
from app.core.errors import Conflict, Invalid
from app.core.events import publish
from app.core.keys import keys
from app.identity.actor import Actor

NOT_OFFERED = "这里还没有开通这一种，请换一种。"


def add(session: Session, actor: Actor, kind: Kind, text: str, servers: Servers) -> OwnChannel:
    """Name a channel and send a code to it. Raises Invalid, ChannelKnown, TooManyChannels and
    TooManyCodes."""
    try:
        address = cleaned(kind, text)
    except Fault as fault:
        raise Invalid(errors={"address": [fault.sentence]}) from fault
    if kind not in servers.offered():
        raise Invalid(errors={"kind": [NOT_OFFERED]})
    blind = keys().blind(f"channel:{kind}:{address.lower()}")
    there = session.scalars(queries.own(actor)).all()
    if any(each.address_blind == blind for each in there):
        raise ChannelKnown
    if len(there) >= MOST_CHANNELS:
        raise TooManyChannels
    _check_codes(session, actor)
    channel = OwnChannel(
        person_id=actor.id,
        kind=kind,
        address=address,
        address_blind=blind,
        state=State.UNCONFIRMED,
        salt=token_hex(16),
        code_until=clock.now() + CODE_LASTS,
    )
    session.add(channel)
    session.flush()
    session.add(OwnChannelUse(channel_id=channel.id))
    publish(session, ChannelAdded(subject_id=channel.id, actor_id=actor.id, kind=kind))
    sending.send_code(session, channel)
    return channel


def code_again(session: Session, actor: Actor, channel_id: UUID) -> OwnChannel:
    """Send another code; the one before is worth nothing. NotFound, Conflict, TooManyCodes."""
    channel = queries.one_own(session, actor, channel_id)
    if channel.state is State.READY:
        raise Conflict
    _check_codes(session, actor)
    channel.state = State.UNCONFIRMED
    channel.salt = token_hex(16)
    channel.code_until = clock.now() + CODE_LASTS
    channel.tries = 0
    use = session.get_one(OwnChannelUse, channel.id)
    use.failed_at = use.why = None
    publish(session, CodeAsked(subject_id=channel.id, actor_id=actor.id, kind=channel.kind))
    sending.send_code(session, channel)
    return channel


def confirm(session: Session, actor: Actor, channel_id: UUID, code: str) -> OwnChannel:
    """A code was typed. If it is the right one, the channel is used from now on; a wrong one is
    counted and no refusal, so that the count is kept. NotFound, CodeOver."""
    channel = queries.one_own(session, actor, channel_id)
    if channel.state is State.READY:
        return channel
    over = clock.now() > channel.code_until or channel.tries >= MOST_TRIES
    if over or channel.state is not State.UNCONFIRMED:
        raise CodeOver
    channel.tries += 1
    right = hmac.compare_digest(sending.code_of(channel).encode(), code.strip().encode())
    if right:
        channel.state = State.READY
    fact = ChannelConfirmed if right else CodeWrong
    publish(session, fact(subject_id=channel.id, actor_id=actor.id, kind=channel.kind))
    return channel


def try_out(session: Session, actor: Actor, channel_id: UUID) -> None:
    """Send something that means nothing, once a minute at most. NotFound, Conflict."""
    channel = queries.one_own(session, actor, channel_id)
    if channel.state is not State.READY:
        raise Conflict
    sending.send_trial(session, channel)


def remove(session: Session, actor: Actor, channel_id: UUID) -> None:
    """Forget a channel. NotFound."""
    channel = queries.one_own(session, actor, channel_id)
    session.delete(channel)
    publish(session, ChannelRemoved(subject_id=channel.id, actor_id=actor.id, kind=channel.kind))


def _check_codes(session: Session, actor: Actor) -> None:
    if queries.codes_asked(session, actor) >= MOST_CODES_A_DAY:
        raise TooManyCodes
