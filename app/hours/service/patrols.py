"""Hours of patrols: everybody who walked one, for as long as they said that it took."""

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.hours.models import ServicePart
from app.hours.rules import Kind
from app.hours.service.stints import Stint, changed, source, teams_on
from app.teams.models import Team
from app.teams.rules import TeamKind
from app.visits.models_patrols import Patrol, PatrolPerson
from app.visits.rules.patrols import PatrolState

LOOK_BACK = timedelta(days=35)  # a phone that was offline hands in its last 30 days


@source(Kind.PATROL)
def of_patrol(session: Session, patrol_id: UUID) -> list[Stint]:
    """Who walked and was in a team that day: among the red armbands, else in a team of theirs."""
    patrol = session.get(Patrol, patrol_id)
    if patrol is None or patrol.state is not PatrolState.DONE or not patrol.minutes:
        return []
    people = session.scalars(
        select(PatrolPerson.person_id).where(
            PatrolPerson.patrol_id == patrol_id, PatrolPerson.walked
        )
    ).all()
    teams = teams_on(session, patrol.community_id, people, patrol.on)
    armbands = set(
        session.scalars(
            select(Team.id).where(
                Team.community_id == patrol.community_id, Team.kind == TeamKind.RED_ARMBAND
            )
        )
    )
    return [
        Stint(
            person_id=person_id,
            community_id=patrol.community_id,
            team_id=next((one for one in theirs if one in armbands), theirs[0]),
            on=patrol.on,
            minutes=patrol.minutes,
        )
        for person_id, theirs in sorted(teams.items())
    ]


def missed(session: Session, day: date) -> None:
    """Have those of the last weeks counted that are not, whatever became of the fact."""
    told = exists().where(
        ServicePart.source_id == Patrol.id, ServicePart.person_id == PatrolPerson.person_id
    )
    uncounted = (
        select(Patrol.id)
        .join(PatrolPerson, PatrolPerson.patrol_id == Patrol.id)
        .where(
            Patrol.on >= day - LOOK_BACK,
            Patrol.state == PatrolState.DONE,
            PatrolPerson.walked,
            ~told,
        )
        .distinct()
    )
    for turn, patrol_id in enumerate(session.scalars(uncounted).all()):
        changed(session, Kind.PATROL, patrol_id, turn=turn)
