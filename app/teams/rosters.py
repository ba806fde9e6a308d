"""SELECTs on teams, their members and their pairings; households are in `queries.py`."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.errors import NotFound
from app.identity import queries as posts
from app.identity.actor import Actor
from app.identity.models import Membership, Organisation
from app.identity.rules import OrganisationKind
from app.places.models import Household, Place
from app.places.queries import batches
from app.teams.models import HouseholdAssignment, Pairing, Team, TeamMember

ABOVE = (OrganisationKind.SUBDISTRICT, OrganisationKind.DISTRICT)


def visible_teams(actor: Actor) -> Select[Team]:
    """Teams of the actor's committee or subdistrict, and those the actor is in."""
    mine = select(TeamMember.team_id).where(
        TeamMember.person_id == actor.id, TeamMember.standing(clock.today())
    )
    overseen = actor.committee_communities | actor.communities(*ABOVE)
    return select(Team).where(or_(Team.community_id.in_(overseen), Team.id.in_(mine)))


def visible_team(session: Session, actor: Actor, team_id: UUID) -> Team:
    """A team the actor may see. NotFound otherwise."""
    found = session.scalar(visible_teams(actor).where(Team.id == team_id))
    if found is None:
        raise NotFound
    return found


def kept_team(session: Session, actor: Actor, team_id: UUID) -> Team:
    """A team that the actor's committee keeps. NotFound otherwise."""
    found = visible_team(session, actor, team_id)
    if found.community_id not in actor.committee_communities:
        raise NotFound
    return found


def planned_team(session: Session, actor: Actor, team_id: UUID) -> Team:
    """A team whose visits the actor plans: as its committee, or as its leader. NotFound else."""
    found = visible_team(session, actor, team_id)
    member = membership(session, team_id, actor.id)
    leads = member is not None and member.leader
    if not leads and found.community_id not in actor.committee_communities:
        raise NotFound
    return found


def members_of(session: Session, team_ids: Iterable[UUID]) -> dict[UUID, list[TeamMember]]:
    """The members of today of each team, leaders first."""
    found: dict[UUID, list[TeamMember]] = {}
    for batch in batches(team_ids):
        rows = session.scalars(
            select(TeamMember)
            .where(TeamMember.team_id.in_(batch), TeamMember.standing(clock.today()))
            .order_by(TeamMember.leader.desc(), TeamMember.from_date, TeamMember.id)
        )
        for member in rows:
            found.setdefault(member.team_id, []).append(member)
    return found


def membership(session: Session, team_id: UUID, person_id: UUID) -> TeamMember | None:
    """A person's membership of today in a team."""
    return session.scalar(
        select(TeamMember).where(
            TeamMember.team_id == team_id,
            TeamMember.person_id == person_id,
            TeamMember.standing(clock.today()),
        )
    )


def team_people(session: Session, community_id: UUID) -> frozenset[UUID]:
    """Everybody who is in any team of a community today."""
    rows = session.scalars(
        select(TeamMember.person_id)
        .join(Team, Team.id == TeamMember.team_id)
        .where(Team.community_id == community_id, TeamMember.standing(clock.today()))
    )
    return frozenset(rows)


def was_in_team(session: Session, community_id: UUID, person_id: UUID, since: date) -> bool:
    """Is the person in a team of a community today, or was on this day or later?"""
    found = session.scalar(
        select(TeamMember.id)
        .join(Team, Team.id == TeamMember.team_id)
        .where(
            Team.community_id == community_id,
            TeamMember.person_id == person_id,
            TeamMember.from_date <= clock.today(),
            or_(TeamMember.until_date.is_(None), TeamMember.until_date >= since),
        )
        .limit(1)
    )
    return found is not None


def leaders_of(session: Session, household: Household) -> list[UUID]:
    """Who leads a team of the household's community and looks after the household: what
    `queries.visible_households` says of one actor, said of one household."""
    day = clock.today()
    held = select(HouseholdAssignment.id).where(
        HouseholdAssignment.household_id == household.id,
        or_(
            HouseholdAssignment.main_person_id == TeamMember.person_id,
            HouseholdAssignment.backup_person_id == TeamMember.person_id,
        ),
    )
    paired = select(Pairing.id).where(
        Pairing.person_id == TeamMember.person_id,
        Pairing.place_id.in_((household.building_id, household.unit_id)),
        Pairing.standing(day),
    )
    leaders = session.scalars(
        select(TeamMember.person_id)
        .join(Team, Team.id == TeamMember.team_id)
        .where(
            Team.community_id == household.community_id,
            TeamMember.leader,
            TeamMember.standing(day),
            TeamMember.person_id.in_(select(Membership.person_id).where(posts.current(day))),
            or_(held.exists(), paired.exists()),
        )
        .distinct()
    ).all()
    return sorted(set(leaders) - people_of_property(session, leaders))


