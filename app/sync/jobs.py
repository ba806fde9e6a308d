"""A daily duty of the feed: pointers to what phones have long forgotten are dropped."""

from datetime import date, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from app.core import duties
from app.core.numbering import FeedChange, FeedScope
from app.sync.rules import TOMBSTONES_KEPT_DAYS


@duties.daily("sync.drop_old_pointers")
def drop_old_pointers(session: Session, day: date) -> None:
    """Drop them scope by scope, and keep the highest number dropped: who stands below it has
    missed something and starts from nothing."""
    old = FeedChange.until < day - timedelta(days=TOMBSTONES_KEPT_DAYS)
    dropped = session.execute(
        select(FeedScope.kind, FeedScope.key, FeedScope.id, func.max(FeedChange.seq))
        .join(FeedChange, FeedChange.scope_id == FeedScope.id)
        .where(old)
        .group_by(FeedScope.kind, FeedScope.key, FeedScope.id)
    )
    for *_, scope_id, highest in sorted(dropped.all()):  # in the order in which writers lock
        session.execute(
            update(FeedScope)
            .where(FeedScope.id == scope_id, FeedScope.floor < highest)
            .values(floor=highest)
        )
        session.execute(
            delete(FeedChange).where(
                old, FeedChange.scope_id == scope_id, FeedChange.seq <= highest
            )
        )
