"""The doors of the feed: pulling, a phone's word about itself, and silent phones."""

from typing import Any

from sqlalchemy import Row

from app.core import clock
from app.core.db import database
from app.core.guards import SIGNED_IN
from app.core.http import Area, Call, list_of, page_of
from app.identity.guards import COMMITTEE
from app.identity.models import Device
from app.sync import queries, service
from app.sync.schemas import (
    DeviceReportSchema,
    SilentDeviceSchema,
    SilentQuery,
    SyncQuery,
    SyncSchema,
)

area = Area("sync", url_prefix="/sync", title="同步")


@area.get(
    "",
    guard=SIGNED_IN,
    query=SyncQuery,
    answer=SyncSchema,
    summary="What changed on this phone's shelves since the cursor",
)
def pull(call: Call) -> object:
    """The answer; 204 without a body when the phone stands where it stood: most polls are that."""
    cursor = call.query["cursor"]
    answer = service.pull(call.session, call.actor, cursor, call.query["limit"])
    if answer["cursor"] == cursor:
        return None
    database().settle()  # a number that a phone has seen must not be given out again
    return answer


@area.put(
    "/device",
    guard=SIGNED_IN,
    body=DeviceReportSchema,
    status=204,
    idempotent=False,
    summary="Say what still lies on this phone",
)
def put_report(call: Call) -> None:
    service.report(call.session, call.actor, call.body)


@area.get(
    "/silent",
    guard=COMMITTEE,
    query=SilentQuery,
    answer=list_of(SilentDeviceSchema),
    summary="Phones that hold work back and were not heard of, or whose clock is wrong",
)
def list_silent(call: Call) -> object:
    return page_of(
        call.session,
        queries.silent_devices(call.actor, clock.today()),
        order=(Device.last_seen_at, Device.id),
        query=call.query,
        present=_silent,
    )


def _silent(row: Row[*tuple[Any, ...]]) -> dict[str, Any]:
    seen_on = row.last_seen_at.astimezone(clock.LOCAL).date()
    return {
        "device_id": row.id,
        "device_name": row.name,
        "person": {"id": row.person_id, "name": row.person_name},
        "waiting": row.waiting,
        "refused": row.refused,
        "overdue_visits": row.overdue_visits,
        "last_seen_on": seen_on,
        "silent_days": (clock.today() - seen_on).days,
        "skew_seconds": row.skew_seconds,
    }
