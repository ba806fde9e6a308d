"""What time does to teams, once a day."""

from datetime import date

from sqlalchemy.orm import Session

from app.core import duties
from app.teams import service_availability


@duties.daily("teams.forget_dates")
def forget_dates(session: Session, day: date) -> None:
    """What people said of dates that are over is nobody's business any more."""
    service_availability.forget(session, day)
