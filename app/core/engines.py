"""Engines. On both databases a statement sees what was committed before it (READ COMMITTED).

SQLite (WAL): a writing session takes its turn with the first statement that is not a plain read. It
begins IMMEDIATE behind a lock shared by threads and processes, so that writers queue fairly instead
of failing with "database is locked", and hold others up no longer than they write. The disk is
waited for after the turn (`settle`): one wait serves all who have written before it.

PostgreSQL: every round trip counts. A connection is asked whether it still lives only when it has
lain idle; the reads of a request need no transaction around them. Its JIT compiler is off: it took
30 ms to compile what then ran in 4, since our lists look dearer to its planner than they are. For
the same reason it is told that a page read here and there costs hardly more than the next one: the
tops of our indexes are in memory, and for 999 rows it would read through a table.

An error goes into a log and beside a dead letter: it says which statement failed, not with which
values, which are people's names, notes and addresses.
"""

import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, ExecutionContext, Select, SelectBase, create_engine, event
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry

from app.core import pipeline

WRITES = {"honglin_write": True}  # execution options of a connection that may write
IDLE_SECONDS = 5.0

PAGES_KB, FEW_PAGES_KB = 16_000, 2_000  # of a connection's memory for pages, on SQLite

SQLITE_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=NORMAL",  # a commit does not wait for the disk: whoever has committed does
    "wal_autocheckpoint=4000",  # pages; many reports write the same ones, which are copied once
    "foreign_keys=ON",
    "busy_timeout=20000",
    f"cache_size=-{PAGES_KB}",
    "temp_store=MEMORY",
)
POSTGRES_SETTINGS = "SET jit TO off; SET random_page_cost TO 1.1"


def engine_of(url: URL) -> Engine:
    """The engine for a database of either kind."""
    return _sqlite_engine(url) if url.get_backend_name() == "sqlite" else _postgres_engine(url)


def alone(engine: Engine) -> Engine:
    """The same engine for reads that need no transaction around them."""
    if engine.dialect.name == "sqlite":
        return engine
    return engine.execution_options(isolation_level="AUTOCOMMIT")


@contextmanager
def few_pages(connection: Connection) -> Iterator[None]:
    """Who reads through all there is reads no page again, and needs no memory to keep them in."""
    if connection.dialect.name != "sqlite":
        yield
        return
    raw: Any = connection.connection.driver_connection
    raw.execute(f"PRAGMA cache_size=-{FEW_PAGES_KB}")
    try:
        yield
    finally:
        raw.execute(f"PRAGMA cache_size=-{PAGES_KB}")


def settle(engine: Engine) -> None:
    """Wait until all that anybody has committed so far is on disk. PostgreSQL shows nothing before.

    SQLite syncs its log itself before it copies from it, so nothing but the log can lack."""
    if engine.dialect.name != "sqlite":
        return
    try:
        log = os.open(f"{engine.url.database}-wal", os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return  # whoever left last has copied all of it
    try:
        os.fdatasync(log)
    finally:
        os.close(log)


class WriterLock:
    """One SQLite writer at a time: a thread lock inside the process, `flock` between processes."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._threads = threading.Lock()
        self._owner: int | None = None
        self._file = -1

    def acquire(self) -> None:
        """Wait for the turn to write. RuntimeError if this thread is writing already."""
        if self._owner == threading.get_ident():
            raise RuntimeError("this thread has a writing session open already")
        self._threads.acquire()
        self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(self._file, fcntl.LOCK_EX)
        self._owner = threading.get_ident()

    def release(self) -> None:
        """Let the next writer in."""
        self._owner = None
        os.close(self._file)
        self._threads.release()


def _postgres_engine(url: URL) -> Engine:
    engine = create_engine(url, pool_size=5, max_overflow=10, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def prepare(raw: Any, _record: Any) -> None:
        raw.execute(POSTGRES_SETTINGS)
        raw.commit()

    pipeline.keep(engine)

    @event.listens_for(engine, "checkin")
    def rest(_raw: Any, record: ConnectionPoolEntry) -> None:
        record.info["since"] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def ask(raw: Any, record: ConnectionPoolEntry, _proxy: Any) -> None:
        since = record.info.get("since")
        idle = since is not None and time.monotonic() - since > IDLE_SECONDS
        if not idle:
            return
        try:
            engine.dialect.do_ping(raw)
        except engine.dialect.loaded_dbapi.Error as gone:
            raise DisconnectionError from gone  # the pool makes a new one

    return engine


def _sqlite_engine(url: URL) -> Engine:
    Path(str(url.database)).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url, connect_args={"timeout": 20, "check_same_thread": False}, hide_parameters=True
    )

    @event.listens_for(engine, "connect")
    def prepare(raw: Any, _record: Any) -> None:
        raw.isolation_level = None  # we say BEGIN ourselves
        for pragma in SQLITE_PRAGMAS:
            raw.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if not writes(connection):
            connection.connection.cursor().execute("BEGIN")  # of which nobody else need hear

    _queue_writers(engine, Path(str(url.database)))
    return engine


def writes(connection: Connection) -> bool:
    """Whether it belongs to a session that may write."""
    return bool(connection.get_execution_options().get("honglin_write"))


def _queue_writers(engine: Engine, path: Path) -> None:
    lock = WriterLock(path.with_name(path.name + ".writer"))

    @event.listens_for(engine, "before_cursor_execute")
    def take_turn(
        connection: Connection, cursor: Any, _statement: str, _given: Any, context: Any, _many: bool
    ) -> None:
        info = connection.info
        if "turn" not in info and writes(connection) and not _only_reads(context):
            lock.acquire()
            info["turn"] = True
            cursor.execute("BEGIN IMMEDIATE")

    @event.listens_for(engine, "checkin")
    def end_turn(_raw: Any, record: ConnectionPoolEntry) -> None:
        if record.info.pop("turn", False):
            lock.release()


def _only_reads(context: ExecutionContext | None) -> bool:
    said = context.compiled.statement if context and context.compiled else None
    return isinstance(said, SelectBase) and not _locks(said)


def _locks(said: SelectBase) -> bool:
    """Whether it asks FOR UPDATE, which SQLite cannot say: there the turn holds others."""
    return isinstance(said, Select) and said._for_update_arg is not None
