"""Once a day the heads of organisations hear where their duty lists have holes."""

from datetime import date

from sqlalchemy.orm import Session

from app.core import duties
from app.tickets.service import duty


@duties.daily("tickets.duty_holes")
def tell_of_holes(session: Session, day: date) -> None:
    """Look two days ahead."""
    duty.tell_of_holes(session)
