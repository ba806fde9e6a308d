"""The sender against a real receiver: what arrives, what every answer means, where it won't go."""

import json
import socket
import time
from collections.abc import Iterator
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from app.core import clock
from app.core.outgoing import Policy
from app.notifications.rules.addresses import Target
from app.notifications.rules.resting import MISSES_BEFORE_REST
from app.notifications.rules.retrying import Verdict
from app.notifications.rules.telling import Urgency
from app.notifications.sender import Message
from app.notifications.vapid import Signer
from tests.notifications.sending import MESSAGE, SECRETS, OneByOne, sending, target
from tests.push_receiver.certificates import TestAuthority
from tests.push_receiver.keys import BrowserKeys, b64url
from tests.push_receiver.server import Answer, Browser, PushReceiver


@pytest.fixture
def sender() -> Iterator[OneByOne]:
    with sending() as made:
        yield made


@pytest.fixture
def receiver() -> Iterator[PushReceiver]:
    with PushReceiver() as running:
        yield running


def test_what_arrives_is_what_was_said_and_only_the_browser_reads_it(
    sender: OneByOne, receiver: PushReceiver
) -> None:
    browser = receiver.browser()
    outcome = sender.send(target(browser), MESSAGE)
    assert browser.wrong == []
    assert outcome.verdict is Verdict.TAKEN
    [got] = browser.got
    assert json.loads(got.plain) == MESSAGE.payload
    assert b64url(got.vouched.public_key) == SECRETS.vapid_public
    assert got.vouched.claims["sub"] == "mailto:admin@example.test"
    assert got.headers["ttl"] == "86400"
    assert got.headers["urgency"] == "normal"
    assert got.headers["topic"] == MESSAGE.topic


def test_it_arrives_over_tls_from_an_authority_that_is_trusted(tmp_path: Path) -> None:
    authority = TestAuthority(tmp_path)
    policy = Policy(allow_private=True, ca_file=str(tmp_path / "ca.pem"))
    with (
        PushReceiver(authority.server(), host="localhost") as receiver,
        sending(policy) as sender,
    ):
        browser = receiver.browser()
        assert sender.send(target(browser), MESSAGE).verdict is Verdict.TAKEN
        assert len(browser.got) == 1


def test_nothing_is_sent_to_a_certificate_that_nobody_vouches_for(tmp_path: Path) -> None:
    authority = TestAuthority(tmp_path)
    with PushReceiver(authority.server(), host="localhost") as receiver, sending() as sender:
        browser = receiver.browser()
        assert sender.send(target(browser), MESSAGE).verdict is Verdict.LATER
        assert browser.asked == 0


@pytest.mark.parametrize(
    ("status", "verdict"),
    [
        (404, Verdict.GONE),
        (410, Verdict.GONE),
        (400, Verdict.NEVER),
        (403, Verdict.NEVER),
        (413, Verdict.NEVER),
        (429, Verdict.LATER),
        (500, Verdict.LATER),
        (503, Verdict.LATER),
    ],
)
def test_every_answer_is_understood(
    sender: OneByOne, receiver: PushReceiver, status: int, verdict: Verdict
) -> None:
    browser = receiver.browser(Answer(status))
    outcome = sender.send(target(browser), MESSAGE)
    assert outcome.verdict is verdict
    assert outcome.reason == f"HTTP {status}"
    assert browser.asked == 1


def test_it_waits_as_long_as_it_is_asked_to_in_seconds(
    sender: OneByOne, receiver: PushReceiver
) -> None:
    browser = receiver.browser(Answer(429, {"Retry-After": "90"}))
    assert sender.send(target(browser), MESSAGE).after == timedelta(seconds=90)


def test_it_waits_as_long_as_it_is_asked_to_by_a_date(
    sender: OneByOne, receiver: PushReceiver
) -> None:
    moment = clock.now() + timedelta(minutes=10)
    browser = receiver.browser(Answer(503, {"Retry-After": format_datetime(moment, usegmt=False)}))
    after = sender.send(target(browser), MESSAGE).after
    assert after is not None
    assert timedelta(minutes=9, seconds=50) < after <= timedelta(minutes=10)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_to_an_inner_address_leads_nowhere(
    sender: OneByOne, receiver: PushReceiver, status: int
) -> None:
    with PushReceiver() as inner:
        victim = inner.browser()
        browser = receiver.browser(Answer(status, {"Location": victim.endpoint}))
        assert sender.send(target(browser), MESSAGE).verdict is Verdict.NEVER
        assert (browser.asked, victim.asked) == (1, 0)


def test_who_never_answers_is_left_after_five_seconds(
    sender: OneByOne, receiver: PushReceiver
) -> None:
    browser = receiver.browser(Answer(never=True))
    started = time.monotonic()
    outcome = sender.send(target(browser), MESSAGE)
    assert outcome.verdict is Verdict.LATER
    assert 4.5 < time.monotonic() - started < 6.5


def test_one_who_never_answers_does_not_hold_up_another(
    sender: OneByOne, receiver: PushReceiver
) -> None:
    slow, quick = receiver.browser(Answer(never=True)), receiver.browser()
    started = time.monotonic()
    sender.begin("slow", target(slow), MESSAGE)
    sender.begin("quick", target(quick), MESSAGE)
    [(name, outcome)] = sender.outcomes(1).items()
    assert (name, outcome.verdict) == ("quick", Verdict.TAKEN)
    assert time.monotonic() - started < 2


