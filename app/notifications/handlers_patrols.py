"""Who hears of patrols: those who are asked to some, and those whose patrol was called off."""

from sqlalchemy.orm import Session

from app.core.events import subscribe
from app.notifications.rules.telling import Seat, each_once
from app.notifications.rules.visits import TABLE, Fact
from app.notifications.service.telling import Subject, tell
from app.visits.events_patrols import PatrolCancelled, PatrolsAsked

PATROLS = "/patrols"


def register() -> None:
    """Listen to the facts; called once, with the application at hand."""
    subscribe(PatrolsAsked)(patrols_asked)
    subscribe(PatrolCancelled)(patrol_cancelled)


def patrols_asked(session: Session, event: PatrolsAsked) -> None:
    first, last = event.first_on, event.last_on
    days = f"{first.month}月{first.day}日到{last.month}月{last.day}日"
    subject = Subject(id=event.subject_id, link=PATROLS, body=f"一共 {event.count} 次，{days}")
    seated = {Seat.VISITOR: [event.person_id]}
    tell(session, each_once(TABLE[Fact.PATROLS_ASKED], seated, event.actor_id), subject)


def patrol_cancelled(session: Session, event: PatrolCancelled) -> None:
    body = f"{event.on.month}月{event.on.day}日的"
    subject = Subject(id=event.subject_id, link=PATROLS, body=body)
    seated = {Seat.VISITOR: list(event.person_ids)}
    tell(session, each_once(TABLE[Fact.PATROL_CANCELLED], seated, event.actor_id), subject)
