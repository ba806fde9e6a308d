"""What the worker does after a change of a category, a contract or the calendar: it moves the
running clocks within reach, some tickets at a time, each lot a transaction of its own."""

from collections.abc import Sequence
from uuid import UUID

from app.core import jobs, known
from app.core.db import reading, transaction
from app.tickets import catalogue
from app.tickets.events_catalogue import ClocksRetimed
from app.tickets.queries import catalogue as queries
from app.tickets.queries.catalogue import Reach
from app.tickets.service import recompute
from app.tickets.service.recompute import Change


@jobs.does(recompute.KIND)
def retime(order: jobs.Order, progress: jobs.Progress) -> jobs.Result:
    """Tell the clocks within reach anew, by what holds now."""
    reach, moved = Reach.heard(order.asked), 0
    with reading() as session:
        known.refresh(session, at_once=True)
        ids = session.scalars(queries.reached(reach)).all()
    progress.tell(0, len(ids))
    for start in range(0, len(ids), recompute.WRITTEN):
        progress.tell(start)
        moved += _lot(reach, order.made_by, ids[start : start + recompute.WRITTEN])
    progress.tell(len(ids), len(ids))
    event = ClocksRetimed(subject_id=order.job_id, actor_id=order.made_by, moved=moved)
    return jobs.Result({"moved": moved}, event)


def _lot(reach: Reach, by: UUID, ids: Sequence[UUID]) -> int:
    with transaction() as session:
        known.refresh(session)
        change = Change(reach, catalogue.fresh(session))
        return recompute.apply(session, by, change, ids)
