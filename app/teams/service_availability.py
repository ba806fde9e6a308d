"""A person says when they may visit. Only they themselves say it. Never commits."""

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.core import clock
from app.core.db import uuid7
from app.core.errors import Invalid, NotFound, Refusal, Stale
from app.core.events import publish
from app.identity.actor import Actor
from app.teams import availability
from app.teams.events_availability import AvailabilityChanged
from app.teams.models_availability import Availability, AvailabilityDate
from app.teams.rules.windows import Differing, Differs, Pattern, extra_problem, free_problem

AHEAD = timedelta(days=370)
MOST_DATES = 60


class TooManyDates(Refusal):
    status, code = 409, "availability_too_many_dates"
    title = f"单独说明的日子最多 {MOST_DATES} 条，请先删掉用不着的。"


def say_week(session: Session, actor: Actor, version: int, pattern: Pattern | None) -> Availability:
    """The actor's week; None takes it back. Version 0 is that of a week never said."""
    row = availability.own(session, actor.id)
    if (row.version if row else 0) != version:
        raise Stale
    _check_week(pattern)
    if row is None:
        row = Availability(person_id=actor.id)
        session.add(row)
    row.pattern = None if pattern is None else availability.kept_form(pattern)
    _tell(session, actor)
    return row


def _check_week(pattern: Pattern | None) -> None:
    errors = {
        f"pattern.{place}": [problem]
        for place, free in enumerate(pattern or ())
        if (problem := free_problem(free))
    }
    spans = [free.span for free in pattern or ()]
    if len(set(spans)) < len(spans):
        errors["pattern"] = ["同一个时段说了两次。"]
    if errors:
        raise Invalid(errors=errors)


def say_dates(session: Session, actor: Actor, said: Differing) -> AvailabilityDate:
    """Days away, a window given up or a window more. What is past goes on this occasion."""
    errors = _date_problems(said)
    if errors:
        raise Invalid(errors=errors)
    forget(session, clock.today(), actor.id)
    if len(availability.own_dates(session, actor.id)) >= MOST_DATES:
        raise TooManyDates
    row = AvailabilityDate(
        id=uuid7(), person_id=actor.id, kind=said.kind, first=said.first, last=said.last
    )
    if said.window is not None:
        row.window_from, row.window_to = said.window.start, said.window.end
    session.add(row)
    _tell(session, actor)
    return row


def _date_problems(said: Differing) -> dict[str, list[str]]:
    if said.last < said.first:
        return {"last": ["最后一天不能早于第一天。"]}
    if said.last < clock.today():
        return {"last": ["这些日子已经过去了。"]}
    if said.last > clock.today() + AHEAD:
        return {"last": ["最多说到一年以后。"]}
    if said.kind is Differs.AWAY:
        return {}
    if said.window is None:
        return {"window": ["请选一个时段。"]}
    if said.first != said.last:
        return {"last": ["一个时段只说一天。"]}
    problem = extra_problem(said.window)
    return {"window": [problem]} if problem else {}


def take_back(session: Session, actor: Actor, date_id: UUID) -> None:
    """What the actor said of a date stands no more."""
    row = session.get(AvailabilityDate, date_id)
    if row is None or row.person_id != actor.id:
        raise NotFound
    session.delete(row)
    _tell(session, actor)


def forget(session: Session, day: date, person_id: UUID | None = None) -> None:
    """Delete what was said of dates that are over: of one person, or of all."""
    past = delete(AvailabilityDate).where(AvailabilityDate.last < day)
    if person_id is not None:
        past = past.where(AvailabilityDate.person_id == person_id)
    session.execute(past)


def _tell(session: Session, actor: Actor) -> None:
    session.flush()
    publish(session, AvailabilityChanged(subject_id=actor.id, actor_id=actor.id))
