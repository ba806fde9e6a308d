"""Every SELECT of this area. What a person asks for starts from the organisations they act for."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import Session

from app.core import clock, known
from app.core.errors import NotFound
from app.identity.actor import COMMITTEE_KINDS, Actor, Post
from app.identity.rules import OrganisationKind, Role
from app.robots.models import Robot, RobotUse
from app.tickets.models import Ticket
from app.tickets.rules import OVER

KNOWN = "robots"
known.follows(KNOWN, Robot)


class Listening(NamedTuple):
    """A robot at work: whose it is, and what it says."""

    id: UUID
    place_id: UUID
    organisation_id: UUID
    wants: Sequence[str]


@known.loads(KNOWN)
def _load(session: Session) -> list[Listening]:
    """All at work: every report asks for them, and they are few."""
    at_work = select(Robot.id, Robot.place_id, Robot.organisation_id, Robot.wants)
    rows = session.execute(at_work.where(Robot.stopped_at.is_(None)).order_by(Robot.id))
    return [Listening(*row) for row in rows]


def listening(session: Session) -> Sequence[Listening]:
    """The robots at work."""
    found: list[Listening] = _load(session) if known.changes_now(session) else known.get(KNOWN)
    return found


def posts_with_robots(actor: Actor) -> list[Post]:
    """The posts by which the actor keeps robots: of a committee, or of a property's office."""
    return [
        post
        for post in actor.posts
        if post.kind in COMMITTEE_KINDS
        or (post.kind is OrganisationKind.PROPERTY and post.role is not Role.MEMBER)
    ]


def kept(actor: Actor) -> Select[Robot]:
    """The robots that the actor may change."""
    mine = {post.organisation_id for post in posts_with_robots(actor)}
    return select(Robot).where(Robot.organisation_id.in_(mine))


def one_kept(session: Session, actor: Actor, robot_id: UUID) -> Robot:
    """One robot that the actor may change. NotFound otherwise."""
    found = session.scalar(kept(actor).where(Robot.id == robot_id))
    if found is None:
        raise NotFound
    return found


def how_many(session: Session, organisation_id: UUID) -> int:
    """How many robots an organisation has."""
    counted = select(func.count()).where(Robot.organisation_id == organisation_id)
    return session.scalar(counted) or 0


def is_known(session: Session, token_blind: str) -> bool:
    """Whether anybody has this robot already: two would say everything twice."""
    return session.scalar(select(Robot.id).where(Robot.token_blind == token_blind)) is not None


def uses(session: Session, robot_ids: Sequence[UUID]) -> dict[UUID, RobotUse]:
    """How the messages of these robots went."""
    found = session.scalars(select(RobotUse).where(RobotUse.robot_id.in_(robot_ids)))
    return {use.robot_id: use for use in found}


def in_hand(session: Session, robot: Robot, *, committee: bool) -> tuple[int, int]:
    """How many tickets are open for the organisation of a robot, and how many of these late."""
    own: ColumnElement[bool] = (
        Ticket.community_id == robot.place_id
        if committee
        else Ticket.lead_org_id == robot.organisation_id
    )
    late = func.count(case((Ticket.due_at <= clock.now(), 1)))
    counted = select(func.count(), late).where(own, Ticket.status.not_in(OVER))
    open_, over_time = session.execute(counted).one()
    return open_, over_time
