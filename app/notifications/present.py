"""Inbox items as plain data for the wire."""

from typing import Any

from app.notifications.models import InboxItem
from app.notifications.rules.telling import KIND_NAMES


def present_item(item: InboxItem) -> dict[str, Any]:
    """An item as the contract says."""
    return {
        "id": item.id,
        "kind": item.kind,
        "kind_name": KIND_NAMES[item.kind],
        "title": item.title,
        "body": item.body,
        "link": item.link,
        "created_at": item.created_at,
        "read_at": item.read_at,
    }
