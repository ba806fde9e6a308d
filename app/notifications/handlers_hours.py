"""Whoever's service hours were sent back, corrected or voided hears of it, and why."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.core.events import subscribe
from app.hours.events import HoursCounted, HoursEvent, HoursMoved
from app.hours.rules import KIND_NAMES
from app.hours.rules.minutes import hours_text, quarters
from app.hours.rules.states import Verb
from app.notifications.rules import hours
from app.notifications.rules.telling import Kind, Seat, Tell, each_once
from app.notifications.service.telling import Subject, settle, tell

LONGEST_BODY = 200
FELL = "走访或巡查的记录后来有改动"
GONE = "走访或巡查的记录没有了"


def register() -> None:
    """Listen to the facts; called once, with the application at hand."""
    subscribe(HoursMoved)(hours_moved)
    subscribe(HoursCounted)(hours_counted)


def hours_moved(session: Session, event: HoursMoved) -> None:
    if event.move in hours.SETTLED_BY:
        settle(session, event.subject_id, [Kind.HOURS_NEWS])
    if event.move in hours.MOVED:
        _tell(session, event, hours.MOVED[event.move], _became(event), event.reason)


def hours_counted(session: Session, event: HoursCounted) -> None:
    """Told only where it had been confirmed: what nobody has looked at yet may still change."""
    if event.fell:
        lines, why = (hours.FELL, FELL) if event.minutes else (hours.GONE, GONE)
        _tell(session, event, lines, "", why)


def _became(event: HoursMoved) -> str:
    if event.move is not Verb.CORRECT or event.was == event.minutes:
        return ""
    return f"，{_hours(event.was)}改成 {_hours(event.minutes)}"


def _hours(minutes: int) -> str:
    return f"{hours_text(quarters(minutes))} 小时"


def _tell(
    session: Session, event: HoursEvent, lines: Sequence[Tell], became: str, reason: str | None
) -> None:
    what = f"{event.on.month}月{event.on.day}日 {KIND_NAMES[event.kind]}{became}"
    body = f"{what}。原因：{reason}" if reason else what
    if len(body) > LONGEST_BODY:
        body = f"{body[: LONGEST_BODY - 1]}…"
    subject = Subject(id=event.subject_id, link="/hours", body=body)
    tell(session, each_once(lines, {Seat.SENDER: [event.person_id]}, event.actor_id), subject)
