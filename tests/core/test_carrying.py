"""What leaves by the thousand: a lane of its own, many at once, settled together."""

import threading
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core import carrying, claiming, clock, outbox, worker
from app.core.carrying import CLAIMED, MOST_ON_WAY, Ended, Traffic
from app.core.db import uuid7
from app.core.ledger import MOST_STUMBLES
from app.core.outbox import (
    GIVEN_BACK,
    LEASE,
    MOST_ATTEMPTS,
    GiveUp,
    Job,
    OutboxRow,
    PutOff,
    Retry,
    State,
)

NOON = datetime(2026, 11, 24, 4, tzinfo=UTC)
FAILURES = {
    "retry": Retry("later", timedelta(minutes=5)),
    "put off": PutOff("resting", timedelta(minutes=5)),
    "never": GiveUp("never"),
}


class Porter:
    """Keeps what it is given until `may_end`; then each ends as its payload says."""

    def __init__(self) -> None:
        self.begun: list[Job] = []
        self.open: list[Job] = []
        self.noted: list[int] = []
        self.may_end = True
        self.broken = self.lame = False
        self.entered = 0

    def enter(self) -> None:
        self.entered += 1

    def begin(self, jobs: Sequence[Job]) -> list[Ended]:
        if self.lame:
            raise RuntimeError("cannot set out")
        self.begun += jobs
        at_once = [job for job in jobs if job.payload.get("at once")]
        self.open += [job for job in jobs if job not in at_once]
        return [Ended(job, None) for job in at_once]

    def turn(self, seconds: float) -> list[Ended]:
        if not self.may_end:
            return []
        ended = [Ended(job, FAILURES.get(job.payload.get("end", ""))) for job in self.open]
        self.open = []
        return ended

    def leave(self) -> list[Ended]:
        back = [] if self.may_end else [Ended(job, GIVEN_BACK) for job in self.open]
        self.open = [] if back else self.open
        return back

    def note(self, session: Session, ended: Sequence[Ended]) -> None:
        if self.broken:
            raise RuntimeError("the database is away")
        self.noted.append(len(ended))


@pytest.fixture
def porter(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Porter]:
    """Carries rows of kind "parcel"."""
    made = Porter()
    monkeypatch.setitem(carrying.CARRIERS, "parcel", lambda: made)
    monkeypatch.setattr(outbox, "MANY", outbox.MANY | {"parcel"})
    with clock.frozen(NOON):
        yield made


def put(session: Session, number: int = 1, **payload: object) -> None:
    start = session.scalar(select(func.count()).select_from(OutboxRow)) or 0
    rows = {f"parcel {start + index}": dict(payload) for index in range(number)}
    outbox.enqueue_all(session, "parcel", rows)
    session.commit()


def rows(session: Session) -> list[OutboxRow]:
    session.rollback()
    session.expire_all()
    found = list(session.scalars(select(OutboxRow).where(OutboxRow.kind == "parcel")))
    session.rollback()
    return found


def states(session: Session) -> set[State]:
    return {row.state for row in rows(session)}


def test_no_other_lane_takes_what_is_carried(session: Session, porter: Porter) -> None:
    put(session)
    assert worker.work_once() is False
    assert worker.work_once(slow=True) is False
    assert worker.carry_all("parcel") is True
    assert worker.carry_all("parcel") is False
    assert states(session) == {State.DONE}


def test_the_same_keys_are_put_in_once(session: Session, porter: Porter) -> None:
    put(session, 3)
    outbox.enqueue_all(session, "parcel", {"parcel 1": {}, "new": {}})
    outbox.enqueue_all(session, "parcel", {})
    session.commit()
    assert len(rows(session)) == 4


def test_many_are_on_their_way_at_once_and_settled_together(
    session: Session, porter: Porter
) -> None:
    put(session, 300)
    worker.carry_all("parcel")
    assert len(porter.begun) == 300
    assert porter.noted == [300]
    assert states(session) == {State.DONE}


def test_no_more_set_out_than_can_be_looked_after(session: Session, porter: Porter) -> None:
    put(session, MOST_ON_WAY + CLAIMED)
    porter.may_end = False
    traffic = Traffic("parcel")
    for _ in range(3):
        assert traffic.turn() is True
    assert len(porter.begun) == traffic.on_way == MOST_ON_WAY
    porter.may_end = True
    while traffic.turn():
        pass
    assert len(porter.begun) == MOST_ON_WAY + CLAIMED
    assert traffic.on_way == 0


