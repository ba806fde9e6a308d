"""What was counted less than a minute ago, in this process: the running month of a large community
costs some tenths of a second, and changes little between two looks. Lists are never kept."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from flask import current_app
from sqlalchemy.orm import Session

from app.core import clock
from app.reports import queries
from app.reports.queries import Count

FRESH = timedelta(minutes=1)
MOST = 500

Key = tuple[UUID, str, tuple[UUID, ...]]


def counts_of(
    session: Session, community_id: UUID, month: str, organisations: Collection[UUID]
) -> list[Count]:
    """One month counted from its lines, at most a minute ago."""
    kept: dict[Key, tuple[datetime, list[Count]]]
    kept = current_app.extensions.setdefault("rates_counted", {})
    key, now = (community_id, month, tuple(organisations)), clock.now()
    known = kept.get(key)
    if known and timedelta(0) <= now - known[0] < FRESH:
        return known[1]
    counts = queries.counts_of(session, community_id, month, organisations)
    if len(kept) >= MOST:
        kept.clear()
    kept[key] = now, counts
    return counts
