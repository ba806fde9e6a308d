"""What the worker does some seconds after a change of a category, a contract or the calendar: what
was moved or reported by a process that had not heard of it yet is put right."""

from app.core import known, outbox
from app.core.db import transaction
from app.tickets import catalogue
from app.tickets.service import recompute
from app.tickets.service.recompute import Change


@outbox.handles(recompute.KIND)
def retime(job: outbox.Job) -> None:
    """Tell the clocks within reach anew, by what holds now."""
    with transaction() as session:
        known.refresh(session)
        change = Change(recompute.reach_of(job.payload), catalogue.fresh(session))
        recompute.apply(session, None, change)
