"""Who is called: the members of a team, of the teams of an estate, or of a whole community; and who
is on duty for the property companies there."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from app.calls.models import CalledPerson
from app.calls.queries.visible import led_communities
from app.core import clock
from app.core.errors import NotFound
from app.identity import posts
from app.identity import queries as identity
from app.identity.actor import Actor
from app.identity.models import Membership
from app.identity.rules import OrganisationKind, PlaceKind, Role
from app.places.models import Household, Place
from app.teams.models import Pairing, Team, TeamMember
from app.tickets import routing
from app.visits.models import Visit


@dataclass(frozen=True)
class Target:
    """Whom a call is for: everybody at a place, or one team, whose place that is."""

    place: Place
    community_id: UUID
    team: Team | None


@dataclass(frozen=True)
class Reach:
    """Everybody who would be called: members of teams, and by person the company for which
    somebody is on duty."""

    members: frozenset[UUID]
    duty: Mapping[UUID, UUID]

    @property
    def people(self) -> frozenset[UUID]:
        return self.members | self.duty.keys()


def target(session: Session, actor: Actor, place_id: UUID, team_id: UUID | None) -> Target:
    """The place (and team) that an actor may call. NotFound otherwise."""
    team = session.get(Team, team_id) if team_id else None
    place = session.get(Place, team.place_id if team else place_id)
    if place is None or (team_id and team is None):
        raise NotFound
    kinds = (PlaceKind.COMMUNITY, PlaceKind.ESTATE)
    community_id = place.community_id
    if place.kind not in kinds or community_id not in led_communities(actor):
        raise NotFound
    return Target(place, community_id, team)


def of(session: Session, wanted: Target) -> Reach:
    """Everybody whom a call reaches now."""
    members = frozenset(session.scalars(_members(wanted)))
    return Reach(members, {} if wanted.team else _on_duty(session, wanted.place))


def _members(wanted: Target) -> Select[UUID]:
    """A team, or all teams there: of an estate its own, and whoever of the community's teams is
    paired with a building of it."""
    day = clock.today()
    standing = (
        select(TeamMember.person_id)
        .join(Team, Team.id == TeamMember.team_id)
        .where(
            Team.community_id == wanted.community_id,
            TeamMember.standing(day),
            TeamMember.person_id.in_(select(Membership.person_id).where(identity.current(day))),
        )
    )
    if wanted.team:
        return standing.where(Team.id == wanted.team.id)
    if wanted.place.kind is PlaceKind.COMMUNITY:
        return standing
    paired = select(Pairing.person_id).where(
        Pairing.standing(day),
        Pairing.place_id.in_(select(Place.id).where(Place.estate_id == wanted.place.id)),
    )
    return standing.where(or_(Team.place_id == wanted.place.id, TeamMember.person_id.in_(paired)))


def _on_duty(session: Session, place: Place) -> dict[UUID, UUID]:
    """Who is on duty now for each property company there; where it keeps no list, its heads, or
    everybody where it has none."""
    found: dict[UUID, UUID] = {}
    serving = posts.staff_serving(session, place.id, OrganisationKind.PROPERTY)
    for organisation_id, staff in serving.items():
        heads = tuple(who for who, role in staff if role is not Role.MEMBER)
        listed = routing.duty_list(organisation_id) is not None
        everybody = tuple(who for who, _ in staff)
        for person_id in routing.on_duty(organisation_id) if listed else heads or everybody:
            found.setdefault(person_id, organisation_id)
    return found


def put_off(wanted: Target) -> ColumnElement[bool]:
    """The condition: a regular visit is of this call: by its door, or for one team by who goes."""
    if wanted.team:
        theirs = select(TeamMember.person_id).where(
            TeamMember.team_id == wanted.team.id, TeamMember.standing(clock.today())
        )
        return (Visit.community_id == wanted.community_id) & Visit.person_id.in_(theirs)
    if wanted.place.kind is PlaceKind.COMMUNITY:
        return Visit.community_id == wanted.community_id
    return Household.estate_id == wanted.place.id


def people_of(session: Session, call_id: UUID, seat: object = None) -> list[UUID]:
    """Who was called, in one seat or all."""
    found = select(CalledPerson.person_id).where(CalledPerson.call_id == call_id)
    found = found if seat is None else found.where(CalledPerson.seat == seat)
    return list(session.scalars(found.order_by(CalledPerson.person_id)))
