"""What the heads of an organisation hear of its duty list: that soon nobody will be there."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.core import clock
from app.core.events import subscribe
from app.notifications import queries
from app.notifications.rules.others import HOLE
from app.notifications.rules.telling import Kind, Seat, each_once
from app.notifications.service.telling import Subject, settle, tell
from app.tickets.events_routing import DutyChanged, DutyHole


def register() -> None:
    """Listen to the facts; called once, with the application at hand."""
    subscribe(DutyHole)(duty_hole)
    subscribe(DutyChanged)(duty_changed)


def duty_hole(session: Session, event: DutyHole) -> None:
    heads = {Seat.LEAD: queries.on_duty(session, [event.subject_id])}
    subject = Subject(
        id=event.subject_id,
        link=f"/duty/{event.subject_id}",
        body=f"{_moment(event.start)} 起没有人值班",
    )
    tell(session, each_once(HOLE, heads, None), subject)


def duty_changed(session: Session, event: DutyChanged) -> None:
    if not event.holes:
        settle(session, event.subject_id, [Kind.DUTY_TODO])


def _moment(at: datetime) -> str:
    local = at.astimezone(clock.LOCAL)
    return f"{local.month}月{local.day}日{local:%H:%M}"
