"""Kept counts of months. A month that is over changes only when one of its tickets does: then its
row goes in the same transaction, and until night the month is counted from its lines."""

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
        session.execute(
            delete(RateMonth).where(
                RateMonth.community_id == community_id, RateMonth.month >= first
            )
        )


def keep_missing(session: Session) -> int:
    """Count the months that are over and not kept; says how many those were."""
    over = months_until(month_of(clock.now()), KEPT + 1)[1:]
    session.execute(delete(RateMonth).where(RateMonth.month < over[-1]))
    known = {(at, month) for at, month in session.execute(KNOWN)}
    made = 0
    for community in session.scalars(COMMUNITIES).all():
        missing = [month for month in over if (community.id, month) not in known]
        made += len(missing)
        _keep(session, community, missing)
    return made


KNOWN = select(RateMonth.community_id, RateMonth.month)
COMMUNITIES = select(Place).where(Place.kind == PlaceKind.COMMUNITY)


def _keep(session: Session, community: Place, months: list[str]) -> None:
    organisations = organisations_at(session, community) if months else ()
    for month in months:
        counts = counts_of(session, community.id, month, organisations)
        plain: list[list[Any]] = [
            [str(one) if one else None, measure, outcome, number]
            for one, measure, outcome, number in counts
        ]
        session.add(RateMonth(community_id=community.id, month=month, counts=plain))
