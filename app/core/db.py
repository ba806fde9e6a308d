"""The database: engine, sessions, transactions and the few column types that all models share.

SQLite (WAL, `synchronous=FULL`) and PostgreSQL behave alike here. On SQLite a writing session takes
its turn with the first statement that is not a plain read: it begins IMMEDIATE behind a lock shared
by threads and processes, so that writers queue fairly instead of failing with "database is locked",
and hold others up no longer than they write. What it read before is as fresh as it would be on
PostgreSQL (READ COMMITTED): versions, unique keys and FOR UPDATE decide, on both.
"""

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from secrets import token_bytes
from typing import Any, ClassVar
from uuid import UUID

from flask import current_app, g
from sqlalchemy import (
    URL,
    DateTime,
    Engine,
    Enum,
    ExecutionContext,
    MetaData,
    Select,
    SelectBase,
    create_engine,
    event,
)
from sqlalchemy.engine import Connection, Dialect, make_url
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    Session,
    declared_attr,
    mapped_column,
    sessionmaker,
)
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import TypeDecorator

from app.core import clock

__all__ = [
    "Base",
    "Database",
    "Session",
    "UtcDateTime",
    "Versioned",
    "database",
    "enum_type",
    "is_modelled",
    "looking",
    "reading",
    "transaction",
    "uuid7",
]

SQLITE_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",  # a phone deletes its copy after our 2xx: it must be on disk
    "foreign_keys=ON",
    "busy_timeout=20000",
    "cache_size=-16000",
    "temp_store=MEMORY",
)

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment; stored and returned in UTC, naive values are refused."""

    impl = DateTime(timezone=True)
    cache_ok = True
    python_type = datetime

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """The base of every model."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: UtcDateTime()}


class Versioned:
    """A row that says which version it is; every update raises it by one (HTTP `If-Match`)."""

    version: Mapped[int] = mapped_column(default=1)

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.version}


def enum_type(kind: type[StrEnum], name: str) -> Enum:
    """A column type for a StrEnum: stored by value, 32 characters, with a named CHECK."""
    return Enum(
        kind,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=32,
        values_callable=lambda members: [member.value for member in members],
    )


_counting = threading.Lock()
_latest = [0, 0]  # the millisecond, and how many identifiers before in it


def uuid7() -> UUID:
    """A new identifier that sorts by the time it was made (RFC 9562 version 7). Those that one
    process makes in the same millisecond are counted, so that they keep their order too."""
    milliseconds = int(clock.now().timestamp() * 1000)
    with _counting:
        count = _latest[1] + 1 if _latest[0] == milliseconds else 0
        _latest[:] = milliseconds, count
    random = int.from_bytes(token_bytes(8), "big") & ~(0x3 << 62) | (0x2 << 62)
    return UUID(int=(milliseconds << 80) | (0x7 << 76) | (count & 0xFFF) << 64 | random)


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


class WritingSession(Session):
    """A session that may write."""


class Database:
    """The engine of one application and the sessions made from it."""

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _sqlite_engine(self.url) if self.is_sqlite else _postgres_engine(self.url)
        self._writing = sessionmaker(
            self.engine.execution_options(honglin_write=True),
            class_=WritingSession,
            expire_on_commit=False,
        )
        self._reading = sessionmaker(self.engine, expire_on_commit=False)

    def session(self, *, write: bool) -> Session:
        """A new session; only a writing one may change anything on SQLite."""
        return self._writing() if write else self._reading()

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A session that commits at the end of the block, or rolls back when it raises."""
        with self.session(write=True) as session:
            try:
                yield session
                session.commit()
            except BaseException:
                session.rollback()
                raise

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session for looking only."""
        with self.session(write=False) as session:
            yield session


def _postgres_engine(url: URL) -> Engine:
    return create_engine(url, pool_pre_ping=True, pool_size=5, max_overflow=10)


def _sqlite_engine(url: URL) -> Engine:
    Path(str(url.database)).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": 20, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def prepare(raw: Any, _record: Any) -> None:
        raw.isolation_level = None  # we say BEGIN ourselves
        for pragma in SQLITE_PRAGMAS:
            raw.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if not _writes(connection):
            connection.exec_driver_sql("BEGIN")

    _queue_writers(engine, Path(str(url.database)))
    return engine


def _writes(connection: Connection) -> bool:
    return bool(connection.get_execution_options().get("honglin_write"))


def _queue_writers(engine: Engine, path: Path) -> None:
    lock = WriterLock(path.with_name(path.name + ".writer"))

    @event.listens_for(engine, "before_cursor_execute")
    def take_turn(
        connection: Connection, cursor: Any, _statement: str, _given: Any, context: Any, _many: bool
    ) -> None:
        if _writes(connection) and not connection.info.get("turn") and not _only_reads(context):
            lock.acquire()
            connection.info["turn"] = True
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


def database() -> Database:
    """The database of the current application."""
    found: Database = current_app.extensions["database"]
    return found


def transaction() -> AbstractContextManager[Session]:
    """A writing session of the current application; commits at the end of the block."""
    return database().transaction()


def reading() -> AbstractContextManager[Session]:
    """A reading session of the current application."""
    return database().reading()


@contextmanager
def looking() -> Iterator[Session]:
    """The one reading session of the present request: who asks, and what they read, come from
    the same connection. Opened by the first who needs it, closed by the same."""
    shared: Session | None = g.get("looking")
    if shared is not None:
        yield shared
        return
    with reading() as session:
        g.looking = session
        try:
            yield session
        finally:
            g.pop("looking", None)


def is_modelled(name: str | None, kind: str, _parents: object = None) -> bool:
    """Whether a table or index is one of the models' (alembic's `include_name`): those of a
    full-text index are made beside them, each database having its own."""
    return "_fts" not in (name or "")
