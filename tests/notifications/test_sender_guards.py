"""Where the sender will not go: inner addresses under any name, and plain http."""

import socket
from pathlib import Path

import pytest
from aiohttp import ClientSession, TCPConnector
from aiohttp.abc import AbstractResolver, ResolveResult

from app.core.outgoing import Policy
from app.notifications.rules.retrying import Verdict
from tests.notifications.sending import MESSAGE, sending, target
from tests.push_receiver.certificates import TestAuthority
from tests.push_receiver.server import PushReceiver


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


def test_plain_http_is_not_sent_to(service: PushReceiver) -> None:
    with sending(Policy()) as sender:
        browser = service.browser()
        assert sender.send(target(browser), MESSAGE).verdict is Verdict.NEVER
        assert browser.asked == 0