def led_by(person_id: UUID) -> Select[UUID]:
    """The communities in which this person leads a team today."""
    return (
        select(Team.community_id)
        .join(TeamMember, TeamMember.team_id == Team.id)
        .where(
            TeamMember.person_id == person_id,
            TeamMember.leader,
            TeamMember.standing(clock.today()),
        )
    )


def other_teams(session: Session, team: Team, person_id: UUID) -> bool:
    """Is the person in another team of the same community today?"""
    found = session.scalar(
        select(TeamMember.id)
        .join(Team, Team.id == TeamMember.team_id)
        .where(
            Team.community_id == team.community_id,
            Team.id != team.id,
            TeamMember.person_id == person_id,
            TeamMember.standing(clock.today()),
        )
        .limit(1)
    )
    return found is not None


def people_of_property(session: Session, person_ids: Iterable[UUID]) -> frozenset[UUID]:
    """Which of these people hold a post of a property company today."""
    day = clock.today()
    found: set[UUID] = set()
    for batch in batches(person_ids):
        found.update(
            session.scalars(
                select(Membership.person_id)
                .join(Organisation, Organisation.id == Membership.organisation_id)
                .where(
                    Membership.person_id.in_(batch),
                    Organisation.kind == OrganisationKind.PROPERTY,
                    Membership.from_date <= day,
                    or_(Membership.until_date.is_(None), Membership.until_date >= day),
                )
            )
        )
    return frozenset(found)


def visible_pairings(actor: Actor) -> Select[Pairing]:
    """Pairings of the committee's teams, and the actor's own; of today and of days to come."""
    teams = select(Team.id).where(
        Team.community_id.in_(actor.committee_communities | actor.communities(*ABOVE))
    )
    return select(Pairing).where(
        Pairing.lasting(clock.today()),
        or_(Pairing.team_id.in_(teams), Pairing.person_id == actor.id),
    )


def pairing_between(
    session: Session, team_id: UUID, person_id: UUID, place_id: UUID, day: date
) -> Pairing | None:
    """The pairing of a team's member with a place that stands on a day or begins after it."""
    return session.scalar(
        select(Pairing)
        .where(
            Pairing.team_id == team_id,
            Pairing.person_id == person_id,
            Pairing.place_id == place_id,
            Pairing.lasting(day),
        )
        .order_by(Pairing.since)
        .limit(1)
    )


def paired_with(session: Session, place_ids: Iterable[UUID]) -> dict[UUID, list[UUID]]:
    """The persons paired today with each of these buildings or units, longest first."""
    found: dict[UUID, list[UUID]] = {}
    for batch in batches(place_ids):
        rows = session.execute(
            select(Pairing.place_id, Pairing.person_id)
            .where(Pairing.place_id.in_(batch), Pairing.standing(clock.today()))
            .order_by(Pairing.since, Pairing.id)
        )
        for place_id, person_id in rows:
            found.setdefault(place_id, []).append(person_id)
    return found


def narrowed_pairings(statement: Select[Pairing], query: dict[str, Any]) -> Select[Pairing]:
    """The filters of the list of pairings; a building stands for its units too."""
    if query["person_id"] is not None:
        statement = statement.where(Pairing.person_id == query["person_id"])
    if query["team_id"] is not None:
        statement = statement.where(Pairing.team_id == query["team_id"])
    if query["building_id"] is not None:
        inside = select(Place.id).where(
            or_(Place.id == query["building_id"], Place.parent_id == query["building_id"])
        )
        statement = statement.where(Pairing.place_id.in_(inside))
    return statement


def places_paired(session: Session, person_id: UUID) -> bool:
    """Is the person paired with any place today?"""
    found = select(Pairing.id).where(
        Pairing.person_id == person_id, Pairing.standing(clock.today())
    )
    return session.scalar(found.limit(1)) is not None


def teams_in(community_id: UUID) -> Select[UUID]:
    """The ids of the teams of a community."""
    return select(Team.id).where(Team.community_id == community_id)


def a_team_of(session: Session, community_id: UUID, person_id: UUID) -> UUID | None:
    """The team of a community that the person has been in longest."""
    return session.scalar(
        select(TeamMember.team_id)
        .where(
            TeamMember.person_id == person_id,
            TeamMember.standing(clock.today()),
            TeamMember.team_id.in_(teams_in(community_id)),
        )
        .order_by(TeamMember.from_date, TeamMember.id)
        .limit(1)
    )
