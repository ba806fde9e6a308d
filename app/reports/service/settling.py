"""Settles the coverage of months that are over, once. From then on it is told as it was settled:
two states of one month beside each other would say what a single household did."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.places.models import Household
from app.places.rules import CareLevel
from app.reports.models_coverage import CoverageMonth
from app.reports.queries import coverage as queries
from app.reports.rules.coverage import COUNTED, Line, over
from app.reports.service.coverage import told_of

KNOWN = select(CoverageMonth.community_id, CoverageMonth.month)
COMMUNITIES = select(Household.community_id).distinct().order_by(Household.community_id)


def settle_missing(session: Session, today: date) -> int:
    """Settle the months that are over and are not settled; says how many those were. A community
    begins with the month of its first visit."""
    months = over(today)
    session.execute(delete(CoverageMonth).where(CoverageMonth.month < months[-1]))
    known = {(at, month) for at, month in session.execute(KNOWN)}
    first = queries.first_visits(session)
    made = 0
    for community_id in session.scalars(COMMUNITIES).all():
        began = first.get(community_id)
        for month in months if began else ():
            if f"{began:%Y-%m}" <= month and (community_id, month) not in known:
                session.add(settled(session, community_id, month))
                made += 1
    session.flush()
    return made


def settled(session: Session, community_id: UUID, month: str) -> CoverageMonth:
    """A month as it is kept."""
    kept: list[list[Any]] = [
        [str(line.place), line.level, *(line.counts[name] for name in COUNTED)]
        for line in told_of(session, community_id, month)
    ]
    return CoverageMonth(community_id=community_id, month=month, lines=kept)


def lines_of(kept: CoverageMonth) -> list[Line]:
    """The lines of a month that is settled."""
    return [
        Line(
            UUID(place),
            CareLevel(level) if level else None,
            dict(zip(COUNTED, counts, strict=True)),
        )
        for place, level, *counts in kept.lines
    ]
