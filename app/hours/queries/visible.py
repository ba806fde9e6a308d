"""Who sees which hours. A person their own; a leader those of the team to confirm; the committee
what nobody else may confirm, and the ledger. Nobody sees people beside each other by hours.
"""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, false, or_, select
from sqlalchemy.orm import Session, aliased

from app.core import clock
from app.core.errors import NotFound
from app.hours.models import ServiceHours, ServicePart
from app.hours.rules import HoursState
from app.hours.rules.states import Seat, seats_of
from app.identity.actor import Actor
from app.identity.models import Membership, Organisation
from app.identity.queries import current
from app.identity.rules import OrganisationKind
from app.teams.models import Team, TeamMember


def mine(actor: Actor) -> Select[ServiceHours]:
    """The actor's own hours."""
    return select(ServiceHours).where(ServiceHours.person_id == actor.id)


def confirms(actor: Actor) -> ColumnElement[bool]:
    """The hours that the actor confirms: of the teams they lead, and for the committee those of
    leaders and of teams that nobody leads. Never their own. Whoever works for a property company
    confirms none: a visit's hours say when somebody was where."""
    led = select(TeamMember.team_id).where(
        TeamMember.person_id == actor.id, TeamMember.leader, TeamMember.standing(clock.today())
    )
    as_leader = (
        false()
        if actor.holds(OrganisationKind.PROPERTY)
        else and_(ServiceHours.team_id.in_(led), ~_led_by_owner())
    )
    as_committee = and_(
        ServiceHours.community_id.in_(actor.committee_communities),
        or_(_led_by_owner(), ~_has_a_leader()),
    )
    return and_(ServiceHours.person_id != actor.id, or_(as_leader, as_committee))


def _led_by_owner() -> ColumnElement[bool]:
    """Whose hours they are leads that team."""
    return exists().where(
        TeamMember.team_id == ServiceHours.team_id,
        TeamMember.person_id == ServiceHours.person_id,
        TeamMember.leader,
        TeamMember.standing(clock.today()),
    )


def _has_a_leader() -> ColumnElement[bool]:
    """Somebody leads that team who can sign in and works for no property company."""
    post, employer = aliased(Membership), aliased(Organisation)
    day = clock.today()
    of_property = (
        exists()
        .where(
            post.person_id == TeamMember.person_id,
            post.from_date <= day,
            or_(post.until_date.is_(None), post.until_date >= day),
            employer.id == post.organisation_id,
            employer.kind == OrganisationKind.PROPERTY,
        )
        .correlate(TeamMember)
    )
    return exists().where(
        TeamMember.team_id == ServiceHours.team_id,
        TeamMember.leader,
        TeamMember.standing(day),
        TeamMember.person_id.in_(select(Membership.person_id).where(current(day))),
        ~of_property,
    )


def to_confirm(actor: Actor) -> Select[ServiceHours]:
    """What waits for the actor's word."""
    return select(ServiceHours).where(ServiceHours.state == HoursState.WAITING, confirms(actor))


def ledger(actor: Actor) -> Select[ServiceHours]:
    """Every record of the committee's communities, one by one."""
    return select(ServiceHours).where(ServiceHours.community_id.in_(actor.committee_communities))


def narrowed(statement: Select[ServiceHours], query: dict[str, Any]) -> Select[ServiceHours]:
    """The filters of the ledger, each only where it was asked for."""
    if query["state"] is not None:
        statement = statement.where(ServiceHours.state == query["state"])
    if query["first"] is not None:
        statement = statement.where(ServiceHours.on >= query["first"])
    if query["last"] is not None:
        statement = statement.where(ServiceHours.on <= query["last"])
    if query["person_id"] is not None:
        statement = statement.where(ServiceHours.person_id == query["person_id"])
    return statement


def get(session: Session, actor: Actor, hours_id: UUID, *, lock: bool = False) -> ServiceHours:
    """One record that the actor may open. NotFound otherwise. `lock`: whoever else writes waits."""
    kept = ServiceHours.community_id.in_(actor.committee_communities)
    wanted = select(ServiceHours).where(
        ServiceHours.id == hours_id,
        or_(ServiceHours.person_id == actor.id, confirms(actor), kept),
    )
    found = session.scalar(wanted.with_for_update(of=ServiceHours) if lock else wanted)
    if found is None:
        raise NotFound
    return found


def seats(
    session: Session, actor: Actor, rows: Collection[ServiceHours]
) -> dict[UUID, frozenset[Seat]]:
    """How the actor is placed towards each of these records."""
    ids = [row.id for row in rows]
    confirmed = set(
        session.scalars(select(ServiceHours.id).where(ServiceHours.id.in_(ids), confirms(actor)))
    )
    return {
        row.id: seats_of(
            own=row.person_id == actor.id,
            confirmer=row.id in confirmed,
            keeper=row.community_id in actor.committee_communities,
        )
        for row in rows
    }


def parts_of(session: Session, hours_ids: Collection[UUID]) -> dict[UUID, list[int]]:
    """The minutes of each visit or patrol that these records were counted from."""
    found: dict[UUID, list[int]] = {one: [] for one in hours_ids}
    rows = session.execute(
        select(ServicePart.hours_id, ServicePart.minutes).where(ServicePart.hours_id.in_(found))
    )
    for hours_id, minutes in rows:
        found[hours_id].append(minutes)
    return found


def leads(session: Session, actor: Actor) -> bool:
    """Whether the actor leads a team whose hours they confirm."""
    if actor.holds(OrganisationKind.PROPERTY):
        return False
    led = select(TeamMember.id).where(
        TeamMember.person_id == actor.id, TeamMember.leader, TeamMember.standing(clock.today())
    )
    return session.scalar(led.limit(1)) is not None


def teams_named(session: Session, ids: Collection[UUID]) -> dict[UUID, str]:
    """The names of teams."""
    return {team.id: team.name for team in session.scalars(select(Team).where(Team.id.in_(ids)))}
