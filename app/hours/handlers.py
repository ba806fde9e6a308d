"""What service hours do when others say that something was recorded."""

from sqlalchemy.orm import Session

from app.core.events import subscribe
from app.hours.rules import Kind
from app.hours.service.stints import changed
from app.visits.events import VisitEvent, VisitPicked, VisitRecorded
from app.visits.events_patrols import PatrolWalked
from app.visits.events_records import VisitCorrected, VisitVoided


def register() -> None:
    """Listen to the facts; called once, with the application at hand."""
    for fact in (VisitRecorded, VisitPicked, VisitCorrected, VisitVoided):
        subscribe(fact)(visit_changed)
    subscribe(PatrolWalked)(patrol_walked)


def visit_changed(session: Session, event: VisitEvent) -> None:
    """Who was there and how it went may be another now."""
    changed(session, Kind.VISIT, event.subject_id)


def patrol_walked(session: Session, event: PatrolWalked) -> None:
    """Somebody walked a patrol, or it turned out that another did too."""
    changed(session, Kind.PATROL, event.subject_id)
