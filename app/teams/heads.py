"""Who is building head 楼栋长 of a household: the red flag of its building or unit."""

from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from app.core import clock
from app.identity import queries as posts
from app.identity.models import Membership
from app.places.models import Household
from app.teams.models import Pairing, Team, TeamMember
from app.teams.rosters import people_of_property
from app.teams.rules import TeamKind


def building_heads_of(session: Session, household: Household) -> list[UUID]:
    """Those of a red flag team who are paired with the household's unit or building today."""
    day = clock.today()
    member = and_(TeamMember.team_id == Team.id, TeamMember.person_id == Pairing.person_id)
    heads = session.scalars(
        select(Pairing.person_id)
        .join(Team, Team.id == Pairing.team_id)
        .join(TeamMember, member)
        .where(
            Team.kind == TeamKind.RED_FLAG,
            Pairing.place_id.in_((household.building_id, household.unit_id)),
            Pairing.standing(day),
            TeamMember.standing(day),
            Pairing.person_id.in_(select(Membership.person_id).where(posts.current(day))),
        )
        .distinct()
    ).all()
    return sorted(set(heads) - people_of_property(session, heads))
