"""Hours of visits: both who went, from the record that counts."""

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.hours.models import ServiceHours, ServicePart
from app.hours.rules import Kind
from app.hours.rules.minutes import visit_minutes
from app.hours.service.stints import Stint, changed, source, teams_on
from app.visits.models import Round, Visit, VisitRecord
from app.visits.queries.visible import partners_of
from app.visits.rules import VisitState

LOOK_BACK = timedelta(days=35)  # a phone that was offline hands in its last 30 days


@source(Kind.VISIT)
def of_visit(session: Session, visit_id: UUID) -> list[Stint]:
    """Who went to a door and was in a team that day: in the round's team, else in their own."""
    visit, record = session.get(Visit, visit_id), session.get(VisitRecord, visit_id)
    if visit is None or record is None or visit.state is not VisitState.DONE:
        return []
    people = {visit.person_id, *partners_of(session, [visit_id])[visit_id]}
    teams = teams_on(session, visit.community_id, people, record.on)
    round_ = session.get(Round, visit.round_id) if visit.round_id else None
    minutes = visit_minutes(record.method, record.outcome)
    return [
        Stint(
            person_id=person_id,
            community_id=visit.community_id,
            team_id=round_.team_id if round_ and round_.team_id in theirs else theirs[0],
            on=record.on,
            minutes=minutes,
        )
        for person_id, theirs in sorted(teams.items())
    ]


def missed(session: Session, day: date) -> None:
    """Have those of the last weeks counted that are not, and those taken back that are no more:
    whatever became of the fact that told of them."""
    since = day - LOOK_BACK
    told = exists().where(
        ServicePart.source_id == VisitRecord.visit_id, ServicePart.person_id == Visit.person_id
    )
    uncounted = (
        select(VisitRecord.visit_id)
        .join(Visit, Visit.id == VisitRecord.visit_id)
        .where(VisitRecord.on >= since, Visit.state == VisitState.DONE, ~told)
    )
    stands = exists().where(
        Visit.id == ServicePart.source_id,
        Visit.state == VisitState.DONE,
        VisitRecord.visit_id == Visit.id,
    )
    gone = (
        select(ServicePart.source_id)
        .join(ServiceHours, ServiceHours.id == ServicePart.hours_id)
        .where(ServiceHours.kind == Kind.VISIT, ServiceHours.on >= since, ~stands)
        .distinct()
    )
    for found in (uncounted, gone):
        for turn, visit_id in enumerate(session.scalars(found).all()):
            changed(session, Kind.VISIT, visit_id, turn=turn)
