"""On SQLite a commit does not wait for the disk, but who has committed does: the power may go at
any moment, and what somebody was told of is there afterwards."""

import os
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.core.db import database, transaction
from app.identity.rules import OrganisationKind
from tests.auditing import unwatched
from tests.clients import Client
from tests.factories import identity as make

WRITERS, EACH = 6, 15

pytestmark = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)


class Disk:
    """The database as it was, and of the log what was synced since."""

    def __init__(self, path: Path) -> None:
        self.database = path.read_bytes()
        self.log = b""
        self.waits = 0
        self._one = threading.Lock()

    def sync(self, file: int) -> None:
        with self._one:
            self.log = os.pread(file, os.fstat(file).st_size, 0)
            self.waits += 1

    def after_the_power_went(self, log: bytes, folder: Path) -> set[str]:
        """The names of the people in what is left."""
        left = folder / "left.sqlite3"
        left.write_bytes(self.database)
        left.with_name("left.sqlite3-wal").write_bytes(log)
        connection = sqlite3.connect(left)
        names = {name for (name,) in connection.execute("SELECT name FROM person")}
        connection.close()
        return names


@pytest.fixture
def disk(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Disk:
    with database().engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    found = Disk(Path(str(database().url.database)))
    monkeypatch.setattr(os, "fdatasync", found.sync)
    return found


def test_what_was_acknowledged_is_there_after_the_power_went(
    app: Flask, disk: Disk, tmp_path: Path
) -> None:
    acknowledged: list[str] = []
    enough = threading.Event()

    def write(writer: int) -> None:
        for number in range(EACH):
            name = f"{writer}-{number}"
            with app.app_context(), unwatched(), transaction() as session:
                make.person(session, name)
            acknowledged.append(name)
            if len(acknowledged) >= WRITERS * EACH // 2:
                enough.set()

    threads = [threading.Thread(target=write, args=(writer,)) for writer in range(WRITERS)]
    for thread in threads:
        thread.start()
    assert enough.wait(60)
    promised, log = set(acknowledged), disk.log  # the power goes, in the middle
    for thread in threads:
        thread.join()
    assert len(promised) < WRITERS * EACH, "it went too late to prove anything"
    assert promised <= disk.after_the_power_went(log, tmp_path)


def test_an_answer_that_is_given_again_waits_as_well(
    session: Session, client: Callable[..., Client], disk: Disk
) -> None:
    who = client(make.member(session, OrganisationKind.VOLUNTEER_TEAM, make.community(session)))
    key = uuid4()
    who.patch("/me", {"elder_mode": True}, key=key)
    before = disk.waits
    again = who.patch("/me", {"elder_mode": True}, key=key)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert disk.waits == before + 1


def test_a_phone_is_told_of_no_number_that_the_disk_does_not_have(
    session: Session, client: Callable[..., Client], disk: Disk
) -> None:
    who = client(make.member(session, OrganisationKind.VOLUNTEER_TEAM, make.community(session)))
    before = disk.waits
    told = who.get("/sync").json
    assert disk.waits > before
    before = disk.waits
    assert who.get("/sync", cursor=told["cursor"]).status_code == 204, "there is nothing new"
    assert disk.waits == before
