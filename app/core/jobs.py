"""Long work that somebody waits for: a row says what was asked, how far it is and how it ended.

The worker's slow lane does it. A worker that dies loses its lease and the work begins anew, a few
times at most; then the row says in a sentence that it was given up. What the work makes is a file
that only its maker may have, for a day.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy import JSON, CursorResult, Index, String, Update, delete, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.core import clock, duties, outbox
from app.core.db import Base, enum_type, transaction, uuid7
from app.core.errors import NotFound, Refusal
from app.core.events import Event, publish
from app.core.outbox import OutboxRow

KIND, FORGET = "job", "job.forget"
MOST_OPEN = 3
MOST_STARTS = 3
KEPT = timedelta(hours=24)
STRAY = timedelta(hours=48)
LEASE = timedelta(seconds=60)
SAY_EVERY = 0.4  # seconds between two notes of how far it is
log = logging.getLogger(__name__)
INTERRUPTED = threading.Event()  # set when the worker is told to end

GIVEN_UP = "做到一半停了几次，没有做完。请再试一次；还不行，请告诉管理员。"
BROKEN = "做的时候出了点问题，已经记下。请稍后再试一次。"


class TooManyJobs(Refusal):
    status, code = 409, "too_many_jobs"
    title = f"您已经有 {MOST_OPEN} 份还没做完，等做完一份再来。"


class JobState(StrEnum):
    """How a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


OPEN = (JobState.WAITING, JobState.RUNNING)


