"""The outbox: claimed once, leased, tried again, given up; duties once on each local date."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app import cli
from app.core import claiming, clock, duties, outbox, worker
from app.core.db import reading
from app.core.outbox import GiveUp, Job, OutboxRow, Retry, State

NOON = datetime(2026, 11, 24, 4, tzinfo=UTC)


@pytest.fixture
def delivered(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Job]]:
    """Jobs of kind "test" land here; a payload may name an exception to fail with."""
    seen: list[Job] = []
    failures = {"retry": Retry("later", timedelta(minutes=5)), "never": GiveUp("never")}

    def handle(job: Job) -> None:
        seen.append(job)
        if wrong := job.payload.get("fail"):
            raise failures.get(wrong) or RuntimeError(wrong)

    monkeypatch.setitem(outbox.HANDLERS, "test", handle)
    with clock.frozen(NOON):
        yield seen


def put(session: Session, key: str = "k", due: datetime | None = None, **payload: Any) -> bool:
    before = session.scalar(select(func.count()).select_from(OutboxRow))
    outbox.enqueue(session, "test", payload, key, due)
    added = session.scalar(select(func.count()).select_from(OutboxRow)) != before
    session.commit()
    return added


def row(session: Session, key: str = "k") -> OutboxRow:
    session.rollback()
    found = session.scalars(select(OutboxRow).where(OutboxRow.dedup_key == key)).one()
    session.expunge(found)
    session.rollback()
    return found


def test_a_row_is_delivered_once(app: Flask, session: Session, delivered: list[Job]) -> None:
    put(session, word="hello")
    assert worker.work_once() is True
    assert worker.work_once() is False
    assert [job.payload for job in delivered] == [{"word": "hello"}]
    assert row(session).state is State.DONE


def test_the_same_key_is_put_in_once(session: Session, delivered: list[Job]) -> None:
    assert put(session) is True
    assert put(session) is False
    worker.work_once()
    assert len(delivered) == 1


def test_a_row_waits_until_it_is_due(session: Session, delivered: list[Job]) -> None:
    put(session, due=NOON + timedelta(hours=1))
    assert worker.work_once() is False
    with clock.frozen(NOON + timedelta(hours=1)):
        assert worker.work_once() is True


def test_nothing_is_put_in_by_a_transaction_that_failed(
    app: Flask, session: Session, delivered: list[Job]
) -> None:
    outbox.enqueue(session, "test", {}, "k")
    session.rollback()
    assert worker.work_once() is False


def test_a_failure_is_tried_again_later_and_later(session: Session, delivered: list[Job]) -> None:
    put(session, fail="boom")
    moment = NOON
    waits = []
    for _ in range(4):
        with clock.frozen(moment):
            worker.work_once()
        due = row(session).due_at
        waits.append((due - moment).total_seconds())
        moment = due
    assert all(earlier < later for earlier, later in pairwise(waits))
    assert row(session).last_error == "RuntimeError: boom"


def test_a_handler_says_when_to_come_back(session: Session, delivered: list[Job]) -> None:
    put(session, fail="retry")
    worker.work_once()
    assert row(session).due_at == NOON + timedelta(minutes=5)


def test_what_can_never_be_delivered_is_a_dead_letter(
    session: Session, delivered: list[Job]
) -> None:
    put(session, fail="never")
    worker.work_once()
    assert row(session).state is State.DEAD
    assert worker.work_once() is False


def test_after_twelve_tries_it_is_a_dead_letter(session: Session, delivered: list[Job]) -> None:
    put(session, fail="boom")
    moment = NOON
    for _ in range(outbox.MOST_ATTEMPTS):
        with clock.frozen(moment):
            worker.work_once()
        moment += outbox.LONGEST_WAIT * 2
    assert row(session).state is State.DEAD
    assert len(delivered) == outbox.MOST_ATTEMPTS


def test_a_kind_that_nobody_handles_is_a_dead_letter(
    session: Session, delivered: list[Job]
) -> None:
    outbox.enqueue(session, "unheard-of", {}, "k")
    session.commit()
    worker.work_once()
    assert row(session).state is State.DEAD


def test_a_leased_row_is_not_claimed_again_until_the_lease_ends(
    session: Session, delivered: list[Job]
) -> None:
    put(session)
    assert len(claiming.claim()) == 1
    assert claiming.claim() == []
    with clock.frozen(NOON + outbox.LEASE + timedelta(seconds=1)):
        assert [job.attempts for job in claiming.claim()] == [2]


def test_a_worker_that_lost_its_lease_does_not_settle_the_row(
    session: Session, delivered: list[Job]
) -> None:
    put(session)
    late = claiming.claim()[0]
    with clock.frozen(NOON + outbox.LEASE + timedelta(seconds=1)):
        claiming.claim()
    outbox.settle(late, None)
    assert row(session).state is State.LEASED


def test_waits_grow_and_stay_under_six_hours_and_a_fifth() -> None:
    assert outbox.back_off(1) < outbox.back_off(4) < outbox.back_off(9)
    assert outbox.back_off(999) <= outbox.LONGEST_WAIT * 1.2


def test_a_duty_is_done_once_on_each_local_date(
    session: Session, delivered: list[Job], monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[date] = []
    monkeypatch.setattr(duties, "DUTIES", {"count": lambda _session, day: done.append(day)})
    late_evening = datetime(2026, 11, 24, 15, 59, tzinfo=UTC)  # 23:59 in Shanghai
    for moment in (NOON, late_evening, late_evening + timedelta(minutes=1)):
        with clock.frozen(moment):
            duties.plan_today()
            worker.work_once()
    assert done == [date(2026, 11, 24), date(2026, 11, 25)]


def test_a_duty_that_is_no_more_is_a_dead_letter(
    session: Session, delivered: list[Job], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(duties, "DUTIES", {"old": lambda *_: None})
    duties.plan_today()
    monkeypatch.setattr(duties, "DUTIES", {})
    worker.work_once()
    assert row(session, "duty:old:2026-11-24").state is State.DEAD


def test_delivered_rows_are_forgotten_after_a_week_and_dead_ones_kept(
    session: Session, delivered: list[Job]
) -> None:
    put(session, "good")
    put(session, "bad", fail="never")
    worker.work_once()
    with clock.frozen(NOON + timedelta(days=8)):
        worker.forget_done_rows(session, clock.today())
        session.commit()
    assert session.scalars(select(OutboxRow.dedup_key)).all() == ["bad"]


def test_all_real_duties_run_on_an_empty_database(session: Session, delivered: list[Job]) -> None:
    duties.plan_today()
    while worker.work_once() or worker.work_once(slow=True):  # a duty may leave work behind
        pass
    undone = select(OutboxRow.payload, OutboxRow.last_error).where(
        OutboxRow.state != State.DONE,
        or_(OutboxRow.due_at <= clock.now(), OutboxRow.last_error.is_not(None)),
    )
    assert session.execute(undone).all() == []


def test_the_backlog_says_what_is_late_and_nothing_when_all_is_well(
    app: Flask, session: Session, delivered: list[Job]
) -> None:
    put(session, "a")
    put(session, "b", NOON + timedelta(hours=1))
    worker.work_once()
    put(session, "c", NOON - timedelta(seconds=90))
    put(session, "d", fail="never")
    with reading() as looking:
        assert outbox.backlog(looking) == [
            ("test", State.WAITING, 2, NOON - timedelta(seconds=90)),
        ]
    said = app.test_cli_runner().invoke(cli.group, ["backlog"])
    assert said.output == "test  waiting  2 rows, the oldest 90 s late\n"
    worker.work_once()
    with reading() as looking:
        assert outbox.backlog(looking) == [("test", State.DEAD, 1, NOON)]
