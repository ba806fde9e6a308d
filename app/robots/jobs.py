"""What the worker does for this area: say what has come together, and the day's first count.

It has a lane of its own, so that nobody waits for a robot.
"""

import json
from datetime import date, datetime
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy.orm import Session

from app.core import carrying, clock, duties, outbox, outgoing
from app.core.db import transaction
from app.core.edge import JSON, encode
from app.core.outgoing import Policy
from app.identity.actor import COMMITTEE_KINDS
from app.identity.models import Organisation
from app.notifications.rules.quiet import QUIET_UNTIL
from app.robots import queries
from app.robots.models import Robot
from app.robots.rules import (
    ORIGINS,
    PAUSES,
    About,
    Request,
    Said,
    heard,
    morning,
    request,
    trial,
    words,
)
from app.robots.service import saying
from app.robots.service.saying import Turn

THREADS = 8
MOST_TRIES = 8
DESK = "/app/tickets"


@carrying.in_threads(saying.KIND, THREADS)
def say(job: outbox.Job) -> None:
    """Say one thing; nothing if the robot was stopped or has nothing to say."""
    with transaction() as session:
        robot = session.get(Robot, UUID(job.payload["robot_id"]))
        if robot is None or (robot.stopped_at and "trial" not in job.payload):
            return
        text, turn = _message(session, robot, job.payload)
        robot_id, kind = robot.id, robot.kind
        out = _request(robot, text) if text else None
    if turn.wait:
        raise outbox.PutOff("not its turn", turn.wait)
    if out is None:
        return
    said = _hand_over(out, kind)
    with transaction() as session:
        saying.end_turn(session, robot_id, turn.counts, said)
    if not said.taken:
        again = said.again and job.attempts < MOST_TRIES
        raise outbox.Retry(said.why, PAUSES) if again else outbox.GiveUp(said.why)


def _message(session: Session, robot: Robot, payload: dict[str, Any]) -> tuple[str | None, Turn]:
    """What to say, with the turn to say it; None where there is nothing or it is not one's turn."""
    link = str(current_app.config["PUBLIC_URL"]).rstrip("/") + DESK
    if "trial" in payload:
        turn = saying.take_turn(session, robot, news=False)
        return (None if turn.wait else trial(link)), turn
    if "morning" in payload:
        return _greeting(session, robot, payload["morning"], link)
    turn = saying.take_turn(session, robot, news=True)
    return words(turn.counts, link), turn


def _greeting(session: Session, robot: Robot, day: str, link: str) -> tuple[str | None, Turn]:
    """The count of the morning, on its own day only."""
    if About.MORNING not in robot.wants or day != clock.today().isoformat():
        return None, Turn({})
    kind = session.get_one(Organisation, robot.organisation_id).kind
    open_, late = queries.in_hand(session, robot, committee=kind in COMMITTEE_KINDS)
    text = morning(open_, late, link)
    if text is None:
        return None, Turn({})
    turn = saying.take_turn(session, robot, news=False)
    return (None if turn.wait else text), turn


def _request(robot: Robot, text: str) -> Request:
    origin = current_app.config["ROBOT_ORIGINS"].get(robot.kind, ORIGINS[robot.kind])
    seconds = int(clock.now().timestamp())
    return request(robot.kind, origin, robot.token, robot.secret, text, seconds)


def _hand_over(out: Request, kind: Any) -> Said:
    policy = Policy(
        allow_private=bool(current_app.config["ROBOT_ORIGINS"]),
        ca_file=current_app.config["ROBOT_CA_FILE"],
    )
    try:
        status, raw = outgoing.ask(out.url, encode(out.body), {"Content-Type": JSON}, policy=policy)
    except outgoing.Unreached as unreached:
        return Said(False, "连不上对方", again=not unreached.final)
    try:
        answer = json.loads(raw)
    except ValueError:
        answer = None
    return heard(kind, status, answer if isinstance(answer, dict) else {})


@duties.daily("robots.morning")
def good_morning(session: Session, day: date) -> None:
    """Plan the count of the morning."""
    at = datetime.combine(day, QUIET_UNTIL, clock.LOCAL)
    robots = [one.id for one in queries.listening(session) if About.MORNING in one.wants]
    saying.greet(session, robots, at)
