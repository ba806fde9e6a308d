"""Who hears of a hand-over of doors: those who take over, of the doors and of the open visits; and
who is asked to a single visit, in somebody's stead or because residents wait."""

from collections import Counter
from uuid import UUID

from sqlalchemy.orm import Session

from app.core.events import subscribe
from app.notifications.rules.telling import Seat, each_once
from app.notifications.rules.visits import TABLE, Fact
from app.notifications.service.telling import Subject, tell
from app.teams.events_keeping import HandedOver
from app.visits.events_handed import VisitsHandedOver
from app.visits.events_owing import VisitAsked


def register() -> None:
    """Listen to the facts; called once, with the application at hand."""
    subscribe(HandedOver)(handed_over)
    subscribe(VisitsHandedOver)(visits_handed_over)
    subscribe(VisitAsked)(visit_asked)


def handed_over(session: Session, event: HandedOver) -> None:
    until = f"，到{event.last.month}月{event.last.day}日为止" if event.last else ""
    for person, doors in Counter(event.doors_to.values()).items():
        subject = Subject(id=event.subject_id, link="/today", body=f"一共 {doors} 户{until}")
        _tell(session, Fact.DOORS_HANDED, person, event.actor_id, subject)


def visits_handed_over(session: Session, event: VisitsHandedOver) -> None:
    first, last = event.first_on, event.last_on
    days = f"{first.month}月{first.day}日到{last.month}月{last.day}日"
    subject = Subject(id=event.subject_id, link="/proposals", body=f"一共 {event.count} 户，{days}")
    _tell(session, Fact.VISITS_HANDED, event.person_id, event.actor_id, subject)


def visit_asked(session: Session, event: VisitAsked) -> None:
    day = f"{event.on.month}月{event.on.day}日"
    subject = Subject(id=event.subject_id, link=f"/visits/{event.subject_id}", body=day)
    _tell(session, Fact.ONE_ASKED, event.person_id, event.actor_id, subject)


def _tell(
    session: Session, fact: Fact, person: UUID, actor_id: UUID | None, subject: Subject
) -> None:
    tell(session, each_once(TABLE[fact], {Seat.VISITOR: [person]}, actor_id), subject)
