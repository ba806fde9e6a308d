"""Hints leave after the commit, never hold anybody up, and are no loss when they are lost."""

import threading
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.core import clock, hints, outbox
from app.core.db import transaction
from app.core.hints import Teller
from tests.push_receiver.server import wait_for

HANGS_SECONDS = 10


class Broker:
    """Keeps what it is sent; away or slow when it is told to be."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.tried = 0
        self.away = False
        self.open = threading.Event()
        self.open.set()

    def send(self, lane: str) -> None:
        self.tried += 1
        self.open.wait(HANGS_SECONDS)
        if self.away:
            raise OSError("nobody there")
        self.heard.append(lane)


@pytest.fixture
def broker(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Broker]:
    """The application tells this one."""
    made = Broker()
    monkeypatch.setattr(hints, "REST_SECONDS", 0.1)
    monkeypatch.setitem(app.extensions, hints.EXTENSION, Teller(made.send))
    yield made
    made.open.set()


def test_one_hint_for_each_lane_leaves_after_the_commit(app: Flask, broker: Broker) -> None:
    with transaction() as session:
        outbox.enqueue_all(session, "push", {"a": {}, "b": {}})
        outbox.enqueue(session, "duty", {}, "c")
        outbox.enqueue(session, "job", {}, "d")
        with session.begin_nested():
            outbox.enqueue(session, "webhook", {}, "e")
        time.sleep(0.1)
        assert broker.tried == 0, "a worker would look before the row is there"
    assert wait_for(lambda: len(broker.heard) == 3)
    time.sleep(0.1)
    assert sorted(broker.heard) == ["push", "quick", "slow"]


def test_no_hint_of_what_was_rolled_back_or_is_due_later(app: Flask, broker: Broker) -> None:
    with transaction() as session:
        outbox.enqueue(session, "push", {}, "later", clock.now().replace(year=2100))
    with suppress(ZeroDivisionError), transaction() as session:
        outbox.enqueue(session, "push", {}, "refused")
        1 / 0  # noqa: B018
    time.sleep(0.1)
    assert broker.tried == 0


def test_nobody_waits_for_a_broker_that_hangs(app: Flask, broker: Broker) -> None:
    broker.open.clear()
    begun = time.monotonic()
    for number in range(5):
        with transaction() as session:
            outbox.enqueue(session, "push", {}, f"{number}")
        assert wait_for(lambda: broker.tried == 1)
    assert time.monotonic() - begun < HANGS_SECONDS
    broker.open.set()
    assert wait_for(lambda: broker.heard == ["push", "push"])  # what came meanwhile is one hint


def test_a_broker_that_is_away_is_not_asked_all_the_time_and_is_found_again(
    app: Flask, broker: Broker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hints, "REST_SECONDS", 0.5)
    broker.away = True
    for number in range(5):
        with transaction() as session:
            outbox.enqueue(session, "push", {}, f"{number}")
        time.sleep(0.05)
    assert broker.tried == 1
    broker.away = False
    with transaction() as session:
        outbox.enqueue(session, "push", {}, "again")
    assert wait_for(lambda: broker.heard == ["push"])


def test_by_default_there_is_nobody_to_tell(app: Flask, session: Session) -> None:
    assert app.extensions[hints.EXTENSION] is None
    outbox.enqueue(session, "push", {}, "a")
    assert hints.NOTED not in session.info
    session.rollback()