class JobRow(Base):
    """One piece of long work."""

    __tablename__ = "job"
    __table_args__ = (Index(None, "made_by", "created_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    kind: Mapped[str] = mapped_column(String(32))
    asked: Mapped[dict[str, Any]] = mapped_column(JSON)
    made_by: Mapped[UUID]
    state: Mapped[JobState] = mapped_column(
        enum_type(JobState, "job_state"), default=JobState.WAITING
    )
    starts: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int | None]
    result: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    why: Mapped[str | None] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    ended_at: Mapped[datetime | None]

    @property
    def expires_at(self) -> datetime | None:
        """Until when its file can be had."""
        return self.ended_at + KEPT if self.ended_at and self.state is JobState.DONE else None


class Stopped(Exception):
    """The maker has cancelled the work, or another worker does it: leave everything."""


@dataclass(frozen=True)
class Order:
    """What a piece of work gets: what was asked by whom, and the file to write into."""

    job_id: UUID
    asked: dict[str, Any]
    made_by: UUID
    draft: Path


@dataclass(frozen=True)
class Result:
    """How it went: what the row keeps of it, and the fact for the audit log."""

    said: dict[str, Any]
    event: Event


class Progress:
    """By this the work says how far it is, and learns that nobody waits for it any more."""

    def __init__(self, order: Order, attempt: outbox.Job, starts: int) -> None:
        self._order, self._attempt, self._starts = order, attempt, starts
        self._said = 0.0

    def tell(self, done: int, total: int | None = None) -> None:
        """So much is done. Raises Stopped, or Retry when the worker is told to end."""
        if INTERRUPTED.is_set():
            raise outbox.Retry("the worker is ending")
        now = time.monotonic()
        if total is None and now - self._said < SAY_EVERY:
            return
        self._said = now
        values: dict[str, Any] = {"done": done} | ({} if total is None else {"total": total})
        with transaction() as session:
            if not changed(session, running(self._order.job_id, self._starts).values(values)):
                raise Stopped
            session.execute(
                update(OutboxRow)
                .where(OutboxRow.id == self._attempt.id)
                .values(lease_until=clock.now() + LEASE)
            )


Work = Callable[[Order, Progress], Result]
WORKS: dict[str, Work] = {}


def does(kind: str) -> Callable[[Work], Work]:
    """Have a function do the jobs of this kind; it runs outside any transaction."""

    def add(work: Work) -> Work:
        WORKS[kind] = work
        return work

    return add


def start(
    session: Session,
    kind: str,
    asked: dict[str, Any],
    made_by: UUID,
    *,
    after: timedelta = timedelta(),
) -> JobRow:
    """Ask for a piece of work, in the present transaction, to begin now or some time after.
    TooManyJobs beyond a few at a time."""
    waiting = select(func.count()).where(JobRow.made_by == made_by, JobRow.state.in_(OPEN))
    if (session.scalar(waiting) or 0) >= MOST_OPEN:
        raise TooManyJobs
    row = JobRow(id=uuid7(), kind=kind, asked=asked, made_by=made_by)
    session.add(row)
    session.flush()
    payload = {"job_id": str(row.id)}
    outbox.enqueue(session, KIND, payload, f"job:{row.id}", clock.now() + after)
    return row


def mine(session: Session, made_by: UUID, kind: str) -> list[JobRow]:
    """The jobs of a kind that somebody asked for, newest first."""
    found = select(JobRow).where(JobRow.made_by == made_by, JobRow.kind == kind)
    return list(session.scalars(found.order_by(JobRow.created_at.desc(), JobRow.id.desc())))


def get(session: Session, made_by: UUID, kind: str, job_id: UUID) -> JobRow:
    """One job of its maker. NotFound otherwise."""
    row = session.get(JobRow, job_id)
    if row is None or row.made_by != made_by or row.kind != kind:
        raise NotFound
    return row


def drop(session: Session, row: JobRow) -> None:
    """Cancel what is under way; what is over goes with its file."""
    if row.state in OPEN:
        row.state, row.ended_at = JobState.CANCELLED, clock.now()
        return
    session.delete(row)
    path_of(row.id).unlink(missing_ok=True)


def path_of(job_id: UUID) -> Path:
    """Where the file of a job lies once it is whole."""
    folder = Path(current_app.config["VAR_DIR"]) / "jobs"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / str(job_id)


def file_of(row: JobRow) -> Path:
    """The file of a job that is done. NotFound before, and once its day is over."""
    path = path_of(row.id)
    if row.expires_at is None or row.expires_at <= clock.now() or not path.exists():
        raise NotFound("这份文件过期了，请再导一次。")
    return path


def running(job_id: UUID, starts: int) -> Update:
    """The row as long as it is ours."""
    return update(JobRow).where(
        JobRow.id == job_id, JobRow.state == JobState.RUNNING, JobRow.starts == starts
    )


def changed(session: Session, statement: Update) -> bool:
    """Whether an update met a row."""
    done = session.execute(statement.execution_options(synchronize_session=False))
    return isinstance(done, CursorResult) and done.rowcount > 0


@outbox.handles(KIND, slow=True)
def perform(attempt: outbox.Job) -> None:
    """Do one job, and write down how it ended."""
    begun = _begin(UUID(attempt.payload["job_id"]))
    if begun is None:
        return
    kind, order, starts = begun
    try:
        result = WORKS[kind](order, Progress(order, attempt, starts))
        _finish(order, starts, result)
    except Stopped:
        return
    except outbox.Retry:
        raise
    except Refusal as refusal:
        _fail(order, starts, refusal.sentence)
    except Exception as broken:
        log.exception("a job of %s broke", kind)
        _fail(order, starts, BROKEN)
        raise outbox.GiveUp(repr(broken)) from broken
    finally:
        order.draft.unlink(missing_ok=True)


def _begin(job_id: UUID) -> tuple[str, Order, int] | None:
    """Take a job that is still wanted; one that was begun too often is given up."""
    with transaction() as session:
        row = session.get(JobRow, job_id, with_for_update=True)
        if row is None or row.state not in OPEN:
            return None
        if row.starts >= MOST_STARTS:
            row.state, row.why, row.ended_at = JobState.FAILED, GIVEN_UP, clock.now()
            return None
        row.state, row.starts, row.done = JobState.RUNNING, row.starts + 1, 0
        draft = path_of(job_id).with_suffix(f".{row.starts}.new")
        return row.kind, Order(job_id, row.asked, row.made_by, draft), row.starts


def _finish(order: Order, starts: int, result: Result) -> None:
    """The file first, then the row that says it is there."""
    if order.draft.exists():
        order.draft.replace(path_of(order.job_id))
    values = {"state": JobState.DONE, "result": result.said, "ended_at": clock.now()}
    with transaction() as session:
        if not changed(session, running(order.job_id, starts).values(values)):
            path_of(order.job_id).unlink(missing_ok=True)
            return
        publish(session, result.event)
        name = f"forget:{order.job_id}"
        payload = {"job_id": str(order.job_id)}
        outbox.enqueue(session, FORGET, payload, name, due_at=clock.now() + KEPT)


def _fail(order: Order, starts: int, why: str) -> None:
    values = {"state": JobState.FAILED, "why": why[:200], "ended_at": clock.now()}
    with transaction() as session:
        changed(session, running(order.job_id, starts).values(values))


@outbox.handles(FORGET)
def forget(attempt: outbox.Job) -> None:
    """A day later the file goes, and its row."""
    job_id = UUID(attempt.payload["job_id"])
    path_of(job_id).unlink(missing_ok=True)
    with transaction() as session:
        session.execute(delete(JobRow).where(JobRow.id == job_id))


@duties.daily("jobs.sweep")
def sweep(session: Session, _day: date) -> None:
    """Rows that ended without a file go too, and what a killed worker left lying."""
    session.execute(delete(JobRow).where(JobRow.ended_at < clock.now() - STRAY))
    oldest = time.time() - STRAY.total_seconds()
    for path in path_of(UUID(int=0)).parent.iterdir():
        if path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)
