"""The process that speaks to foreign servers: what it may not do, and that nobody waits there."""

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from app.channels.courier import Courier, Letter
from tests.channels.receivers import mail_server


@pytest.fixture
def courier() -> Iterator[Courier]:
    made = Courier()
    yield made
    made.close()


def heard(courier: Courier, number: int, seconds: float = 30) -> dict[Any, Any]:
    found: dict[Any, Any] = {}
    until = time.monotonic() + seconds
    while len(found) < number:
        assert time.monotonic() < until, found
        found |= dict(courier.turn(0.1))
    return found


def letter(url: str, *, inner: bool = False, line: str = "x") -> Letter:
    return Letter(url, inner, line, "题", "文")


def mail_to(port: int) -> str:
    return f"mailto://127.0.0.1:{port}?from=a@b.cn&to=x@y.cn&smtp=127.0.0.1&mode=insecure"


def test_no_connection_is_made_to_an_inner_address(courier: Courier) -> None:
    with mail_server() as server:
        urls = [
            mail_to(server.port),
            f"jsons://localhost:{server.port}/x",
            f"json://127.0.0.1:{server.port}/x",
            f"json://[::1]:{server.port}/x",
            "json://169.254.169.254/latest",
        ]
        for url in urls:
            courier.begin(url, letter(url))
        said = heard(courier, len(urls))
        assert {url: one["inside"] for url, one in said.items()} == dict.fromkeys(urls, True)
        assert server.got == []


def test_no_file_is_written_and_no_program_is_run(courier: Courier, tmp_path: Any) -> None:
    file = tmp_path / "out"
    for url in (f"file://{file}", "exec:///bin/true", "syslog://localhost", "dbus://"):
        courier.begin(url, letter(url, inner=True))
    assert not any(one["ok"] for one in heard(courier, 4).values())
    assert not file.exists()


def test_the_server_that_our_operator_named_may_be_an_inner_one(courier: Courier) -> None:
    with mail_server() as server:
        courier.begin("m", letter(mail_to(server.port), inner=True))
        assert heard(courier, 1)["m"]["ok"] is True
        assert [(one.to, one.subject, one.text.strip()) for one in server.got] == [
            ("x@y.cn", "题", "文")
        ]


def test_one_that_hangs_lets_the_others_pass(courier: Courier) -> None:
    with mail_server() as hanging, mail_server() as quick:
        hanging.hang = threading.Event()
        courier.begin("slow", letter(mail_to(hanging.port), inner=True, line="slow"))
        courier.begin("quick", letter(mail_to(quick.port), inner=True, line="quick"))
        begun = time.monotonic()
        assert heard(courier, 1) == {"quick": heard_ok()}
        assert time.monotonic() - begun < 6
        assert heard(courier, 1)["slow"]["ok"] is False
        assert time.monotonic() - begun < 20


def heard_ok() -> dict[str, Any]:
    nothing = {"status": 0, "answer": {}, "smtp": 0, "recipient": False, "inside": False}
    return {"ok": True, **nothing}


def test_a_line_has_room_for_a_few_only(courier: Courier) -> None:
    with mail_server() as hanging:
        hanging.hang = threading.Event()
        number = 0
        while courier.room_for("slow"):
            courier.begin(number, letter(mail_to(hanging.port), inner=True, line="slow"))
            number += 1
        assert number == 6
        assert courier.room_for("other")
        hanging.hang.set()
        heard(courier, number)
        assert courier.room_for("slow")


def test_a_process_that_dies_loses_nothing(courier: Courier) -> None:
    with mail_server() as hanging, mail_server() as quick:
        hanging.hang = threading.Event()
        courier.begin("first", letter(mail_to(hanging.port), inner=True))
        process = courier._running()
        process.kill()
        process.wait()
        assert heard(courier, 1) == {"first": {"ok": False}}
        courier.begin("second", letter(mail_to(quick.port), inner=True))
        assert heard(courier, 1)["second"]["ok"] is True


def test_a_process_that_cannot_begin_loses_nothing(
    courier: Courier, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full() -> None:
        raise OSError("too many processes")

    with monkeypatch.context() as now:
        now.setattr(courier, "_running", full)
        courier.begin("x", letter("jsons://localhost/x"))
        assert heard(courier, 1) == {"x": {"ok": False}}
    courier.begin("y", letter("jsons://localhost/x"))
    assert heard(courier, 1)["y"]["inside"] is True
