"""The sender against a real receiver: what arrives, what every answer means, where it won't go."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from aiohttp import ClientSession, TCPConnector
from aiohttp.abc import AbstractResolver, ResolveResult

from app.core import clock, keys
from app.notifications.rules.retrying import Verdict
from app.notifications.rules.telling import Urgency, on_device, topic_of
from app.notifications.sender import Message, Policy, Sender, Target
from app.notifications.vapid import Signer
from tests.push_receiver.certificates import TestAuthority
from tests.push_receiver.keys import BrowserKeys, b64url
from tests.push_receiver.server import Answer, Browser, PushReceiver

SECRETS = keys.make()
MESSAGE = Message(
    on_device("有一件工单派给你们，请接单", "/tickets/1"), Urgency.NORMAL, topic_of("1")
)
OPEN = Policy(allow_private=True)


@contextmanager
def sending(policy: Policy = OPEN) -> Iterator[Sender]:
    sender = Sender(Signer(SECRETS.vapid_private, "mailto:admin@example.test"), policy)
    try:
        yield sender
    finally:
        sender.close()


@pytest.fixture
def sender() -> Iterator[Sender]:
    with sending() as made:
        yield made


@pytest.fixture
def receiver() -> Iterator[PushReceiver]:
    with PushReceiver() as running:
        yield running


def target(browser: Browser) -> Target:
    keys_of = browser.keys.as_json()
    return Target(browser.endpoint, keys_of["p256dh"], keys_of["auth"])


def test_what_arrives_is_what_was_said_and_only_the_browser_reads_it(
    sender: Sender, receiver: PushReceiver
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
    sender: Sender, receiver: PushReceiver, status: int, verdict: Verdict
) -> None:
    browser = receiver.browser(Answer(status))
    outcome = sender.send(target(browser), MESSAGE)
    assert outcome.verdict is verdict
    assert outcome.reason == f"HTTP {status}"
    assert browser.asked == 1


def test_it_waits_as_long_as_it_is_asked_to_in_seconds(
    sender: Sender, receiver: PushReceiver
) -> None:
    browser = receiver.browser(Answer(429, {"Retry-After": "90"}))
    assert sender.send(target(browser), MESSAGE).after == timedelta(seconds=90)


def test_it_waits_as_long_as_it_is_asked_to_by_a_date(
    sender: Sender, receiver: PushReceiver
) -> None:
    moment = clock.now() + timedelta(minutes=10)
    browser = receiver.browser(Answer(503, {"Retry-After": format_datetime(moment, usegmt=False)}))
    after = sender.send(target(browser), MESSAGE).after
    assert after is not None
    assert timedelta(minutes=9, seconds=50) < after <= timedelta(minutes=10)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_to_an_inner_address_leads_nowhere(
    sender: Sender, receiver: PushReceiver, status: int
) -> None:
    with PushReceiver() as inner:
        victim = inner.browser()
        browser = receiver.browser(Answer(status, {"Location": victim.endpoint}))
        assert sender.send(target(browser), MESSAGE).verdict is Verdict.NEVER
        assert (browser.asked, victim.asked) == (1, 0)


def test_who_never_answers_is_left_after_five_seconds(
    sender: Sender, receiver: PushReceiver
) -> None:
    browser = receiver.browser(Answer(never=True))
    started = time.monotonic()
    outcome = sender.send(target(browser), MESSAGE)
    assert outcome.verdict is Verdict.LATER
    assert 4.5 < time.monotonic() - started < 6.5


def test_one_who_never_answers_does_not_hold_up_another(
    sender: Sender, receiver: PushReceiver
) -> None:
    slow, quick = receiver.browser(Answer(never=True)), receiver.browser()
    waiting = threading.Thread(target=sender.send, args=(target(slow), MESSAGE))
    waiting.start()
    started = time.monotonic()
    assert sender.send(target(quick), MESSAGE).verdict is Verdict.TAKEN
    assert time.monotonic() - started < 2
    waiting.join()


def test_ten_megabytes_of_answer_are_not_read(sender: Sender, receiver: PushReceiver) -> None:
    browser = receiver.browser(Answer(201, body=b"x" * 10_000_000))
    started = time.monotonic()
    assert sender.send(target(browser), MESSAGE).verdict is Verdict.TAKEN
    assert time.monotonic() - started < 2
    assert sender.send(target(receiver.browser()), MESSAGE).verdict is Verdict.TAKEN


def test_nobody_there_is_tried_again_later(sender: Sender) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    browser = Browser(f"http://127.0.0.1:{port}/x", BrowserKeys())
    assert sender.send(target(browser), MESSAGE).verdict is Verdict.LATER


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "2130706433", "0x7f.1"])
def test_a_name_or_number_that_leads_inside_is_refused_when_sending(
    tmp_path: Path, host: str
) -> None:
    authority = TestAuthority(tmp_path)
    closed = Policy(ca_file=str(tmp_path / "ca.pem"))
    with PushReceiver(authority.server(), host=host) as receiver, sending(closed) as sender:
        browser = receiver.browser()
        outcome = sender.send(target(browser), MESSAGE)
        assert outcome.verdict is Verdict.NEVER
        assert browser.asked == 0


class Turncoat(AbstractResolver):
    """A name server that gives an open address first and an inner one afterwards."""

    def __init__(self, port: int) -> None:
        self.port, self.asked = port, 0

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        self.asked += 1
        address = "192.88.99.1" if self.asked == 1 else "127.0.0.1"
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=self.port,
                family=socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
        ]

    async def close(self) -> None:
        """Nothing is held."""


def test_a_name_that_changes_its_mind_is_checked_where_the_connection_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = TestAuthority(tmp_path)
    with PushReceiver(authority.server(), host="push.example.test") as receiver:
        resolver = Turncoat(int(receiver.origin.rpartition(":")[2]))
        resolver.asked = 1  # the answer to whoever looked before

        def session(*, connector: TCPConnector, **options: object) -> ClientSession:
            connector._resolver = resolver
            return ClientSession(connector=connector, **options)  # type: ignore[arg-type]

        monkeypatch.setattr("app.notifications.sender.ClientSession", session)
        with sending(Policy(ca_file=str(tmp_path / "ca.pem"))) as sender:
            browser = receiver.browser()
            outcome = sender.send(target(browser), MESSAGE)
            assert outcome.reason == "a private address"
            assert resolver.asked == 2
            assert browser.asked == 0


def test_plain_http_is_not_sent_to(receiver: PushReceiver) -> None:
    with sending(Policy()) as sender:
        browser = receiver.browser()
        assert sender.send(target(browser), MESSAGE).verdict is Verdict.NEVER
        assert browser.asked == 0


def test_a_payload_too_large_for_a_push_service_never_leaves(
    sender: Sender, receiver: PushReceiver
) -> None:
    browser = receiver.browser()
    heavy = Message({"title": "长" * 2000}, Urgency.LOW, "t")
    assert sender.send(target(browser), heavy).verdict is Verdict.NEVER
    assert browser.asked == 0


def test_broken_keys_give_up_and_do_not_break_the_worker(
    sender: Sender, receiver: PushReceiver
) -> None:
    browser = receiver.browser()
    for p256dh, auth in [("", ""), ("AAAA", "AAAA"), ("!!", "!!"), ("A" * 87, "A" * 22)]:
        outcome = sender.send(Target(browser.endpoint, p256dh, auth), MESSAGE)
        assert outcome.verdict is Verdict.NEVER
    assert browser.asked == 0


def test_each_message_has_fresh_keys(sender: Sender, receiver: PushReceiver) -> None:
    browser = receiver.browser()
    for _ in range(2):
        sender.send(target(browser), MESSAGE)
    assert len(browser.got) == 2
    assert browser.got[0].headers["authorization"] == browser.got[1].headers["authorization"]


def test_each_origin_gets_a_token_made_out_to_it(sender: Sender, receiver: PushReceiver) -> None:
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


def test_it_starts_anew_after_it_was_closed(sender: Sender, receiver: PushReceiver) -> None:
    browser = receiver.browser()
    sender.send(target(browser), MESSAGE)
    sender.close()
    assert sender.send(target(browser), MESSAGE).verdict is Verdict.TAKEN