def test_a_service_that_keeps_one_waiting_keeps_nobody_else(
    sender: OneByOne, tmp_path: Path
) -> None:
    """Over TLS without HTTP/2: each needs a connection of its own."""
    authority = TestAuthority(tmp_path)
    policy = Policy(allow_private=True, ca_file=str(tmp_path / "ca.pem"))
    with (
        PushReceiver(authority.server(), host="localhost") as receiver,
        sending(policy) as sender,
    ):
        slow = [receiver.browser(Answer(never=True)) for _ in range(3)]
        quick = [receiver.browser() for _ in range(20)]
        for number, browser in enumerate([*slow, *quick]):
            sender.begin(number, target(browser), MESSAGE)
        started = time.monotonic()
        outcomes = sender.outcomes(len(quick))
        assert {one.verdict for one in outcomes.values()} == {Verdict.TAKEN}
        assert time.monotonic() - started < 4


def test_a_service_that_answers_nobody_is_left_alone_and_costs_others_nothing(
    sender: OneByOne, receiver: PushReceiver
) -> None:
    with PushReceiver() as silent:
        mute = silent.browser(Answer(never=True))
        for number in range(MISSES_BEFORE_REST):
            sender.begin(number, target(mute), MESSAGE)
        outcomes = sender.outcomes(MISSES_BEFORE_REST)
        assert all(one.tried and one.verdict is Verdict.LATER for one in outcomes.values())
        asked = mute.asked
        started = time.monotonic()
        put_off = sender.send(target(mute), MESSAGE)
        assert (put_off.verdict, put_off.tried) == (Verdict.LATER, False)
        assert put_off.after is not None
        assert timedelta(seconds=50) < put_off.after <= timedelta(minutes=1)
        assert sender.send(target(receiver.browser()), MESSAGE).verdict is Verdict.TAKEN
        assert time.monotonic() - started < 2
        assert mute.asked == asked


@pytest.mark.parametrize("words", ["soon", "-5", "", "99999999999999999999", "0"])
def test_no_retry_after_breaks_the_reader(
    sender: OneByOne, receiver: PushReceiver, words: str
) -> None:
    browser = receiver.browser(Answer(503, {"Retry-After": words}))
    outcome = sender.send(target(browser), MESSAGE)
    assert outcome.verdict is Verdict.LATER
    assert outcome.after is None or timedelta(0) < outcome.after <= timedelta(hours=24)


def test_ten_megabytes_of_answer_are_not_read(sender: OneByOne, receiver: PushReceiver) -> None:
    browser = receiver.browser(Answer(201, body=b"x" * 10_000_000))
    started = time.monotonic()
    assert sender.send(target(browser), MESSAGE).verdict is Verdict.TAKEN
    assert time.monotonic() - started < 2
    assert sender.send(target(receiver.browser()), MESSAGE).verdict is Verdict.TAKEN


def test_nobody_there_is_tried_again_later(sender: OneByOne) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    browser = Browser(f"http://127.0.0.1:{port}/x", BrowserKeys())
    assert sender.send(target(browser), MESSAGE).verdict is Verdict.LATER


def test_a_payload_too_large_for_a_push_service_never_leaves(
    sender: OneByOne, receiver: PushReceiver
) -> None:
    browser = receiver.browser()
    heavy = Message({"title": "长" * 2000}, Urgency.LOW, "t")
    assert sender.send(target(browser), heavy).verdict is Verdict.NEVER
    assert browser.asked == 0


def test_broken_keys_give_up_and_do_not_break_the_worker(
    sender: OneByOne, receiver: PushReceiver
) -> None:
    browser = receiver.browser()
    for p256dh, auth in [("", ""), ("AAAA", "AAAA"), ("!!", "!!"), ("A" * 87, "A" * 22)]:
        outcome = sender.send(Target(browser.endpoint, p256dh, auth), MESSAGE)
        assert outcome.verdict is Verdict.NEVER
    assert browser.asked == 0


def test_each_message_has_fresh_keys(sender: OneByOne, receiver: PushReceiver) -> None:
    browser = receiver.browser()
    for _ in range(2):
        sender.send(target(browser), MESSAGE)
    assert len(browser.got) == 2
    assert browser.got[0].headers["authorization"] == browser.got[1].headers["authorization"]


def test_each_origin_gets_a_token_made_out_to_it(sender: OneByOne, receiver: PushReceiver) -> None:
    with PushReceiver() as other:
        browsers = [receiver.browser(), other.browser(), receiver.browser()]
        for browser in browsers:
            assert sender.send(target(browser), MESSAGE).verdict is Verdict.TAKEN
        audiences = [browser.got[0].vouched.claims["aud"] for browser in browsers]
        assert audiences == [receiver.origin, other.origin, receiver.origin]


def test_a_token_is_made_anew_before_it_runs_out() -> None:
    signer = Signer(SECRETS.vapid_private, "mailto:admin@example.test")
    start = clock.now()
    with clock.frozen(start):
        first = signer.headers("https://push.example.test")
    with clock.frozen(start + timedelta(hours=5)):
        assert signer.headers("https://push.example.test") == first
    with clock.frozen(start + timedelta(hours=7)):
        assert signer.headers("https://push.example.test") != first


def test_it_starts_anew_after_it_was_closed(sender: OneByOne, receiver: PushReceiver) -> None:
    browser = receiver.browser()
    sender.send(target(browser), MESSAGE)
    sender.close()
    assert sender.send(target(browser), MESSAGE).verdict is Verdict.TAKEN
