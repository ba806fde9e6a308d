"""What was counted less than a minute ago, in this process: the running month of a large community
costs some tenths of a second, and changes little between two looks. Lists are never kept."""

from collections.abc import Callable, Collection, Hashable
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from flask import current_app
from sqlalchemy.orm import Session

from app.core import clock
from app.reports import queries
from app.reports.queries import Count
from app.reports.rules.coverage import Line
from app.reports.service import coverage

Counted = TypeVar("Counted")

FRESH = timedelta(minutes=1)
MOST = 500


def counts_of(
    session: Session, community_id: UUID, month: str, organisations: Collection[UUID]
) -> list[Count]:
    """One month counted from its lines, at most a minute ago."""
    return _fresh(
        ("rates", community_id, month, tuple(organisations)),
        lambda: queries.counts_of(session, community_id, month, organisations),
    )


def coverage_of(session: Session, community_id: UUID, month: str) -> list[Line]:
    """What may be told of the visits of a month, at most a minute ago."""
    return _fresh(
        ("coverage", community_id, month), lambda: coverage.told_of(session, community_id, month)
    )


def _fresh(key: Hashable, count: Callable[[], Counted]) -> Counted:
    kept: dict[Hashable, tuple[datetime, Any]]
    kept = current_app.extensions.setdefault("reports_counted", {})
    now = clock.now()
    known = kept.get(key)
    if known and timedelta(0) <= now - known[0] < FRESH:
        found: Counted = known[1]
        return found
    counted = count()
    if len(kept) >= MOST:
        kept.clear()
    kept[key] = now, counted
    return counted
