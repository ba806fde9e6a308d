"""Teams, members, pairings and the persons of households."""

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from app.core.db import uuid7
from app.identity.models import Person
from app.identity.place_scope import Place
from app.places.models import Household
from app.teams.models import HouseholdAssignment, Pairing, Team, TeamMember
from app.teams.rules import TeamKind
from tests.factories.identity import at_once, stored

LONG_AGO = date(2020, 1, 1)


@at_once
def team(
    session: Session, community: Place, *people: Person, kind: TeamKind = TeamKind.RED_FLAG
) -> Team:
    """A team of a community with these people in it."""
    made = Team(
        id=uuid7(),
        kind=kind,
        name=f"演示{kind}{str(uuid7())[-6:]}",
        place_id=community.id,
        community_id=community.community_id,
    )
    stored(session, made)
    stored(
        session,
        *(TeamMember(team_id=made.id, person_id=who.id, from_date=LONG_AGO) for who in people),
    )
    return made


def member(
    session: Session, team: Team, who: Person, *, leader: bool = False, since: date = LONG_AGO
) -> TeamMember:
    """Somebody more in a team."""
    made = TeamMember(team_id=team.id, person_id=who.id, leader=leader, from_date=since)
    stored(session, made)
    return made


def pairing(
    session: Session, team: Team, who: Person, place: Place, since: date = LONG_AGO
) -> Pairing:
    """A member of a team looks after a place."""
    made = Pairing(id=uuid7(), team_id=team.id, person_id=who.id, place_id=place.id, since=since)
    stored(session, made)
    return made


def assignment(
    session: Session, household: Household, main: UUID | None, backup: UUID | None = None
) -> HouseholdAssignment:
    """The persons of a household."""
    made = HouseholdAssignment(
        id=uuid7(),
        household_id=household.id,
        main_person_id=main,
        backup_person_id=backup,
        since=LONG_AGO,
    )
    stored(session, made)
    return made
