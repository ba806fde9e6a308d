"""What an open call does when a visit is recorded: its board says something else now."""

from sqlalchemy.orm import Session

from app.calls.feed import BOARD
from app.calls.queries.visible import open_calls
from app.core import changes
from app.core.events import subscribe
from app.visits.events import VisitEvent, VisitPicked, VisitRecorded
from app.visits.events_records import VisitCorrected, VisitVoided


def register() -> None:
    """Listen to the facts; called once, with the application at hand."""
    for fact in (VisitRecorded, VisitPicked, VisitCorrected, VisitVoided):
        subscribe(fact)(household_seen)


def household_seen(session: Session, event: VisitEvent) -> None:
    """The desk of the community looks again."""
    changes.note(session, BOARD, session.scalars(open_calls(event.community_id)).all())
