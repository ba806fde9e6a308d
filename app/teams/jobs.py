"""What time does to teams, once a day."""

from datetime import date, timedelta

from sqlalchemy.orm import Session

from app.core import duties
from app.teams import handing, keeping, service_availability

NOTE_KEPT = timedelta(days=180)


@duties.daily("teams.forget_dates")
def forget_dates(session: Session, day: date) -> None:
    """What people said of dates that are over is nobody's business any more."""
    service_availability.forget(session, day)


@duties.daily("teams.hand_overs")
def hand_overs(session: Session, _day: date) -> None:
    """Leaves that begin and end: the doors go over, and come back."""
    begins, ends = keeping.due(session)
    for change in begins:
        handing.begin(session, change)
    for change in ends:
        handing.finish(session, change)


@duties.daily("teams.blank_hand_over_notes")
def blank_notes(session: Session, day: date) -> None:
    """A word for those who take over is kept as long as a note of a visit."""
    keeping.blank_notes(session, day - NOTE_KEPT)
