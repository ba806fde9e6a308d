"""The refusals of this area."""

from app.core.errors import Refusal
from app.robots.rules import MOST_ROBOTS


class TooManyRobots(Refusal):
    status, code = 409, "robots_too_many"
    title = f"一家单位最多 {MOST_ROBOTS} 个，请先删掉不用的。"


class RobotKnown(Refusal):
    status, code = 409, "robot_known"
    title = "这个机器人已经加过了。"
