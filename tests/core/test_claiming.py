"""A row that kills its worker each time: taken with fewer and fewer others, then set aside."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import cli
from app.core import carrying, claiming, clock, outbox
from app.core.audit import AuditRow
from app.core.carrying import Traffic
from app.core.claiming import BATCH, MOST_LOST
from app.core.outbox import LEASE, Job, OutboxRow, Retry, State
from tests.core.test_carrying import Porter

NOON = datetime(2026, 11, 24, 4, tzinfo=UTC)
POISON = 77
TURNS = 2 * MOST_LOST  # what was lost twice rests for a while


@pytest.fixture
def porter(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Porter:
    """Carries rows of kind "parcel"; rows of kind "quick" have a plain handler."""
    made = Porter()
    monkeypatch.setitem(carrying.CARRIERS, "parcel", lambda: made)
    monkeypatch.setattr(outbox, "MANY", outbox.MANY | {"parcel"})
    return made


def put(session: Session, kind: str, number: int, start: int = 0) -> None:
    keys = {f"{kind} {index}": {"index": index} for index in range(start, start + number)}
    outbox.enqueue_all(session, kind, keys, NOON)
    session.commit()


def rows(session: Session, *states: State) -> list[OutboxRow]:
    session.rollback()
    found = session.scalars(select(OutboxRow).where(OutboxRow.state.in_(states))).all()
    session.expunge_all()
    session.rollback()
    return list(found)


def died(kind: str, moment: datetime) -> list[list[Job]]:
    """What a worker takes from this moment on, batch by batch, until it has the poison and dies."""
    taken = []
    with clock.frozen(moment):
        while jobs := claiming.claim(100, lane=kind):
            taken.append(jobs)
            if POISON in numbers(jobs):
                break
            for job in jobs:
                outbox.settle(job, None)
    return taken


def numbers(jobs: Sequence[Job]) -> list[int]:
    return [job.payload["index"] for job in jobs]


def later(times: int) -> datetime:
    return NOON + times * (LEASE + claiming.RESTS + timedelta(seconds=1))


@pytest.mark.parametrize("lane", [outbox.QUICK, "parcel"])
def test_a_row_that_kills_its_worker_is_set_aside_and_all_others_are_done(
    session: Session, porter: Porter, lane: str
) -> None:
    put(session, lane, 100)
    taken = [batch for turn in range(TURNS) for batch in died(lane, later(turn))]
    deadly = [batch for batch in taken if POISON in numbers(batch)]
    assert [len(batch) for batch in deadly] == [100, BATCH, 1, 1]
    [aside] = rows(session, State.DEAD)
    assert (aside.payload["index"], aside.last_error) == (POISON, claiming.WORDS)
    assert rows(session, State.WAITING, State.LEASED) == []
    assert len(rows(session, State.DONE)) == 99


def test_it_is_in_the_audit_log_the_workers_log_and_among_the_dead_letters(
    app: Flask, session: Session, porter: Porter, caplog: pytest.LogCaptureFixture
) -> None:
    put(session, "parcel", 1, POISON)
    for turn in range(TURNS):
        died("parcel", later(turn))
    [aside] = rows(session, State.DEAD)
    logged = session.scalars(select(AuditRow).where(AuditRow.subject_id == aside.id)).one()
    assert (logged.subject_kind, logged.verb) == ("outbox", "set_aside")
    assert logged.details == {"kind": "parcel", "lost": MOST_LOST}
    session.rollback()
    assert str(aside.id) in caplog.text
    runner = app.test_cli_runner()
    with clock.frozen(later(TURNS)):
        assert "parcel  dead  1 rows" in runner.invoke(cli.group, ["backlog"]).output
    assert claiming.WORDS in runner.invoke(cli.group, ["dead-letters", "--retry"]).output
    [again] = rows(session, State.WAITING)
    assert (again.lost, again.attempts) == (0, 0)


def test_fresh_rows_wait_for_those_that_were_lost_and_are_never_with_them(
    session: Session, porter: Porter
) -> None:
    put(session, "parcel", 3)
    with clock.frozen(NOON):
        assert len(claiming.claim(100, lane="parcel")) == 3
    put(session, "parcel", 2, 10)
    with clock.frozen(later(1)):
        assert claiming.claim(100, lane="parcel", alone=False) == []
        first, second = claiming.claim(100, lane="parcel"), claiming.claim(100, lane="parcel")
    assert [{job.lost for job in batch} for batch in (first, second)] == [{1}, {0}]


def test_a_worker_ends_the_others_before_it_takes_what_was_lost(
    session: Session, porter: Porter
) -> None:
    put(session, "parcel", 1)
    with clock.frozen(NOON):
        claiming.claim(lane="parcel")
    put(session, "parcel", 2, 10)
    porter.may_end = False
    traffic = Traffic("parcel")
    with clock.frozen(NOON + LEASE):
        traffic.turn()
    put(session, "parcel", 2, 20)
    with clock.frozen(NOON + LEASE + timedelta(seconds=1)):
        traffic.turn()
        assert sorted(numbers(porter.begun)) == [10, 11]
        porter.may_end = True
        traffic.turn()
        porter.may_end = False
        traffic.turn()
        traffic.turn()
        assert numbers(porter.begun[2:]) == [0], "alone"
        porter.may_end = True
        while traffic.turn():
            pass
    assert sorted(row.payload["index"] for row in rows(session, State.DONE)) == [0, 10, 11, 20, 21]


@pytest.mark.parametrize("failed", [None, Retry("later")])
def test_what_has_come_to_an_end_in_between_is_not_counted(
    session: Session, porter: Porter, failed: Exception | None
) -> None:
    put(session, "parcel", 1, POISON)
    died("parcel", NOON)
    died("parcel", later(1))
    with clock.frozen(later(2)):
        assert claiming.claim(lane="parcel") == []
    with clock.frozen(later(3)):
        [job] = claiming.claim(lane="parcel")
        assert job.lost == 2
        outbox.settle(job, failed)
    [row] = rows(session, State.DONE, State.WAITING)
    assert row.lost == 0
