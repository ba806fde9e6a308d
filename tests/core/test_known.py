"""What every process keeps in memory: threads of one process, and what follows the tables."""

import threading
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.core import known
from app.identity import posts
from app.identity.place_scope import Place
from app.identity.rules import PlaceKind
from tests.auditing import unwatched


def test_who_asks_while_another_thread_reads_for_the_first_time_reads_too(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker's lanes begin side by side."""
    reading, go_on = threading.Event(), threading.Event()

    def slow(_session: Session) -> str:
        if threading.current_thread() is first:
            reading.set()
            assert go_on.wait(20)
        return "read"

    def ask() -> None:
        with app.app_context():
            known.get("slow")

    monkeypatch.setattr(known, "LOADERS", {"slow": slow})
    known.forget(app)
    first = threading.Thread(target=ask)
    first.start()
    assert reading.wait(20)
    try:
        assert known.get("slow") == "read"
    finally:
        go_on.set()
        first.join()


def test_what_is_read_once_is_read_again_after_its_tables_have_changed(
    app: Flask, session: Session
) -> None:
    asked: list[Any] = []

    def read() -> int:
        asked.append("again")
        return len(asked)

    def once() -> object:
        return known.once(session, posts.KNOWN, "key", read)

    assert (once(), once()) == (1, 1)
    with unwatched():
        session.add(Place(kind=PlaceKind.DISTRICT, name="演示区", path="/1/"))
        session.flush()
        assert once() == 2, "the transaction itself looks"
        assert once() == 3
        session.commit()
    assert (once(), once()) == (4, 4)
