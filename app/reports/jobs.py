"""What the worker does for the rates and the coverage, once a day."""

from datetime import date

from sqlalchemy.orm import Session

from app.core import duties
from app.reports import service
from app.reports.service import settling


@duties.daily("reports.keep_months")
def keep_months(session: Session, _day: date) -> None:
    """Count what is over and not kept yet."""
    service.keep_missing(session)


@duties.daily("reports.settle_coverage")
def settle_coverage(session: Session, day: date) -> None:
    """Settle the coverage of months that are over and not settled yet."""
    settling.settle_missing(session, day)
