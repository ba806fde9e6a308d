"""Who cannot be rung, among those whom the actor works with. Starts from the actor, as all."""

from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.sql.selectable import ScalarSelect, Subquery

from app.channels.models import OwnChannel
from app.channels.rules import State
from app.core import clock
from app.identity import queries as posts
from app.identity.actor import Actor
from app.identity.models import Device, Membership, Organisation, Person
from app.identity.place_scope import Place
from app.notifications.models import PushSubscription
from app.teams.models import Team, TeamMember


def unreachable(actor: Actor) -> Select[*tuple[Any, ...]]:
    """People without a way that works: none set up, or each of them failed when last used. The
    committee sees who works in its communities, a leader who is in the team."""
    devices = _ways(
        PushSubscription.person_id,
        PushSubscription.failed_at.is_(None),
        or_(PushSubscription.device_id.is_(None), Device.ended_at.is_(None)),
    )
    channels = _ways(OwnChannel.person_id, OwnChannel.state == State.READY)
    working = func.coalesce(devices.c.working, 0) + func.coalesce(channels.c.working, 0)
    return (
        select(
            Person.id,
            Person.name,
            _office().label("organisation_name"),
            func.coalesce(devices.c.number, 0).label("devices"),
            func.coalesce(channels.c.number, 0).label("channels"),
        )
        .outerjoin(devices, devices.c.person_id == Person.id)
        .outerjoin(channels, channels.c.person_id == Person.id)
        .where(_worked_with(actor), Person.guest.is_(False), Person.id != actor.id, working == 0)
    )


def _office() -> ScalarSelect[str]:
    """One organisation of a person: many share a name."""
    return (
        select(func.min(Organisation.name))
        .join(Membership, Membership.organisation_id == Organisation.id)
        .where(Membership.person_id == Person.id, posts.current())
        .scalar_subquery()
    )


def _ways(
    owner: Any, works: ColumnElement[bool], here: ColumnElement[bool] | None = None
) -> Subquery:
    """How many ways of a kind each person has, and how many of them work."""
    counted = select(
        owner.label("person_id"),
        func.count().label("number"),
        func.sum(case((works, 1), else_=0)).label("working"),
    )
    if here is not None:
        counted = counted.outerjoin(Device, Device.id == PushSubscription.device_id).where(here)
    return counted.group_by(owner).subquery()


def _worked_with(actor: Actor) -> ColumnElement[bool]:
    """Who is in a team that the actor leads, or of the committee's communities; and who holds a
    post in an office there. Only with a post of today."""
    today = clock.today()
    own = actor.committee_communities
    led = select(TeamMember.team_id).where(
        TeamMember.person_id == actor.id, TeamMember.leader, TeamMember.standing(today)
    )
    in_teams = (
        select(TeamMember.person_id)
        .join(Team, Team.id == TeamMember.team_id)
        .where(TeamMember.standing(today), or_(Team.community_id.in_(own), Team.id.in_(led)))
    )
    in_office = (
        select(Membership.person_id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .join(Place, Place.id == Organisation.place_id)
        .where(posts.current(today), or_(Place.id.in_(own), Place.community_id.in_(own)))
    )
    with_a_post = select(Membership.person_id).where(posts.current(today))
    return or_(Person.id.in_(in_teams), Person.id.in_(in_office)) & Person.id.in_(with_a_post)
