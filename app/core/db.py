"""The database: engine, sessions, transactions and the few column types that all models share.

SQLite and PostgreSQL behave alike here (`engines.py`): versions, unique keys and FOR UPDATE decide.
"""

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime
from enum import StrEnum
from secrets import token_bytes
from typing import Any, ClassVar
from uuid import UUID

from flask import current_app, g
from sqlalchemy import (
    Enum,
    MetaData,
)
from sqlalchemy.engine import make_url
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    Session,
    declared_attr,
    mapped_column,
    sessionmaker,
)

from app.core import clock
from app.core.column_types import Identifier, UtcDateTime
from app.core.engines import WRITES, alone, engine_of, settle

__all__ = [
    "Base",
    "Database",
    "Session",
    "UtcDateTime",
    "Versioned",
    "database",
    "enum_type",
    "looking",
    "reading",
    "transaction",
    "uuid7",
]

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The base of every model."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: UtcDateTime(), UUID: Identifier()}


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


class WritingSession(Session):
    """A session that may write. Once it has committed, what it wrote and what it saw is on disk:
    a phone deletes its copy after our 2xx, also when that says what was answered before."""

    def commit(self) -> None:
        super().commit()
        settle(self.get_bind().engine)


class Database:
    """The engine of one application and the sessions made from it."""

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = engine_of(self.url)
        self._writing = sessionmaker(
            self.engine.execution_options(**WRITES),
            class_=WritingSession,
            expire_on_commit=False,
        )
        self._reading = sessionmaker(self.engine, expire_on_commit=False)
        self._looking = sessionmaker(alone(self.engine), expire_on_commit=False)

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
    def looking(self) -> Iterator[Session]:
        """A session for the few reads of one request, each of them for itself."""
        with self._looking() as session:
            yield session

    @contextmanager
    def apart(self) -> Iterator[Session]:
        """A session whose statements are committed each by itself, whatever becomes of the present
        transaction. PostgreSQL only: on SQLite the present transaction would be waited for."""
        with self._looking() as session:
            yield session

    def settle(self) -> None:
        """Wait until what can be seen now is on disk. Who commits has waited."""
        settle(self.engine)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session for looking only."""
        with self.session(write=False) as session:
            yield session


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
def looking(into: Session | None = None) -> Iterator[Session]:
    """The one reading session of the present request: who asks, and what they read, come from
    the same connection. Opened by the first who needs it, closed by the same; or a session that
    somebody has open already."""
    shared: Session | None = g.get("looking")
    if shared is not None:
        yield shared
        return
    with nullcontext(into) if into is not None else database().looking() as session:
        g.looking = session
        try:
            yield session
        finally:
            g.pop("looking", None)
