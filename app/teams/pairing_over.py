"""定点结对 when somebody hands over: who takes over is paired in their place. Never commits."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.db import uuid7
from app.core.events import publish
from app.teams import rosters
from app.teams.events import Paired, Unpaired
from app.teams.models import Pairing
from app.teams.models_keeping import CareChange
from app.teams.rules import last_day_when_ended


def hand_pairings(session: Session, change: CareChange, to: UUID) -> None:
    """Who takes over is paired where the other was; for good, the other is not any more."""
    made, ended = [], []
    for pairing in _of(session, change):
        team = rosters.a_team_of(session, change.community_id, to)
        since = max(pairing.since, clock.today())
        known = team and rosters.pairing_between(session, team, to, pairing.place_id, since)
        if team and known is None and since <= (change.last or since):
            new = Pairing(
                id=uuid7(),
                team_id=team,
                person_id=to,
                place_id=pairing.place_id,
                since=since,
                until=change.last,
            )
            session.add(new)
            session.flush()
            made.append(new)
            publish(session, Paired(subject_id=new.id, **_who(change, new)))
        if change.last is None:
            pairing.until = last_day_when_ended(clock.today())
            ended.append(pairing)
            publish(session, Unpaired(subject_id=pairing.id, **_who(change, pairing)))
    change.pairings_made = [str(one.id) for one in made]
    change.pairings_ended = [str(one.id) for one in ended]


def restore_pairings(session: Session, change: CareChange) -> None:
    """What was made for the hand-over ends, what ended for it stands again."""
    for pairing in _listed(session, change.pairings_made):
        pairing.until = last_day_when_ended(clock.today())
        publish(session, Unpaired(subject_id=pairing.id, **_who(change, pairing)))
    for pairing in _listed(session, change.pairings_ended):
        pairing.until = None
        publish(session, Paired(subject_id=pairing.id, **_who(change, pairing)))


def _of(session: Session, change: CareChange) -> list[Pairing]:
    return list(
        session.scalars(
            select(Pairing)
            .where(
                Pairing.person_id == change.person_id,
                Pairing.lasting(clock.today()),
                Pairing.team_id.in_(rosters.teams_in(change.community_id)),
            )
            .order_by(Pairing.id)
        )
    )


def _listed(session: Session, ids: list[str]) -> list[Pairing]:
    wanted = [UUID(one) for one in ids]
    return list(session.scalars(select(Pairing).where(Pairing.id.in_(wanted))))


def _who(change: CareChange, pairing: Pairing) -> dict[str, UUID]:
    return {
        "actor_id": change.made_by,
        "person_id": pairing.person_id,
        "place_id": pairing.place_id,
    }
