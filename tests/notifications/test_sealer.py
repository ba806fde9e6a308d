"""The process beside a worker that encrypts: it does, and nothing hangs on it."""

import json
import os
import signal
import time
from collections.abc import Iterator
from typing import Any

import pytest

from app.core.sealing import sealed
from app.notifications import sealer
from app.notifications.rules.addresses import Target
from app.notifications.rules.retrying import Verdict
from app.notifications.sealer import TOGETHER, Desk, Sealer
from tests.notifications.sending import MESSAGE, OneByOne, sending, target
from tests.push_receiver.keys import BrowserKeys
from tests.push_receiver.message import opened
from tests.push_receiver.server import PushReceiver, wait_for

MANY = 3 * TOGETHER + 1


@pytest.fixture
def sender(monkeypatch: pytest.MonkeyPatch) -> Iterator[OneByOne]:
    """That of a worker on a machine of two cores."""
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    with sending() as made:
        made.enter()
        assert wait_for(lambda: made.turn(0.1) == [] and is_awake(made._desk), 60)
        yield made


def is_awake(desk: Desk[Any]) -> bool:
    return desk._sealer is not None and desk._sealer.awake


def process_of(desk: Desk[Any]) -> int:
    assert desk._sealer is not None
    return desk._sealer._process.pid


def by_itself(*_letter: object) -> bytes:
    raise RuntimeError("the worker was not to encrypt")


def test_the_worker_encrypts_nothing_of_many(
    sender: OneByOne, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.notifications.sender.sealed", by_itself)
    with PushReceiver() as receiver:
        browsers = [receiver.browser() for _ in range(MANY)]
        for number, browser in enumerate(browsers):
            sender.begin(number, target(browser), MESSAGE)
        bad = Target(browsers[0].endpoint, "not a key", "not a secret")
        sender.begin("bad", bad, MESSAGE)
        outcomes = sender.outcomes(MANY + 1)
    assert outcomes.pop("bad").reason.startswith("unusable: ")
    assert {one.verdict for one in outcomes.values()} == {Verdict.TAKEN}
    assert all(
        [json.loads(got.plain) for got in each.got] == [MESSAGE.payload] for each in browsers
    )


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSTOP])
def test_what_it_does_not_give_back_the_worker_encrypts(
    sender: OneByOne, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    monkeypatch.setattr(sealer, "SECONDS", 0.5)
    os.kill(process_of(sender._desk), number)
    with PushReceiver() as receiver:
        browsers = [receiver.browser() for _ in range(MANY)]
        for key, browser in enumerate(browsers):
            sender.begin(key, target(browser), MESSAGE)
        outcomes = sender.outcomes(MANY)
        assert {one.verdict for one in outcomes.values()} == {Verdict.TAKEN}
        assert [len(each.got) for each in browsers] == [1] * MANY
    assert sender._desk.line is None, "no other one is tried at once"
    sender._desk._since -= sealer.REST_SECONDS
    sender.turn(0)
    assert process_of(sender._desk)


def test_who_leaves_gets_back_what_was_not_ready(sender: OneByOne) -> None:
    os.kill(process_of(sender._desk), signal.SIGSTOP)
    nobody = Target("https://push.example.test/1", "", "")
    for key in range(MANY):
        sender.begin(key, nobody, MESSAGE)
    assert sender.turn(0) == []
    sender.leave()
    outcomes = sender.outcomes(MANY)
    assert {(one.verdict, one.tried) for one in outcomes.values()} == {(Verdict.LATER, False)}
    assert sender._desk.line is None


def test_on_one_core_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    with sending() as sender:
        sender.enter()
        assert sender._desk.line is None


def test_it_ends_with_its_worker_and_not_sooner() -> None:
    made: Sealer[int] = Sealer()
    browser = BrowserKeys()
    keys = browser.as_json()
    letter = keys["p256dh"], keys["auth"], b"x" * 3000
    bodies: dict[int, bytes] = {}
    last = time.monotonic() + 60
    assert wait_for(lambda: made.taken() == [] and made.awake, 60)
    for start in (0, 100):
        made.give([(number, letter) for number in range(start, start + 100)])
        while len(bodies) < start + 100 and time.monotonic() < last:
            bodies |= {number: one for number, one in made.taken() if isinstance(one, bytes)}
        made._process.send_signal(signal.SIGTERM)
    assert [*bodies] == [*range(200)]
    assert {opened(body, browser) for body in bodies.values()} == {letter[2]}
    assert len({body[21:86] for body in bodies.values()}) == 200, "each has a fresh key"
    made.line.close()
    assert made._process.wait(20) == 0


def test_alone_it_is_the_same() -> None:
    browser = BrowserKeys()
    keys = browser.as_json()
    assert opened(sealed(keys["p256dh"], keys["auth"], b"so"), browser) == b"so"
