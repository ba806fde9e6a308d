"""Where the sender will not go: inner addresses under any name, and plain http."""

from pathlib import Path

import pycurl
import pytest

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


def test_a_name_that_changes_its_mind_is_checked_where_the_connection_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = TestAuthority(tmp_path)
    with PushReceiver(authority.server(), host="push.example.test") as receiver:
        port = receiver.origin.rpartition(":")[2]
        real = pycurl.Curl

        def misled() -> pycurl.Curl:
            """Its name server gives an inner address, whatever it gave to whoever looked before."""
            curl = real()
            curl.setopt(pycurl.RESOLVE, [f"push.example.test:{port}:127.0.0.1"])
            return curl

        monkeypatch.setattr("app.notifications.transport.pycurl.Curl", misled)
        with sending(Policy(ca_file=str(tmp_path / "ca.pem"))) as sender:
            browser = receiver.browser()
            outcome = sender.send(target(browser), MESSAGE)
            assert outcome.reason == "a private address"
            assert browser.asked == 0
        with sending(Policy(allow_private=True, ca_file=str(tmp_path / "ca.pem"))) as sender:
            assert sender.send(target(browser), MESSAGE).verdict is Verdict.TAKEN


def test_plain_http_is_not_sent_to(service: PushReceiver) -> None:
    with sending(Policy()) as sender:
        browser = service.browser()
        assert sender.send(target(browser), MESSAGE).verdict is Verdict.NEVER
        assert browser.asked == 0
