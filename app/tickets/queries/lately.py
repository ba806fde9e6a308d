"""What was reported of late in the buildings of an estate, by group of matters.

Some ten thousand tickets, of which only the latest change: so every process keeps what it counted
of the settled ones, under the version that is read with each look. What is reported, or filed under
another kind, after it could have been counted raises the version in its own transaction. The rest,
a few minutes to a day, is counted each time. So a number is never older than the look.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, event, func, inspect, select
from sqlalchemy.orm import Session

from app.core import clock, fresh, known
from app.core.db import Base, WritingSession
from app.core.known import KnownVersion
from app.core.prepared import Prepared
from app.tickets.models import Ticket
from app.tickets.rules.boards import since_when

KNOWN = "reported"
SETTLES = timedelta(minutes=5)  # no report that is younger when it is written raises the version
COUNTED_FROM = ("category", "estate_id", "building_id", "created_at")

Groups = Counter[str]
Counts = dict[UUID | None, Groups]  # by building; none: the ground between

known.loads(KNOWN)(known.nothing_yet)

_LATELY = Ticket.created_at.type
VERSION = Prepared(select(KnownVersion.version).where(KnownVersion.name == KNOWN))
# Gathered before it is grouped: else SQLite walks all tickets in the order of the groups.
_gathered = (
    select(Ticket.building_id, Ticket.category)
    .where(
        Ticket.estate_id == bindparam("estate_id"),
        Ticket.created_at >= bindparam("since", type_=_LATELY),
        Ticket.created_at < bindparam("until", type_=_LATELY),
    )
    .cte("gathered")
    .prefix_with("MATERIALIZED")
)
COUNTED = Prepared(
    select(_gathered.c.building_id, _gathered.c.category, func.count().label("reports")).group_by(
        _gathered.c.building_id, _gathered.c.category
    )
)


def counts(session: Session, estate_id: UUID) -> Counts:
    """How many were reported since the morning of ninety days ago. Takes an estate that the actor
    was allowed to see."""
    now = clock.now()
    since = since_when(now)
    if isinstance(session, WritingSession):  # it may have changed what nobody else knows of
        return _counted(session, estate_id, since, now)
    version = VERSION.first(session, {})
    asked = (estate_id, since, version and version.version)
    until, settled = known.once(
        session, KNOWN, asked, lambda: _settled(session, estate_id, since, now)
    )
    found: Counts = dict(settled)
    for building_id, groups in _counted(session, estate_id, until, now).items():
        found[building_id] = found.get(building_id, Groups()) + groups
    return found


def _settled(
    session: Session, estate_id: UUID, since: datetime, now: datetime
) -> tuple[datetime, Counts]:
    """What is counted once, and until when: twice as long ago as a report takes to settle."""
    until = max(now - 2 * SETTLES, since)
    return until, _counted(session, estate_id, since, until, whole=False)


def _counted(
    session: Session, estate_id: UUID, since: datetime, until: datetime, *, whole: bool = True
) -> Counts:
    """`whole`: whatever the moment of the latest is, it is counted."""
    found: Counts = defaultdict(Groups)
    end = until + SETTLES if whole else until
    for row in COUNTED.all(session, {"estate_id": estate_id, "since": since, "until": end}):
        found[row.building_id][row.category.partition(".")[0]] += row.reports
    return found


@fresh.heard
def _reported(session: Session, rows: Sequence[Base]) -> None:
    earliest = min((row.created_at for row in rows if isinstance(row, Ticket)), default=None)
    if earliest is not None:
        session.info["reported"] = min(earliest, session.info.get("reported", earliest))


@event.listens_for(WritingSession, "after_flush")
def _notice(session: Session, _context: Any) -> None:
    _reported(session, list(session.new))
    changed = [row for row in session.dirty if isinstance(row, Ticket) and _counts_anew(row)]
    _reported(session, [*changed, *session.deleted])


def _counts_anew(ticket: Ticket) -> bool:
    attributes = inspect(ticket).attrs
    return any(attributes[name].history.has_changes() for name in COUNTED_FROM)


@event.listens_for(WritingSession, "before_commit")
def _raise_version(session: Session) -> None:
    if session.in_nested_transaction():
        return
    session.flush()
    earliest = session.info.pop("reported", None)
    if earliest is not None and clock.now() - earliest > SETTLES:
        known.changed(session, KNOWN)