def test_what_ends_at_once_waits_for_nobody(session: Session, porter: Porter) -> None:
    put(session, 2, **{"at once": True})
    put(session, 1)
    porter.may_end = False
    traffic = Traffic("parcel")
    traffic.turn()
    assert traffic.on_way == 1
    assert sorted(row.state for row in rows(session)) == [State.DONE, State.DONE, State.LEASED]


def test_each_ends_in_its_own_way(session: Session, porter: Porter) -> None:
    for end in ("", "retry", "put off", "never"):
        put(session, 1, end=end)
    worker.carry_all("parcel")
    found = {row.payload["end"]: row for row in rows(session)}
    assert found[""].state is State.DONE
    assert (found["never"].state, found["never"].last_error) == (State.DEAD, "GiveUp: never")
    for end, attempts in (("retry", 1), ("put off", 0)):
        row = found[end]
        assert (row.state, row.attempts) == (State.WAITING, attempts)
        assert row.due_at == NOON + timedelta(minutes=5)


def test_what_was_not_tried_is_never_given_up(session: Session, porter: Porter) -> None:
    put(session, 1, end="put off")
    for turn in range(MOST_ATTEMPTS + 2):
        with clock.frozen(NOON + timedelta(minutes=5 * turn)):
            assert worker.carry_all("parcel") is True
    assert states(session) == {State.WAITING}


def test_what_could_not_be_written_down_is_taken_again_when_its_lease_ends(
    session: Session, porter: Porter
) -> None:
    put(session, 2)
    porter.broken = True
    with pytest.raises(RuntimeError, match="away"):
        worker.carry_all("parcel")
    assert states(session) == {State.LEASED}
    porter.broken = False
    assert worker.carry_all("parcel") is False
    with clock.frozen(NOON + LEASE + timedelta(seconds=1)):
        assert worker.carry_all("parcel") is True
    assert len(porter.begun) == 4
    assert states(session) == {State.DONE}


def test_what_another_worker_has_taken_over_is_not_settled_by_the_first(
    session: Session, porter: Porter
) -> None:
    put(session)
    porter.may_end = False
    slow = Traffic("parcel")
    slow.turn()
    with clock.frozen(NOON + LEASE + timedelta(seconds=1)):
        [second] = claiming.claim(lane="parcel")
        porter.may_end = True
        slow.turn(more=False)
        assert states(session) == {State.LEASED}
        outbox.settle(second, None)
    assert states(session) == {State.DONE}


def test_what_can_never_set_out_takes_up_no_room_in_the_end(
    session: Session, porter: Porter
) -> None:
    put(session, 3)
    traffic = Traffic("parcel")
    porter.lame = True
    for _ in range(MOST_STUMBLES - 1):
        with pytest.raises(RuntimeError, match="set out"):
            traffic.turn()
    traffic.turn()
    assert traffic.on_way == 0
    porter.lame = False
    with clock.frozen(NOON + LEASE + timedelta(seconds=1)):
        while traffic.turn():
            pass
    assert states(session) == {State.DONE}


def test_what_could_not_set_out_does_the_next_time(session: Session, porter: Porter) -> None:
    put(session, 3)
    traffic = Traffic("parcel")
    porter.lame = True
    with pytest.raises(RuntimeError, match="set out"):
        traffic.turn()
    porter.lame = False
    while traffic.turn():
        pass
    assert states(session) == {State.DONE}


def test_what_has_ended_is_written_down_when_the_database_is_back(
    session: Session, porter: Porter
) -> None:
    put(session, 2)
    traffic = Traffic("parcel")
    porter.broken = True
    with pytest.raises(RuntimeError, match="away"):
        traffic.turn()
    assert traffic.on_way == 2
    porter.broken = False
    traffic.leave()
    assert (len(porter.begun), states(session)) == (2, {State.DONE})


def test_who_leaves_gives_back_what_has_not_set_out(session: Session, porter: Porter) -> None:
    put(session, 2)
    traffic = Traffic("parcel")
    porter.may_end = False
    traffic.turn()
    traffic.leave()
    assert traffic.on_way == 0
    assert {(row.state, row.attempts) for row in rows(session)} == {(State.WAITING, 0)}


def test_of_a_few_threads_those_that_work_end_and_the_others_never_begin(app: Flask) -> None:
    entered, may_go = threading.Event(), threading.Event()

    def handle(job: Job) -> None:
        entered.set()
        may_go.wait(10)

    jobs = [Job(uuid7(), "parcel", {}, 1, NOON) for _ in range(3)]
    pool = carrying.Pool(handle, 1)
    assert pool.begin(jobs) == []
    assert entered.wait(5)
    assert pool.leave() == [Ended(job, GIVEN_BACK) for job in jobs[1:]]
    may_go.set()
    assert pool.turn(5) == [Ended(jobs[0], None)]
