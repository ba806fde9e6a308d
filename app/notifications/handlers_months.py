"""Who hears that a month's plan went out: each person once, however many doors it is."""

from sqlalchemy.orm import Session

from app.core.events import subscribe
from app.notifications.rules.telling import Kind, Pressing, Seat, Tell, each_once
from app.notifications.service.telling import Subject, tell
from app.visits.events_months import MonthVisitsAsked

ASKED = (Tell(Seat.VISITOR, Kind.VISIT_TODO, "有几户想请您去看看，方便吗？", Pressing.TODAY),)
WITHDRAWN = (Tell(Seat.VISITOR, Kind.VISIT_NEWS, "有几户改由别人去，您不用去了"),)


def register() -> None:
    """Listen to the facts; called once, with the application at hand."""
    subscribe(MonthVisitsAsked)(month_visits_asked)


def month_visits_asked(session: Session, event: MonthVisitsAsked) -> None:
    month = f"{event.month.month}月的走访"
    fewer = f"，另有 {event.withdrawn} 户不用去了" if event.withdrawn else ""
    if event.first_on is not None and event.last_on is not None:
        first, last = event.first_on, event.last_on
        days = f"{first.month}月{first.day}日到{last.month}月{last.day}日"
        body, lines, link = f"一共 {event.count} 户，{days}{fewer}", ASKED, "/proposals"
    else:
        body, lines, link = f"{month}里有 {event.withdrawn} 户", WITHDRAWN, "/visits"
    subject = Subject(id=event.subject_id, link=link, body=body)
    told = each_once(lines, {Seat.VISITOR: [event.person_id]}, event.actor_id)
    tell(session, told, subject)
