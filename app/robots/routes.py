"""The doors of this area: for committees, and the offices of property companies."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from app.core.http import Area, Call
from app.identity.guards import COMMITTEE, PROPERTY, any_of
from app.robots import queries
from app.robots.models import Robot
from app.robots.rules import KIND_NAMES
from app.robots.schemas import NewRobotSchema, RobotSchema, RobotsSchema, WantsSchema
from app.robots.service import keeping

KEEPERS = any_of(COMMITTEE, PROPERTY)

area = Area("robots", url_prefix="/robots", title="群机器人")


def _organisations(call: Call) -> dict[UUID, dict[str, Any]]:
    return {
        post.organisation_id: {"id": post.organisation_id, "name": post.organisation_name}
        for post in queries.posts_with_robots(call.actor)
    }


def _present(call: Call, robots: Sequence[Robot]) -> list[dict[str, Any]]:
    uses = queries.uses(call.session, [robot.id for robot in robots])
    names = _organisations(call)
    return [
        {
            "id": robot.id,
            "organisation": names[robot.organisation_id],
            "kind": robot.kind,
            "kind_name": KIND_NAMES[robot.kind],
            "name": robot.name,
            "token_masked": f"***{robot.token[-4:]}",
            "signed": robot.secret is not None,
            "wants": robot.wants,
            "created_at": robot.created_at,
            "stopped_at": robot.stopped_at,
            "last_ok_at": uses[robot.id].last_ok_at,
            "failed_at": uses[robot.id].failed_at,
            "why": uses[robot.id].why,
        }
        for robot in robots
    ]


@area.get("", guard=KEEPERS, answer=RobotsSchema, summary="The group robots of one's organisations")
def list_robots(call: Call) -> object:
    found = call.session.scalars(queries.kept(call.actor).order_by(Robot.id)).all()
    return {"items": _present(call, found), "organisations": list(_organisations(call).values())}


@area.post(
    "",
    guard=KEEPERS,
    body=NewRobotSchema,
    answer=RobotSchema,
    status=201,
    summary="Name the robot of a group",
)
def add_robot(call: Call) -> object:
    return _present(call, [keeping.add(call.session, call.actor, **call.body)])[0]


@area.put(
    "/<uuid:robot_id>/wants",
    guard=KEEPERS,
    body=WantsSchema,
    answer=RobotSchema,
    summary="Choose what it says",
)
def choose(call: Call, robot_id: UUID) -> object:
    robot = keeping.choose(call.session, call.actor, robot_id, call.body["wants"])
    return _present(call, [robot])[0]


@area.post("/<uuid:robot_id>/test", guard=KEEPERS, status=204, summary="Say something as a trial")
def try_robot(call: Call, robot_id: UUID) -> None:
    keeping.try_out(call.session, call.actor, robot_id)


@area.post("/<uuid:robot_id>/stop", guard=KEEPERS, answer=RobotSchema, summary="Say nothing more")
def stop_robot(call: Call, robot_id: UUID) -> object:
    return _present(call, [keeping.stop(call.session, call.actor, robot_id)])[0]


@area.post("/<uuid:robot_id>/resume", guard=KEEPERS, answer=RobotSchema, summary="Speak again")
def resume_robot(call: Call, robot_id: UUID) -> object:
    return _present(call, [keeping.resume(call.session, call.actor, robot_id)])[0]


@area.delete("/<uuid:robot_id>", guard=KEEPERS, status=204, summary="Forget a robot")
def remove_robot(call: Call, robot_id: UUID) -> None:
    keeping.remove(call.session, call.actor, robot_id)
