"""Service hours of the last two weeks: the older ones are confirmed, the newer wait."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.demo.people import Crowd
from app.hours.models import ServiceHours
from app.hours.queries import visible
from app.hours.rules import Kind
from app.hours.rules.states import Verb
from app.hours.service import counting, settling
from app.identity.actor import Actor
from app.visits.models import VisitRecord

COUNTED, WAITS = timedelta(days=14), timedelta(days=5)
AT_ONCE = 200


def build(session: Session, crowd: Crowd) -> None:
    """The leader 陈师傅 and the clerk have confirmed what is older than five days."""
    today = clock.today()
    records = select(VisitRecord.visit_id).where(VisitRecord.on >= today - COUNTED)
    for visit_id in session.scalars(records.order_by(VisitRecord.visit_id)).all():
        counting.follow(session, Kind.VISIT, visit_id)
    chen, li, clerk = (
        crowd.actor(session, crowd.people[name]) for name in ("陈师傅", "李姐", "王干事")
    )
    for who in (chen, clerk):
        _confirm_older(session, who)
    training = settling.Entry(
        on=today - timedelta(days=3), kind=Kind.MEETING, content="冬季消防培训", minutes=90
    )
    settling.enter(session, chen, training)
    sign = settling.Entry(
        on=today - timedelta(days=6), kind=Kind.EVENT, content="便民服务日签到台", minutes=300
    )
    row = settling.enter(session, li, sign)
    back = settling.Said(reason="那天是上午，时长请改一下")
    settling.move(session, clerk, row.id, row.version, Verb.SEND_BACK, back)


def _confirm_older(session: Session, who: Actor) -> None:
    older = visible.to_confirm(who).where(ServiceHours.on < clock.today() - WAITS)
    rows = session.scalars(older.limit(AT_ONCE)).all()
    settling.confirm_all(session, who, [(row.id, row.version) for row in rows])
