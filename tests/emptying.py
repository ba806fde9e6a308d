"""The test databases are emptied for every test, and fast. The database itself is asked which of
its tables hold rows, so that they go whoever wrote them: a session, plain SQL, another process."""

import os
from typing import Any

from sqlalchemy import Connection, event

from app.core.db import Base, Database

DEAD_AT_MOST = 3_000  # rows that PostgreSQL still walks past; then it makes its files anew

TABLES = sorted(Base.metadata.tables)
FILLED = " UNION ALL ".join(
    f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM \"{name}\")"  # noqa: S608 - our own names
    for name in TABLES
)
TRUNCATE = "TRUNCATE " + ", ".join(f'"{name}"' for name in TABLES)
_dead: dict[str, int] = {}


def forgetful(database: Database) -> None:
    """It lives no longer than the test run: do not wait for the disk at each commit, nor after it
    (`engines.settle`), as PostgreSQL does not here either (tests/services.py). Servers that tests
    start and kill are processes of their own, and wait."""
    if database.is_sqlite:
        os.fdatasync = lambda _file: None

        @event.listens_for(database.engine, "connect")
        def prepare(raw: Any, _record: Any) -> None:
            raw.execute("PRAGMA synchronous=OFF")


def empty(database: Database) -> None:
    """Delete every row; the tables stay."""
    with database.engine.connect() as connection:
        filled = [str(row[0]) for row in connection.exec_driver_sql(FILLED)]
        if database.is_sqlite:
            connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")  # tables point in circles
            _delete(connection, filled)
        else:
            _empty_postgres(connection, filled)
        connection.commit()


def _empty_postgres(connection: Connection, filled: list[str]) -> None:
    """TRUNCATE makes some 500 files, however few rows there were, and a row deleted stays in its
    file: so most times rows are deleted, and sometimes the files are made anew."""
    connection.exec_driver_sql("SET LOCAL session_replication_role = replica")  # circles
    here = str(connection.engine.url)
    _dead[here] = _dead.get(here, 0) + _delete(connection, filled)
    if _dead[here] > DEAD_AT_MOST:
        connection.exec_driver_sql(TRUNCATE)
        _dead[here] = 0


def _delete(connection: Connection, tables: list[str]) -> int:
    return sum(
        connection.exec_driver_sql(f'DELETE FROM "{name}"').rowcount  # noqa: S608 - our own names
        for name in tables
    )
