"""The keys of other systems: the committee or an administrator gives them out and revokes them."""

from typing import Any
from uuid import UUID

from app.core.http import Area, Call, list_of
from app.identity.guards import ADMIN, COMMITTEE, any_of
from app.open311 import queries
from app.open311.models import Open311Key, Open311Use
from app.open311.schemas import NewOpen311KeySchema, Open311KeyMadeSchema, Open311KeySchema
from app.open311.service import giving
from app.places.queries import place_names

KEEPERS = any_of(COMMITTEE, ADMIN)

area = Area("open311_keys", url_prefix="/open311/keys", title="接入其他系统")


def _present(call: Call, keys: list[Open311Key]) -> list[dict[str, Any]]:
    names = place_names(call.session, [key.place_id for key in keys])
    shown = []
    for key in keys:
        use = call.session.get_one(Open311Use, key.id)
        shown.append(
            {
                "id": key.id,
                "name": key.name,
                "place": {"id": key.place_id, "name": names[key.place_id]},
                "created_at": key.created_at,
                "last_used_on": use.last_used_on,
                "revoked_at": key.revoked_at,
            }
        )
    return shown


@area.get("", guard=KEEPERS, answer=list_of(Open311KeySchema), summary="The keys of other systems")
def list_keys(call: Call) -> object:
    found = call.session.scalars(queries.keys_kept(call.actor).order_by(Open311Key.id.desc()))
    return {"items": _present(call, list(found)), "next_cursor": None}


@area.post(
    "",
    guard=KEEPERS,
    body=NewOpen311KeySchema,
    answer=Open311KeyMadeSchema,
    status=201,
    idempotent=False,  # a key is shown once, and must not lie among the answers kept for repeats
    summary="Give a key to another system",
)
def give_key(call: Call) -> object:
    key, text = giving.give(call.session, call.actor, call.body["name"], call.body["place_id"])
    return _present(call, [key])[0] | {"key": text}


@area.delete("/<uuid:key_id>", guard=KEEPERS, status=204, summary="Revoke a key")
def revoke_key(call: Call, key_id: UUID) -> None:
    giving.revoke(call.session, call.actor, key_id)
