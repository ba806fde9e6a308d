"""When two of the demo's volunteers may visit, and somebody who goes on leave next week."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.demo.people import Crowd
from app.teams import handing
from app.teams.handing import HandOver
from app.teams.models import TeamMember
from app.teams.rules.windows import DAYS_OF, WINDOWS, Differing, Differs, Free, Span, WeekDay
from app.teams.service_availability import say_dates, say_week

TUESDAY_AND_THURSDAY = frozenset({WeekDay.TUE, WeekDay.THU})


def build(session: Session, crowd: Crowd) -> None:
    """李姐 comes two evenings and at weekends; one of the red flags travels for a week."""
    today = clock.today()
    li = crowd.actor(session, crowd.people["李姐"])
    evening, morning = Span.WORKDAY_EVENING, Span.REST_MORNING
    week = (
        Free(evening, TUESDAY_AND_THURSDAY, WINDOWS[evening]),
        Free(morning, DAYS_OF[morning], WINDOWS[morning]),
    )
    say_week(session, li, 0, week)
    away = today + timedelta(days=20)
    say_dates(session, li, Differing(Differs.AWAY, away, away + timedelta(days=4)))
    flags = session.scalars(
        select(TeamMember.person_id)
        .where(TeamMember.team_id == crowd.flags.id, TeamMember.leader.is_(False))
        .order_by(TeamMember.id)
    ).all()
    first = today + timedelta(days=7)
    leave = HandOver(
        community_id=crowd.flags.community_id,
        person_id=flags[-1],
        receivers=tuple(flags[-3:-1]),
        first=first,
        last=first + timedelta(days=6),
        note="先打电话再上门。",
    )
    handing.hand_over(session, crowd.actor(session, crowd.people["王干事"]), leave)
