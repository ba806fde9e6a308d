"""A round on paper for one who goes without a phone: printed, and not back yet."""

from datetime import timedelta

from sqlalchemy.orm import Session

from app.core import clock
from app.demo.people import Crowd
from app.visits.rules.paper import SheetKind
from app.visits.service import paper


def build(session: Session, crowd: Crowd) -> None:
    """The committee's clerk has printed what 李姐 is asked to this week."""
    clerk = crowd.actor(session, crowd.people["王干事"])
    today = clock.today()
    days = {"first": today, "last": today + timedelta(days=6)}
    whose = {"whose": [crowd.people["李姐"].id, crowd.people["陈师傅"].id]}
    paper.make(session, clerk, SheetKind.OUTING, days | whose)
