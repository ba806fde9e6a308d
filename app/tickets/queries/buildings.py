"""Numbers of the buildings of one estate, by indexes that hold all that is counted."""

from collections import defaultdict
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from app.core import clock
from app.places.models import Household
from app.tickets.models import UNSETTLED, Ticket
from app.tickets.queries import lately


@dataclass
class Numbers:
    """What is counted of a building, or of the ground between them."""

    open: int = 0
    overdue: int = 0
    recent: dict[str, int] = field(default_factory=dict)


def numbers(session: Session, estate_id: UUID) -> dict[UUID | None, Numbers]:
    """What is open and what was reported of late, building by building. Takes an estate that the
    actor was allowed to see."""
    found: dict[UUID | None, Numbers] = defaultdict(Numbers)
    late = case((Ticket.due_at <= clock.now(), 1), else_=0)
    for building_id, open_, overdue in session.execute(
        select(Ticket.building_id, func.count(), func.sum(late))
        .where(Ticket.estate_id == estate_id, UNSETTLED)
        .group_by(Ticket.building_id)
    ):
        found[building_id].open, found[building_id].overdue = open_, overdue
    for (building_id, group), reports in lately.counts(session, estate_id).items():
        found[building_id].recent[group] = reports
    return found


def households(session: Session, estate_id: UUID) -> dict[UUID, int]:
    """How many households each building of an estate has."""
    rows = session.execute(
        select(Household.building_id, func.count())
        .where(Household.estate_id == estate_id)
        .group_by(Household.building_id)
    )
    return dict(rows.all())
