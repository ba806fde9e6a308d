"""Kept counts of months. A month that is over changes only when one of its tickets does: then its
row goes in the same transaction, and until night the month is counted from its lines.

Who counts a month holds the community's place for as long, and who forgets months shares it: what
was counted is true when it is kept. On SQLite both take their turn to write by that."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.core import clock
from app.identity.rules import PlaceKind
from app.places.models import Place
from app.reports.models import RateMonth
from app.reports.queries import counts_of, organisations_at
from app.reports.rules import month_of, months_until

KEPT = 13  # months before the present one


def forget(session: Session, community_id: UUID, since: datetime) -> None:
    """Throw away what was kept of a community from the month of a moment on."""
    first = month_of(since)
    if first < month_of(clock.now()):
        place = select(Place.id).where(Place.id == community_id)
        session.execute(place.with_for_update(read=True))
        session.execute(
            delete(RateMonth).where(
                RateMonth.community_id == community_id, RateMonth.month >= first
            )
        )


def forget_old(session: Session) -> None:
    """Throw away the months that nobody asks for any more."""
    session.execute(delete(RateMonth).where(RateMonth.month < _over()[-1]))


def missing(session: Session) -> list[tuple[UUID, str]]:
    """The months that are over and not kept, by community."""
    known = {(at, month) for at, month in session.execute(KNOWN)}
    every = session.scalars(COMMUNITIES).all()
    return [(one, month) for one in every for month in _over() if (one, month) not in known]


def keep(session: Session, community_id: UUID, month: str) -> None:
    """Count one month, unless somebody has meanwhile. In a transaction of its own: all who write in
    the community's months wait, and on SQLite everybody."""
    place = select(Place).where(Place.id == community_id)
    community = session.scalars(place.with_for_update(key_share=True)).one()
    if session.get(RateMonth, (community_id, month)) is not None:
        return
    counts = counts_of(session, community_id, month, organisations_at(session, community))
    plain: list[list[Any]] = [
        [str(one) if one else None, measure, outcome, number]
        for one, measure, outcome, number in counts
    ]
    session.add(RateMonth(community_id=community_id, month=month, counts=plain))


KNOWN = select(RateMonth.community_id, RateMonth.month)
COMMUNITIES = select(Place.id).where(Place.kind == PlaceKind.COMMUNITY).order_by(Place.id)


def _over() -> list[str]:
    return months_until(month_of(clock.now()), KEPT + 1)[1:]
