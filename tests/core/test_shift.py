"""The lanes of one process: one at a time works in each, and who ends gives back what it had."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock, outbox
from app.core.outbox import QUICK, Job, OutboxRow, State
from app.core.worker import Shift

NOON = datetime(2026, 11, 24, 4, tzinfo=UTC)


class Door:
    """A handler that stays inside until it is let go."""

    def __init__(self) -> None:
        self.entered = threading.Event()
        self.may_go = threading.Event()
        self.inside = 0
        self.done: list[str] = []

    def __call__(self, job: Job) -> None:
        self.inside += 1
        assert self.inside == 1, "two at once in one lane"
        self.entered.set()
        self.may_go.wait(10)
        self.done.append(job.payload["name"])
        self.inside -= 1


@pytest.fixture
def door(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Door]:
    made = Door()
    monkeypatch.setitem(outbox.HANDLERS, "door", made)
    monkeypatch.setattr("app.core.duties.DUTIES", {})
    with clock.frozen(NOON):
        yield made
    made.may_go.set()


def put(session: Session, *names: str) -> None:
    for name in names:
        outbox.enqueue(session, "door", {"name": name}, name)
    session.commit()


def states(session: Session) -> list[tuple[State, int]]:
    session.rollback()
    rows = session.scalars(select(OutboxRow).where(OutboxRow.kind == "door")).all()
    found = sorted((row.state, row.attempts) for row in rows)
    session.rollback()
    return found


def test_a_hint_for_a_lane_that_is_taken_is_not_lost(session: Session, door: Door) -> None:
    shift = Shift(threading.Event())
    put(session, "first")
    working = threading.Thread(target=shift.drain, args=(QUICK,))
    working.start()
    assert door.entered.wait(5)
    put(session, "second")
    shift.drain(QUICK)  # comes back at once, as the lane is taken
    assert door.done == []
    door.may_go.set()
    working.join(10)
    assert door.done == ["first", "second"]


def test_who_ends_in_mid_batch_finishes_one_and_gives_the_others_back(
    session: Session, door: Door
) -> None:
    stop = threading.Event()
    shift = Shift(stop)
    put(session, "a", "b", "c")
    working = threading.Thread(target=shift.drain, args=(QUICK,))
    working.start()
    assert door.entered.wait(5)
    stop.set()
    door.may_go.set()
    working.join(10)
    shift.lanes[QUICK].leave()
    assert states(session) == [(State.DONE, 1), (State.WAITING, 0), (State.WAITING, 0)]
