"""The doors of this area: a person's own channels, and nobody else's."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app.channels import queries, setting
from app.channels.models import OwnChannel, OwnChannelUse
from app.channels.rules import KIND_NAMES, MOST_TRIES, masked
from app.channels.schemas import (
    CodeSchema,
    NewChannelSchema,
    OwnChannelSchema,
    OwnChannelsSchema,
)
from app.channels.service import keeping
from app.core.guards import SIGNED_IN
from app.core.http import Area, Call

area = Area("channels", url_prefix="/me/channels", title="提醒方式")


def _present(session: Session, channel: OwnChannel) -> dict[str, Any]:
    use = session.get_one(OwnChannelUse, channel.id)
    return {
        "id": channel.id,
        "kind": channel.kind,
        "kind_name": KIND_NAMES[channel.kind],
        "address_masked": masked(channel.kind, channel.address),
        "state": channel.state,
        "tries_left": max(0, MOST_TRIES - channel.tries),
        "code_until": channel.code_until,
        "last_ok_at": use.last_ok_at,
        "failed_at": use.failed_at,
        "why": use.why,
    }


@area.get("", guard=SIGNED_IN, answer=OwnChannelsSchema, summary="The actor's own channels")
def list_channels(call: Call) -> object:
    found = call.session.scalars(queries.own(call.actor).order_by(OwnChannel.id))
    items = [_present(call.session, channel) for channel in found]
    return {"items": items, "offered": list(setting.servers().offered())}


@area.post(
    "",
    guard=SIGNED_IN,
    body=NewChannelSchema,
    answer=OwnChannelSchema,
    status=201,
    summary="Name a channel; a code is sent to it",
)
def add_channel(call: Call) -> object:
    kind, address = call.body["kind"], call.body["address"]
    return _present(
        call.session, keeping.add(call.session, call.actor, kind, address, setting.servers())
    )


@area.post(
    "/<uuid:channel_id>/code",
    guard=SIGNED_IN,
    answer=OwnChannelSchema,
    summary="Send another code",
)
def send_code(call: Call, channel_id: UUID) -> object:
    return _present(call.session, keeping.code_again(call.session, call.actor, channel_id))


@area.post(
    "/<uuid:channel_id>/confirm",
    guard=SIGNED_IN,
    body=CodeSchema,
    answer=OwnChannelSchema,
    summary="Type a code; `state` says whether it was the right one",
)
def confirm_channel(call: Call, channel_id: UUID) -> object:
    return _present(
        call.session, keeping.confirm(call.session, call.actor, channel_id, call.body["code"])
    )


@area.post(
    "/<uuid:channel_id>/test", guard=SIGNED_IN, status=204, summary="Send a trial through it"
)
def try_channel(call: Call, channel_id: UUID) -> None:
    keeping.try_out(call.session, call.actor, channel_id)


@area.delete("/<uuid:channel_id>", guard=SIGNED_IN, status=204, summary="Forget a channel")
def remove_channel(call: Call, channel_id: UUID) -> None:
    keeping.remove(call.session, call.actor, channel_id)
