"""Months that are over are counted one by one, and what is kept of them is true."""

import threading
from collections import Counter
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from app.core import clock, outbox
from app.core.db import Database, uuid7
from app.reports import jobs
from app.reports.models import RateMonth
from app.reports.rules import month_of
from app.reports.service import forget, keep
from app.reports.service.keeping import KEPT
from tests.auditing import unwatched
from tests.factories.identity import stored
from tests.factories.tickets import Neighbourhood


@pytest.fixture
def database(app: Flask, session: Session, here: Neighbourhood) -> Database:
    """With a community on disk, since others look at it from other sessions."""
    stored(session)
    found: Database = app.extensions["database"]
    return found


def kept(database: Database, here: Neighbourhood) -> list[str]:
    with database.reading() as session:
        months = select(RateMonth.month).where(RateMonth.community_id == here.community.id)
        return sorted(session.scalars(months))


def count_all() -> None:
    with unwatched():
        jobs.keep_months(outbox.Job(uuid7(), jobs.KEEP, {}, 1, clock.now()))


def test_each_month_is_counted_in_a_transaction_of_its_own_and_once(
    database: Database, here: Neighbourhood
) -> None:
    made: Counter[Session] = Counter()

    def writes(session: Session, *_: object) -> None:
        made[session] += sum(isinstance(one, RateMonth) for one in session.new)

    event.listen(Session, "before_flush", writes)
    try:
        count_all()
    finally:
        event.remove(Session, "before_flush", writes)
    assert sum(made.values()) >= KEPT
    assert max(made.values()) == 1
    assert len(kept(database, here)) == KEPT
    count_all()
    assert len(kept(database, here)) == KEPT


def test_who_counts_a_month_waits_for_who_changes_it(
    app: Flask, database: Database, here: Neighbourhood
) -> None:
    community, last_month = here.community.id, clock.now() - timedelta(days=31)

    def count() -> None:
        with app.app_context(), unwatched(), database.transaction() as other:
            keep(other, community, month_of(last_month))

    with database.session(write=True) as changing:
        forget(changing, community, last_month)
        counting = threading.Thread(target=count)
        counting.start()
        counting.join(timeout=0.3)
        assert counting.is_alive(), "what is counted now would not hold"
        changing.commit()
    counting.join(timeout=20)
    assert kept(database, here) == [month_of(last_month)]


def test_two_who_count_the_same_month_keep_it_once(database: Database, here: Neighbourhood) -> None:
    month = month_of(clock.now() - timedelta(days=31))
    for _ in range(2):
        with unwatched(), database.transaction() as session:
            keep(session, here.community.id, month)
    assert kept(database, here) == [month]
