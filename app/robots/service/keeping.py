"""An organisation names its robots, chooses what they say, tries, stops and removes them."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy.orm import Session

from app.channels.rules import Fault
from app.core import clock
from app.core.errors import Invalid, NotFound
from app.core.events import publish
from app.core.keys import keys
from app.identity.actor import Actor
from app.robots import queries
from app.robots.events import (
    RobotAdded,
    RobotChanged,
    RobotEvent,
    RobotRemoved,
    RobotResumed,
    RobotStopped,
    RobotTried,
)
from app.robots.models import Robot, RobotUse
from app.robots.refusals import RobotKnown, TooManyRobots
from app.robots.rules import MOST_ROBOTS, About, Kind, token_of
from app.robots.service import saying


def add(  # noqa: PLR0913 - what a form asks
    session: Session,
    actor: Actor,
    *,
    organisation_id: UUID,
    name: str,
    url: str,
    secret: str,
    wants: Collection[About],
) -> Robot:
    """Name the robot of a group. NotFound for another's organisation, Invalid, RobotKnown,
    TooManyRobots."""
    posts = queries.posts_with_robots(actor)
    post = next((one for one in posts if one.organisation_id == organisation_id), None)
    if post is None:
        raise NotFound
    kind, token = _read(url)
    if queries.how_many(session, organisation_id) >= MOST_ROBOTS:
        raise TooManyRobots
    blind = keys().blind(f"robot:{kind}:{token}")
    if queries.is_known(session, blind):
        raise RobotKnown
    robot = Robot(
        place_id=post.place_id,
        organisation_id=organisation_id,
        kind=kind,
        name=name,
        token=token,
        token_blind=blind,
        secret=secret.strip() or None,
        wants=_sorted(wants),
        created_by=actor.id,
    )
    session.add(robot)
    session.flush()
    session.add(RobotUse(robot_id=robot.id))
    _publish(session, actor, robot, RobotAdded)
    return robot


def _read(url: str) -> tuple[Kind, str]:
    try:
        return token_of(url)
    except Fault as fault:
        raise Invalid(errors={"url": [fault.sentence]}) from fault


def choose(session: Session, actor: Actor, robot_id: UUID, wants: Collection[About]) -> Robot:
    """What it says from now on. NotFound."""
    robot = queries.one_kept(session, actor, robot_id)
    robot.wants = _sorted(wants)
    _publish(session, actor, robot, RobotChanged)
    return robot


def try_out(session: Session, actor: Actor, robot_id: UUID) -> None:
    """Say something that means nothing, once a minute at most. NotFound."""
    robot = queries.one_kept(session, actor, robot_id)
    _publish(session, actor, robot, RobotTried)
    saying.try_out(session, robot.id)


def stop(session: Session, actor: Actor, robot_id: UUID) -> Robot:
    """Say nothing until somebody resumes it. NotFound."""
    robot = queries.one_kept(session, actor, robot_id)
    if robot.stopped_at is None:
        robot.stopped_at = clock.now()
        _publish(session, actor, robot, RobotStopped)
    return robot


def resume(session: Session, actor: Actor, robot_id: UUID) -> Robot:
    """Speak again. What was missed stays missed. NotFound."""
    robot = queries.one_kept(session, actor, robot_id)
    if robot.stopped_at is not None:
        robot.stopped_at = None
        use = session.get_one(RobotUse, robot.id)
        use.failed_at = use.why = None
        saying.forget(session, robot.id)
        _publish(session, actor, robot, RobotResumed)
    return robot


def remove(session: Session, actor: Actor, robot_id: UUID) -> None:
    """Forget a robot. NotFound."""
    robot = queries.one_kept(session, actor, robot_id)
    _publish(session, actor, robot, RobotRemoved)
    session.delete(robot)


def _sorted(wants: Collection[About]) -> list[str]:
    return [about.value for about in About if about in wants]


def _publish(session: Session, actor: Actor, robot: Robot, fact: type[RobotEvent]) -> None:
    event = fact(subject_id=robot.id, actor_id=actor.id, organisation_id=robot.organisation_id)
    publish(session, event)
