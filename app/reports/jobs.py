"""What the worker does for the rates, once a day."""

from datetime import date

from sqlalchemy.orm import Session

from app.core import duties
from app.reports import service


@duties.daily("reports.keep_months")
def keep_months(session: Session, _day: date) -> None:
    """Count what is over and not kept yet."""
    service.keep_missing(session)
