"""Many writers: numbers become visible in their order, nobody waits in a circle, nothing is missed.

On PostgreSQL a transaction that took a smaller number could commit after one that took a larger
one, and a phone that had read the larger would never hear of the smaller. Here that cannot be.
"""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from random import Random
from uuid import UUID

from flask import Flask
from sqlalchemy import event, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from app.core import pipeline
from app.core.db import Database, WritingSession, database, reading
from app.core.numbering import FeedChange, FeedScope
from app.places.models import Household
from tests.auditing import unwatched
from tests.clients import Client
from tests.factories import places, teams
from tests.factories.visits import Scene, neighbour
from tests.sync.phone import Phone

WRITERS = 6
WRITES_EACH = 12


def rename(home_ids: list[UUID], text: str, linger: Callable[[], None] = lambda: None) -> None:
    """Change some doors in one transaction; `linger` runs between the change and its commit."""
    with unwatched(), database().transaction() as session:
        for home in session.scalars(select(Household).where(Household.id.in_(home_ids))):
            home.contact_name = text
        session.flush()
        linger()


class Late:
    """Holds back the commit of the transactions of one thread, once their numbers are taken."""

    def __init__(self) -> None:
        self.taken, self.go = threading.Event(), threading.Event()
        self.thread: int | None = None

    def __call__(self, session: Session) -> None:
        if threading.get_ident() == self.thread:
            pipeline.leave(session.connection())
            self.taken.set()
            assert self.go.wait(20)


def in_context(app: Flask, act: Callable[[], None]) -> Callable[[], None]:
    def run() -> None:
        with app.app_context():
            act()

    return run


def test_a_writer_that_took_its_number_first_is_seen_first_though_it_commits_late(
    app: Flask, session: Session, client: Callable[..., Client], known: Scene
) -> None:
    """The late one holds the counter, so the quick one gets its number only afterwards. The phone
    that reads meanwhile sees neither, and then both."""
    homes = places.households(session, known.unit, 2)
    phone = Phone(client(known.chen))
    phone.pull()
    late = Late()
    event.listen(WritingSession, "before_commit", late)

    def slow() -> None:
        late.thread = threading.get_ident()
        rename([homes[0].id], "慢")

    try:
        first = threading.Thread(target=in_context(app, slow))
        first.start()
        assert late.taken.wait(20)
        second = threading.Thread(target=in_context(app, lambda: rename([homes[1].id], "快")))
        second.start()
        second.join(1.0)
        assert second.is_alive(), "the second took a number before the first one was visible"
        phone.pull()
        assert names_on(phone) == {"王阿姨"}
    finally:
        late.go.set()
        first.join()
        second.join()
        event.remove(WritingSession, "before_commit", late)
    phone.pull()
    assert names_on(phone) == {"慢", "快"}


def names_on(phone: Phone) -> set[str]:
    return {str(row["contact_name"]) for row in phone.shelf("household").values()}


def test_a_phone_that_reads_all_the_while_misses_no_change_of_many_writers(
    app: Flask, session: Session, client: Callable[..., Client], known: Scene
) -> None:
    """Writers touch doors of two buildings in any order, some give up; the phone pulls in pages of
    three until they have ended and once more."""
    other = neighbour(session, known)
    teams.pairing(session, known.team, known.chen, other)
    here, there = places.households(session, known.unit, 8), places.households(session, other, 8)
    ids = [home.id for home in (*here, *there)]
    phone = Phone(client(known.chen))
    phone.pull()
    ended = threading.Event()

    def write(seed: int) -> None:
        dice = Random(seed)
        for nth in range(WRITES_EACH):
            some = dice.sample(ids, dice.randint(1, 6))
            try:
                rename(some, f"{seed}-{nth}", lambda: hesitate(dice))
            except (GaveUp, StaleDataError):  # another writer was quicker
                continue

    with ThreadPoolExecutor(WRITERS + 1) as threads:
        reader = threads.submit(lambda: keep_pulling(app, phone, ended))
        writers = [
            threads.submit(in_context(app, lambda seed=seed: write(seed)))
            for seed in range(WRITERS)
        ]
        try:
            for each in writers:
                each.result(timeout=120)
        finally:
            ended.set()
        reader.result(timeout=60)
    phone.pull(limit=3)
    with reading() as looking:
        truth = dict(looking.execute(select(Household.id, Household.contact_name)).all())
    shown = {row_id: row["contact_name"] for row_id, row in phone.shelf("household").items()}
    assert shown == {str(home_id): name for home_id, name in truth.items()}


class GaveUp(Exception):
    """A transaction that ends without a commit."""


def hesitate(dice: Random) -> None:
    time.sleep(dice.random() / 100)
    if dice.random() < 0.15:
        raise GaveUp


def keep_pulling(app: Flask, phone: Phone, ended: threading.Event) -> None:
    with app.app_context():
        while not ended.is_set():
            phone.pull_once(limit=3)


def test_numbers_in_a_scope_have_no_doubles_and_the_counter_is_the_highest(
    app: Flask, session: Session, known: Scene
) -> None:
    homes = places.households(session, known.unit, 5)
    for nth in range(4):
        rename([home.id for home in homes[nth:]], f"第{nth}次")
    with reading() as looking:
        scopes = looking.scalars(select(FeedScope)).all()
        for scope in scopes:
            numbers = looking.scalars(
                select(FeedChange.seq).where(FeedChange.scope_id == scope.id)
            ).all()
            assert len(numbers) == len(set(numbers))
            assert max(numbers) == scope.seq
    assert scopes


def test_both_databases_find_the_changes_of_a_scope_by_one_index(
    app: Flask, session: Session, known: Scene
) -> None:
    where = "SELECT kind FROM feed_change WHERE scope_id = 1 AND seq > 5 ORDER BY seq LIMIT 100"
    found: Database = database()
    with found.engine.connect() as connection:
        if found.is_sqlite:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {where}").all()
        else:
            connection.exec_driver_sql("SET enable_seqscan = off")
            plan = connection.exec_driver_sql(f"EXPLAIN {where}").all()
    said = " ".join(str(line) for line in plan)
    assert "ix_feed_change_scope_id_seq" in said
    assert "Sort" not in said
    assert "TEMP B-TREE" not in said
