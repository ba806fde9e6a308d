"""What the worker does for the rates and the coverage, once a day."""

from datetime import date

from sqlalchemy.orm import Session

from app.core import duties, outbox
from app.core.db import reading, transaction
from app.reports import service
from app.reports.service import settling

KEEP = "reports.keep_months"


@duties.daily(KEEP)
def plan_months(session: Session, day: date) -> None:
    """Have counted what is over and not kept yet."""
    service.forget_old(session)
    outbox.enqueue(session, KEEP, {}, f"{KEEP}:{day}")


@outbox.handles(KEEP, slow=True)
def keep_months(_job: outbox.Job) -> None:
    """Count month by month, so that nobody waits for longer than one of them takes."""
    with reading() as session:
        lacking = service.missing(session)
    for community_id, month in lacking:
        with transaction() as session:
            service.keep(session, community_id, month)


@duties.daily("reports.settle_coverage")
def settle_coverage(session: Session, day: date) -> None:
    """Settle the coverage of months that are over and not settled yet."""
    settling.settle_missing(session, day)
