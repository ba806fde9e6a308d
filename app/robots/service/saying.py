"""What a robot is to say: counted with the fact, joined for half a minute, said in turn.

Several workers may meet at one robot: whoever takes its turn (`busy_until`) counts and sends alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.core import clock, outbox
from app.core.events import publish
from app.core.upsert import Upsert
from app.notifications.rules.quiet import is_quiet, may_ring_at
from app.robots.events import RobotStopped
from app.robots.models import Robot, RobotNews, RobotUse
from app.robots.rules import (
    JOINED,
    About,
    Said,
    now_said,
    room_now,
    wait_for_room,
)

KIND = "robot"
TURN_LASTS = timedelta(seconds=60)
BUSY = timedelta(seconds=5)
COUNT = Upsert(
    RobotNews.__table__,
    lambda insert: insert.on_conflict_do_update(
        index_elements=["robot_id", "about"], set_={"count": RobotNews.count + 1}
    ),
)


def count(session: Session, robot_ids: Sequence[UUID], about: About) -> None:
    """One more for these robots to say: an emergency at once, the rest when it has been joined and
    the night is over."""
    if not robot_ids:
        return
    COUNT.run(session, [{"robot_id": one, "about": about.value, "count": 1} for one in robot_ids])
    pressing = about is About.EMERGENCY
    now = clock.local_now()
    due = now if pressing else may_ring_at(now + JOINED, at_any_hour=False)
    slot = int(due.timestamp() // JOINED.total_seconds())
    rows = {
        f"robot:{one}:{'e' if pressing else 'n'}:{slot}": {"robot_id": str(one)}
        for one in robot_ids
    }
    outbox.enqueue_all(session, KIND, rows, due)


def try_out(session: Session, robot_id: UUID) -> None:
    """A trial; twice in a minute is once."""
    minute = clock.now().strftime("%Y%m%d%H%M")
    payload = {"robot_id": str(robot_id), "trial": True}
    outbox.enqueue(session, KIND, payload, f"robot-trial:{robot_id}:{minute}")


def greet(session: Session, robot_ids: Sequence[UUID], day: datetime) -> None:
    """What the day begins with, at its hour."""
    rows = {
        f"robot-morning:{one}:{day.date()}": {"robot_id": str(one), "morning": str(day.date())}
        for one in robot_ids
    }
    outbox.enqueue_all(session, KIND, rows, day)


def forget(session: Session, robot_id: UUID) -> None:
    """What was not said is not said later."""
    session.execute(delete(RobotNews).where(RobotNews.robot_id == robot_id))


@dataclass(frozen=True)
class Turn:
    """What may be said now; or how long to wait."""

    counts: Mapping[About, int]
    wait: timedelta = timedelta(0)


def take_turn(session: Session, robot: Robot, *, news: bool) -> Turn:
    """Take the robot's turn and room for one message. With `news` that is done only where there
    is something to say; it is counted when nobody else can be about to say it."""
    now = clock.now()
    use = session.get(RobotUse, robot.id, with_for_update=True, populate_existing=True)
    if use is None or (use.busy_until is not None and use.busy_until > now):
        return Turn({}, BUSY)
    counts = _counts(session, robot) if news else {}
    if news and not counts:
        return Turn({})
    room = room_now(use.room, use.room_at, now)
    if wait := wait_for_room(room):
        return Turn({}, wait)
    use.room, use.room_at, use.busy_until = room - 1, now, now + TURN_LASTS
    return Turn(counts)


def _counts(session: Session, robot: Robot) -> dict[About, int]:
    said = now_said(robot.wants, quiet=is_quiet(clock.local_now()))
    rows = session.execute(
        select(RobotNews.about, RobotNews.count).where(
            RobotNews.robot_id == robot.id, RobotNews.about.in_([one.value for one in said])
        )
    )
    return {About(about): number for about, number in rows if number > 0}


def end_turn(session: Session, robot_id: UUID, counts: Mapping[About, int], said: Said) -> None:
    """Write down how it went; what was taken is said. A robot that is refused for good stops."""
    values: dict[str, object] = {"busy_until": None}
    if said.taken:
        values |= {"last_ok_at": clock.now(), "failed_at": None, "why": None}
        for about, number in counts.items():
            session.execute(
                update(RobotNews)
                .where(RobotNews.robot_id == robot_id, RobotNews.about == about.value)
                .values(count=RobotNews.count - number),
                execution_options={"synchronize_session": False},
            )
    else:
        values |= {"failed_at": clock.now(), "why": said.why}
    session.execute(
        update(RobotUse).where(RobotUse.robot_id == robot_id).values(values),
        execution_options={"synchronize_session": False},
    )
    robot = session.get(Robot, robot_id)
    if robot and robot.stopped_at is None and not said.taken and not said.again:
        robot.stopped_at = clock.now()
        fact = RobotStopped(
            subject_id=robot.id, actor_id=None, organisation_id=robot.organisation_id
        )
        publish(session, fact)
