"""The numbers of the change feed: its two tables, and how numbers are given out.

Numbers are taken scope by scope in one fixed order, from a counter row that stays locked until the
commit. So within a scope numbers become visible in their order, however many writers there are
(docs/decisions/0006), and nobody waits for anybody in a circle.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import BigInteger, Index, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.core import clock
from app.core.db import Base
from app.core.upsert import Together

ROWS_AT_ONCE = 400


class FeedScope(Base):
    """One scope and the last number given out in it. Pointers up to `floor` may be gone."""

    __tablename__ = "feed_scope"
    __table_args__ = (UniqueConstraint("key", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    kind: Mapped[str] = mapped_column(String(16))
    key: Mapped[UUID]
    seq: Mapped[int] = mapped_column(BigInteger)
    floor: Mapped[int] = mapped_column(BigInteger, default=0)


class FeedChange(Base):
    """The last change of one row in one scope. After `until` phones have forgotten the row."""

    __tablename__ = "feed_change"
    __table_args__ = (
        Index(None, "scope_id", "seq", unique=True),
        Index(None, "until"),
    )

    scope_id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    row_id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    until: Mapped[date | None]
    at: Mapped[datetime]


COUNT = Together(
    FeedScope.__table__,
    lambda insert: insert.on_conflict_do_update(
        index_elements=["key", "kind"], set_={"seq": FeedScope.seq + insert.excluded.seq}
    ),
)
# The number is read where it was counted; nobody has to hear it in between.
POINT = Together(
    FeedChange.__table__,
    lambda insert: insert.on_conflict_do_update(
        index_elements=["scope_id", "kind", "row_id"],
        set_={name: insert.excluded[name] for name in ("seq", "until", "at")},
    ),
    lambda given: select(
        FeedScope.id.label("scope_id"),
        given["kind"],
        given["row_id"],
        (FeedScope.seq - given["behind"]).label("seq"),
        given["until"],
        given["at"],
    ).where(FeedScope.key == given["scope_key"], FeedScope.kind == given["scope_kind"]),
    behind=FeedScope.seq.type,
    scope_key=FeedScope.key.type,
    scope_kind=FeedScope.kind.type,
)


class Scope(NamedTuple):
    """Where a row belongs: `("visits", person)`, `("place", building)`, …"""

    kind: str
    key: UUID


Pointers = dict[Scope, dict[tuple[str, UUID], date | None]]


def in_lots(row_ids: Iterable[UUID]) -> Iterator[list[UUID]]:
    """The ids, in lots that every database takes in one statement."""
    listed = sorted(row_ids)
    for start in range(0, len(listed), ROWS_AT_ONCE):
        yield listed[start : start + ROWS_AT_ONCE]


def point(session: Session, pointers: Pointers) -> None:
    """Take the numbers, the counters locked in one order for all, and write the pointers."""
    now, counts, rows = clock.now(), [], []
    for scope in sorted(pointers):
        lying = pointers[scope]
        counts.append({"kind": scope.kind, "key": scope.key, "seq": len(lying)})
        for behind, ((kind, row_id), until) in enumerate(reversed(lying.items())):
            rows.append(
                {
                    "scope_kind": scope.kind,
                    "scope_key": scope.key,
                    "kind": kind,
                    "row_id": row_id,
                    "behind": behind,
                    "until": until,
                    "at": now,
                }
            )
    if counts:
        COUNT.run(session, counts)
        POINT.run(session, rows)
