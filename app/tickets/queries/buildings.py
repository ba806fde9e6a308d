"""Numbers of the buildings of one estate, by indexes that hold all that is counted."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import BindParameter, bindparam, case, func, select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.prepared import Prepared
from app.places.models import Household
from app.tickets.models import UNSETTLED, Ticket
from app.tickets.queries import lately
from app.tickets.queries.narrow import IS_OVERDUE, NOW


@dataclass
class Numbers:
    """What is counted of a building, or of the ground between them."""

    open: int = 0
    overdue: int = 0
    recent: Mapping[str, int] = field(default_factory=dict)


HERE: BindParameter[UUID] = bindparam("estate_id", type_=Ticket.id.type)
UNFINISHED = Prepared(
    select(
        Ticket.building_id,
        func.count().label("open"),
        func.sum(case((IS_OVERDUE, 1), else_=0)).label("overdue"),
    )
    .where(Ticket.estate_id == HERE, UNSETTLED)
    .group_by(Ticket.building_id)
)
HOUSEHOLDS = Prepared(
    select(Household.building_id, func.count().label("doors"))
    .where(Household.estate_id == HERE)
    .group_by(Household.building_id)
)


def numbers(session: Session, estate_id: UUID) -> dict[UUID | None, Numbers]:
    """What is open and what was reported of late, building by building. Takes an estate that the
    actor was allowed to see."""
    found: dict[UUID | None, Numbers] = defaultdict(Numbers)
    for row in UNFINISHED.all(session, {"estate_id": estate_id, NOW: clock.now()}):
        found[row.building_id] = Numbers(row.open, row.overdue)
    for building_id, groups in lately.counts(session, estate_id).items():
        found[building_id].recent = groups
    return found


def households(session: Session, estate_id: UUID) -> dict[UUID, int]:
    """How many households each building of an estate has."""
    return dict(HOUSEHOLDS.all(session, {"estate_id": estate_id}))
