"""Every SELECT on teams, pairings and the persons of households; each starts from the actor.

Who sees a household: its committee; its main and backup person; whoever is paired with its
building or unit today. The property company never does, nor does the subdistrict.
"""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, aliased

from app.core import clock
from app.core.errors import NotFound
from app.identity.actor import Actor
from app.identity.models import Membership, Organisation
from app.identity.rules import OrganisationKind
from app.places.models import Household, Place
from app.places.rules import CareLevel
from app.teams.models import HouseholdAssignment, Pairing, Team, TeamMember

BATCH = 500
ABOVE = (OrganisationKind.SUBDISTRICT, OrganisationKind.DISTRICT)
Persons = tuple[UUID | None, UUID | None]


def standing(model: type[Pairing], day: date) -> ColumnElement[bool]:
    """Pairings that stand on this day."""
    return (model.since <= day) & or_(model.until.is_(None), model.until >= day)


def belonging(day: date) -> ColumnElement[bool]:
    """Memberships of teams that stand on this day."""
    until = TeamMember.until_date
    return (TeamMember.from_date <= day) & or_(until.is_(None), until >= day)


def visible_households(actor: Actor) -> Select[Household]:
    """The households that an actor may see, as a statement without order."""
    seen: ColumnElement[bool] = Household.community_id.in_(actor.committee_communities)
    if not actor.holds(OrganisationKind.PROPERTY):
        seen = or_(seen, *_mine(actor.id))
    return select(Household).where(seen)


def _mine(person_id: UUID) -> tuple[ColumnElement[bool], ...]:
    paired = select(Pairing.place_id).where(
        Pairing.person_id == person_id, standing(Pairing, clock.today())
    )
    assigned = select(HouseholdAssignment.household_id).where(
        or_(
            HouseholdAssignment.main_person_id == person_id,
            HouseholdAssignment.backup_person_id == person_id,
        )
    )
    return (
        Household.id.in_(assigned),
        Household.building_id.in_(paired),
        Household.unit_id.in_(paired),
    )


def household_visible(session: Session, actor: Actor, household_id: UUID) -> bool:
    """May this actor see this household?"""
    statement = visible_households(actor).where(Household.id == household_id)
    return session.scalar(statement) is not None


def household(session: Session, actor: Actor, household_id: UUID) -> Household:
    """A household that the actor may see. NotFound otherwise."""
    found = session.scalar(visible_households(actor).where(Household.id == household_id))
    if found is None:
        raise NotFound
    return found


def narrowed(statement: Select[Household], query: dict[str, object]) -> Select[Household]:
    """The filters of the household list, each only where it was asked for."""
    for name in ("building_id", "unit_id", "estate_id", "care_level", "grid_id"):
        if query.get(name) is not None:
            statement = statement.where(getattr(Household, name) == query[name])
    if query.get("without_person"):
        statement = statement.where(without_person())
    words = str(query.get("q") or "").split()
    for word in words[:4]:
        statement = statement.where(_matches(word))
    return statement


def without_person() -> ColumnElement[bool]:
    """The condition: nobody is the main person of this household."""
    held = select(HouseholdAssignment.household_id).where(
        HouseholdAssignment.main_person_id.is_not(None)
    )
    return Household.id.not_in(held)


def _matches(word: str) -> ColumnElement[bool]:
    named = select(Place.id).where(Place.name.contains(word, autoescape=True))
    return or_(
        Household.door.contains(word.upper(), autoescape=True),
        Household.contact_name.contains(word, autoescape=True),
        Household.estate_id.in_(named),
        Household.building_id.in_(named),
        Household.unit_id.in_(named),
    )


def persons_for(session: Session, household_ids: Iterable[UUID]) -> dict[UUID, Persons]:
    """The main and backup person of each household that has one."""
    found: dict[UUID, Persons] = {}
    for batch in _batches(household_ids):
        rows = session.execute(
            select(
                HouseholdAssignment.household_id,
                HouseholdAssignment.main_person_id,
                HouseholdAssignment.backup_person_id,
            ).where(HouseholdAssignment.household_id.in_(batch))
        )
        found |= {household_id: (main, backup) for household_id, main, backup in rows.tuples()}
    return found


