"""Our data as the standard names it. What a request shows is what a notice on the stairs could:
no words of the reporter (but to the system that sent them), no person, no door, no position."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from app.core import clock
from app.open311 import wire
from app.open311.rules.services import LONGEST_SPOT, PLACE, SPOT, Service, is_open
from app.tickets import catalogue
from app.tickets.models import Ticket
from app.tickets.rules import STATUS_NAMES

CHANGED = "2026-11-24T00:00:00+08:00"
SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
FORMATS = ["text/xml", "application/json"]


def root(public_url: str) -> str:
    """Where the interface begins."""
    return f"{public_url.rstrip('/')}/open311/v2"


def discovery(public_url: str) -> dict[str, Any]:
    """The discovery document."""
    return {
        "changeset": CHANGED,
        "contact": "请联系当地社区居委会。",
        "key_service": "密钥由社区或者管理员发放。",
        "endpoints": [
            {
                "specification": SPECIFICATION,
                "url": root(public_url),
                "changeset": CHANGED,
                "type": "production",
                "formats": FORMATS,
            }
        ],
    }


def service(one: Service) -> dict[str, Any]:
    """One line of the service list."""
    return {
        "service_code": one.code,
        "service_name": one.name,
        "description": one.name,
        "metadata": True,
        "type": "realtime",
        "keywords": one.group,
        "group": one.group,
    }


def definition(code: str, places: Mapping[UUID, str]) -> dict[str, Any]:
    """What may be said with a report: where exactly, and in which estate or building."""
    spot = _attribute(SPOT, "string", 1, "具体位置", f"最多 {LONGEST_SPOT} 个字。")
    found = [spot | {"values": []}]
    if places:
        values = [{"key": str(key), "name": name} for key, name in places.items()]
        place = _attribute(PLACE, "singlevaluelist", 2, "小区或者楼栋", "也可以当作地点编号来用。")
        found.append(place | {"values": values})
    return {"service_code": code, "attributes": found}


def _attribute(code: str, datatype: str, order: int, text: str, hint: str) -> dict[str, Any]:
    return {
        "variable": True,
        "code": code,
        "datatype": datatype,
        "required": False,
        "datatype_description": hint,
        "order": order,
        "description": text,
    }


def receipt(ticket: Ticket) -> dict[str, Any]:
    """What the sender of a report gets back."""
    return {
        "service_request_id": str(ticket.id),
        "service_notice": f"编号 {ticket.number}。坐标和个人信息没有保存。",
        "account_id": None,
    }


def request(row: Any, actor: Any, picture: str | None) -> dict[str, Any]:
    """One matter. Its description goes to nobody but the system that reported it, and so does
    the link to its picture."""
    own = actor.is_authenticated and row.reporter_id == actor.id
    due = row.due_on
    return {
        "service_request_id": str(row.id),
        "status": "open" if is_open(row.status) else "closed",
        "status_notes": STATUS_NAMES[row.status],
        "service_name": catalogue.common().name(row.category),
        "service_code": row.category,
        "description": row.text if own else None,
        "agency_responsible": row.agency,
        "service_notice": f"编号 {row.number}",
        "requested_datetime": wire.moment(row.created_at),
        "updated_datetime": wire.moment(row.moved_at),
        "expected_datetime": f"{due}T23:59:59{clock.local_now():%z}" if due else None,
        "address": row.place_text,
        "address_id": str(row.place_id),
        "zipcode": None,
        "lat": None,
        "long": None,
        "media_url": picture if own else None,
    }
