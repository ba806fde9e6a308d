"""The daily duty of round sheets on paper: old ones are forgotten; the records stay."""

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import duties
from app.core.events import publish
from app.visits.events_paper import PaperForgotten
from app.visits.models_paper import PaperSheet
from app.visits.queries.paper import rows_of
from app.visits.rules.paper import KEPT_DAYS
from app.visits.service.paper import facts


@duties.daily("visits.forget_paper")
def forget_paper(session: Session, day: date) -> None:
    """Which doors stood on which sheet goes 60 days after its last day."""
    before = day - timedelta(days=KEPT_DAYS)
    for sheet in session.scalars(select(PaperSheet).where(PaperSheet.last_on < before)).all():
        rows = rows_of(session, [sheet.id])[sheet.id]
        publish(session, PaperForgotten(**facts(sheet, None, len(rows))))
        for row in rows:
            session.delete(row)
        session.flush()
        session.delete(sheet)
