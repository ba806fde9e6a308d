"""Sessions, versions, moments, keys: what every model stands on."""

import json
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import (
    Executable,
    create_engine,
    delete,
    false,
    insert,
    select,
    text,
    union_all,
    update,
)
from sqlalchemy.exc import DBAPIError, StatementError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from app.core import clock, engines
from app.core import keys as keyring
from app.core.db import database, reading, transaction
from app.identity.models import Person
from tests.auditing import unwatched
from tests.factories import identity as make

FOR_UPDATE = select(Person).with_for_update()


def test_a_failed_transaction_leaves_nothing(app: Flask, session: Session) -> None:
    who = make.person(session, "以前")

    def fail() -> None:
        with transaction() as writing:
            writing.get_one(Person, who.id).name = "以后"
            writing.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with reading() as looking:
        assert looking.get_one(Person, who.id).name == "以前"


def test_an_error_says_which_statement_failed_and_not_with_which_values(session: Session) -> None:
    asked = text("select cast(:name as text) from nothing_there")
    with pytest.raises(DBAPIError, match="nothing_there") as caught:
        session.execute(asked, {"name": "王小明"})
    assert "王小明" not in str(caught.value)
    session.rollback()


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)  # only there is a writer lock
def test_a_thread_that_writes_already_is_told_so_instead_of_hanging(app: Flask) -> None:
    with transaction() as outer:
        outer.execute(FOR_UPDATE)
        inner = database().session(write=True)
        with pytest.raises(RuntimeError, match="already"):
            inner.execute(FOR_UPDATE)
        inner.close()
        outer.execute(FOR_UPDATE)
    with transaction() as later:
        later.execute(FOR_UPDATE)


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("first", "waits"),
    [
        (select(Person), False),
        (union_all(select(Person.id), select(Person.id)), False),
        (FOR_UPDATE, True),
        (insert(Person.__table__).from_select(["id"], select(Person.id).where(false())), True),
        (update(Person).values(name="一"), True),
        (delete(Person), True),
        (text("SELECT 1"), True),  # what nobody can read from its form counts as a write
    ],
    ids=["select", "union", "for update", "insert", "update", "delete", "text"],
)
def test_only_what_more_than_reads_holds_other_writers_up(
    app: Flask, first: Executable, waits: bool
) -> None:
    written = threading.Event()

    def write() -> None:
        with app.app_context(), unwatched(), transaction() as other:
            other.execute(update(Person).values(name="二"))
        written.set()

    with unwatched(), transaction() as session:
        session.execute(first)
        other = threading.Thread(target=write)
        other.start()
        assert written.wait(0.3) is not waits
        session.rollback()
    other.join()
    assert written.is_set()


def test_writers_in_many_threads_queue_and_none_fails(app: Flask, session: Session) -> None:
    who = make.person(session, "0")
    session.rollback()
    failures: list[BaseException] = []

    def count_up() -> None:
        try:
            for _ in range(10):
                with app.app_context(), unwatched(), transaction() as writing:
                    person = writing.get_one(Person, who.id, with_for_update=True)
                    person.name = str(int(person.name) + 1)
        except BaseException as failed:
            failures.append(failed)

    threads = [threading.Thread(target=count_up) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with reading() as looking:
        assert looking.get_one(Person, who.id).name == "60"


def test_a_change_behind_a_newer_version_is_refused(app: Flask, session: Session) -> None:
    who = make.person(session, "一")
    late = database().session(write=True)
    stale = late.get_one(Person, who.id)
    late.commit()
    with unwatched(), transaction() as writing:
        writing.get_one(Person, who.id).name = "二"
    stale.name = "三"
    with pytest.raises(StaleDataError):
        late.flush()
    late.rollback()
    late.close()


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
def test_a_connection_that_died_while_it_lay_idle_is_noticed_before_it_is_used(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    with reading() as looking:
        looking.execute(select(Person.id))
    killer = create_engine(database().url)
    with killer.connect() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
    killer.dispose()
    monkeypatch.setattr(engines, "IDLE_SECONDS", 0)
    with reading() as looking:
        looking.execute(select(Person.id))
    database().engine.dispose()  # the others are dead too


def test_moments_come_back_aware_in_utc_and_naive_ones_are_refused(session: Session) -> None:
    who = make.person(session)
    session.refresh(who)
    assert who.created_at.tzinfo is UTC
    who.created_at = datetime(2026, 1, 1)  # noqa: DTZ001 - what is refused
    with pytest.raises(StatementError, match="naive"):
        session.flush()
    session.rollback()


def test_the_clock_is_held_by_tests_only_at_aware_moments() -> None:
    evening = datetime(2026, 11, 24, 16, 30, tzinfo=UTC)
    with clock.frozen(evening):
        assert clock.now() == evening
        assert str(clock.today()) == "2026-11-25", "it is past midnight in Shanghai"
        assert clock.local_now().hour == 0
    with pytest.raises(ValueError, match="aware"), clock.frozen(datetime(2026, 1, 1)):  # noqa: DTZ001
        pass


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "keys.json"


def test_keys_are_made_once_and_only_the_owner_reads_them(key_file: Path) -> None:
    first = keyring.load_or_make(key_file)
    assert keyring.load_or_make(key_file) == first
    assert key_file.stat().st_mode & 0o777 == 0o600
    assert set(json.loads(key_file.read_text())) == set(first.__dict__)


def test_two_processes_that_start_together_agree_on_the_keys(key_file: Path) -> None:
    found: list[object] = []
    begin: Callable[[], None] = lambda: found.append(keyring.load_or_make(key_file))  # noqa: E731
    threads = [threading.Thread(target=begin) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert all(each == found[0] for each in found)


def test_what_is_encrypted_comes_back_and_looks_different_each_time() -> None:
    ring = keyring.make()
    one, two = ring.encrypt("19900000001"), ring.encrypt("19900000001")
    assert one != two
    assert ring.decrypt(one) == ring.decrypt(two) == "19900000001"
    assert ring.blind("19900000001") == ring.blind("19900000001")
    assert keyring.make().blind("19900000001") != ring.blind("19900000001")


def test_who_reads_through_much_keeps_few_pages_until_the_end_of_it(app: Flask) -> None:
    if not database().is_sqlite:
        return
    with database().reading() as session:

        def pages() -> int:
            return -int(session.scalar(text("PRAGMA cache_size")) or 0)

        assert pages() == engines.PAGES_KB
        with engines.few_pages(session.connection()):
            assert pages() == engines.FEW_PAGES_KB < engines.PAGES_KB / 4
        assert pages() == engines.PAGES_KB
