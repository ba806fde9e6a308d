"""What the worker does for this area: forget what is long over."""

from datetime import date

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.calendars.models import CalendarEntry
from app.calendars.rules.entries import OVER_SHOWN
from app.core import clock, duties


@duties.daily("calendars.sweep")
def forget_what_is_over(session: Session, day: date) -> None:
    """Drop entries that no calendar shows any more."""
    session.execute(delete(CalendarEntry).where(CalendarEntry.ends_at < clock.now() - OVER_SHOWN))
