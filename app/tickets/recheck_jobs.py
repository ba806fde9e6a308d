"""Once a month, by a daily duty, closed tickets are drawn to be looked at again."""

from datetime import date, datetime, time

from flask import current_app
from sqlalchemy.orm import Session

from app.core import clock, duties
from app.tickets.rules.rechecks import month_before
from app.tickets.service import rechecks


@duties.daily("tickets.draw_rechecks")
def draw_rechecks(session: Session, day: date) -> None:
    """Draw of the month before, on its first day or as soon as a worker runs again."""
    month = month_before(day)
    span = _midnight(date.fromisoformat(f"{month}-01")), _midnight(day.replace(day=1))
    rechecks.draw_month(session, month, span, int(current_app.config["RECHECK_PERCENT"]))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), clock.LOCAL)