def paired_with(session: Session, place_ids: Iterable[UUID]) -> dict[UUID, list[UUID]]:
    """The persons paired today with each of these buildings or units, longest first."""
    found: dict[UUID, list[UUID]] = {}
    for batch in _batches(place_ids):
        rows = session.execute(
            select(Pairing.place_id, Pairing.person_id)
            .where(Pairing.place_id.in_(batch), standing(Pairing, clock.today()))
            .order_by(Pairing.since, Pairing.id)
        )
        for place_id, person_id in rows.tuples():
            found.setdefault(place_id, []).append(person_id)
    return found


def visible_teams(actor: Actor) -> Select[Team]:
    """Teams of the actor's committee or subdistrict, and those the actor is in."""
    mine = select(TeamMember.team_id).where(
        TeamMember.person_id == actor.id, belonging(clock.today())
    )
    overseen = actor.committee_communities | actor.communities(*ABOVE)
    return select(Team).where(or_(Team.community_id.in_(overseen), Team.id.in_(mine)))


def team(session: Session, actor: Actor, team_id: UUID) -> Team:
    """A team the actor may see. NotFound otherwise."""
    found = session.scalar(visible_teams(actor).where(Team.id == team_id))
    if found is None:
        raise NotFound
    return found


def kept_team(session: Session, actor: Actor, team_id: UUID) -> Team:
    """A team that the actor's committee keeps. NotFound otherwise."""
    found = team(session, actor, team_id)
    if found.community_id not in actor.committee_communities:
        raise NotFound
    return found


def members_of(session: Session, team_ids: Iterable[UUID]) -> dict[UUID, list[TeamMember]]:
    """The members of today of each team, leaders first."""
    found: dict[UUID, list[TeamMember]] = {}
    for batch in _batches(team_ids):
        rows = session.scalars(
            select(TeamMember)
            .where(TeamMember.team_id.in_(batch), belonging(clock.today()))
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
            belonging(clock.today()),
        )
    )


def team_people(session: Session, community_id: UUID) -> frozenset[UUID]:
    """Everybody who is in any team of a community today."""
    rows = session.scalars(
        select(TeamMember.person_id)
        .join(Team, Team.id == TeamMember.team_id)
        .where(Team.community_id == community_id, belonging(clock.today()))
    )
    return frozenset(rows)


def people_of_property(session: Session, person_ids: Iterable[UUID]) -> frozenset[UUID]:
    """Which of these people hold a post of a property company today."""
    day = clock.today()
    found: set[UUID] = set()
    for batch in _batches(person_ids):
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


def households_held(session: Session, person_id: UUID, community_id: UUID) -> int:
    """How many households of a community have this person as main or backup."""
    return (
        session.scalar(
            select(func.count())
            .select_from(HouseholdAssignment)
            .join(Household, Household.id == HouseholdAssignment.household_id)
            .where(
                Household.community_id == community_id,
                or_(
                    HouseholdAssignment.main_person_id == person_id,
                    HouseholdAssignment.backup_person_id == person_id,
                ),
            )
        )
        or 0
    )


def visible_pairings(actor: Actor) -> Select[Pairing]:
    """Pairings of the committee's teams, and the actor's own; only those of today."""
    teams = select(Team.id).where(
        Team.community_id.in_(actor.committee_communities | actor.communities(*ABOVE))
    )
    return select(Pairing).where(
        standing(Pairing, clock.today()),
        or_(Pairing.team_id.in_(teams), Pairing.person_id == actor.id),
    )


def care_counts(session: Session, community_id: UUID) -> dict[CareLevel, int]:
    """How many households of a community are on each care level."""
    rows = session.execute(
        select(Household.care_level, func.count())
        .where(Household.community_id == community_id)
        .group_by(Household.care_level)
    )
    return dict(rows.tuples().all())


def with_places(
    statement: Select[Household],
) -> Select[Household, str, str, str]:
    """The same households with the names of their estate, building and unit."""
    estate, building, unit = aliased(Place), aliased(Place), aliased(Place)
    return (
        statement.join(estate, estate.id == Household.estate_id)
        .join(building, building.id == Household.building_id)
        .join(unit, unit.id == Household.unit_id)
        .add_columns(estate.name, building.name, unit.name)
    )


def _batches(ids: Iterable[UUID]) -> Iterable[list[UUID]]:
    listed = list(dict.fromkeys(ids))
    for start in range(0, len(listed), BATCH):
        yield listed[start : start + BATCH]
