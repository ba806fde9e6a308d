"""Who hears that a month's plan went out: each person once, however many doors it is."""

from sqlalchemy.orm import Session

from app.core.events import subscribe
from app.notifications.rules.telling import Seat, each_once
from app.notifications.rules.visits import TABLE, Fact
from app.notifications.service.telling import Subject, tell
from app.visits.events_months import MonthVisitsAsked


def register() -> None:
    """Listen to the facts; called once, with the application at hand."""
    subscribe(MonthVisitsAsked)(month_visits_asked)


def month_visits_asked(session: Session, event: MonthVisitsAsked) -> None:
    month = f"{event.month.month}月的走访"
    fewer = f"，另有 {event.withdrawn} 户不用去了" if event.withdrawn else ""
    if event.first_on is not None and event.last_on is not None:
        first, last = event.first_on, event.last_on
        days = f"{first.month}月{first.day}日到{last.month}月{last.day}日"
        body, fact, link = f"一共 {event.count} 户，{days}{fewer}", Fact.MONTH_ASKED, "/proposals"
    else:
        body, fact, link = f"{month}里有 {event.withdrawn} 户", Fact.MONTH_WITHDRAWN, "/visits"
    subject = Subject(id=event.subject_id, link=link, body=body)
    told = each_once(TABLE[fact], {Seat.VISITOR: [event.person_id]}, event.actor_id)
    tell(session, told, subject)
