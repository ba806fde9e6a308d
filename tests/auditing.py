"""What the test databases add: they are emptied fast, and a commit that changed the state of
something without an audit row fails the test."""

import re
from typing import Any

from sqlalchemy import Connection, event, text
from sqlalchemy.orm import Session

from app.core.db import Base, Database, WritingSession

# Rows that are no state of the domain: bookkeeping of the core, receipts, counters.
UNAUDITED = {
    "audit",
    "outbox",
    "idempotency",
    "device",
    "sign_in_attempt",
    "media",
    "media_sender",
    "inbox_item",
    "push_subscription",
    "feed_scope",
    "ticket_clock",
    "feed_change",
    "feed_generation",
    "device_report",
    "open311_use",
    "door_count",
    "webhook_use",
    "suggestion_model",
    "rate_month",
    "job",
    "known_version",
    "ticket_number",
    "ticket_words",
}
INSERT = re.compile(r'INSERT INTO "?(\w+)')
_allowed: list[bool] = []


class unwatched:  # noqa: N801 - reads like a function at its use
    """Factories write rows without facts; inside this block that is fine."""

    def __enter__(self) -> None:
        _allowed.append(True)

    def __exit__(self, *_: Any) -> None:
        _allowed.pop()


def watch(database: Database) -> None:
    """Have each commit of a request checked."""

    @event.listens_for(WritingSession, "after_flush")
    def collect(session: Session, _context: Any) -> None:
        touched = session.info.setdefault("touched", set())
        for row in (*session.new, *session.dirty, *session.deleted):
            if row in session.dirty and not session.is_modified(row, include_collections=False):
                continue
            touched.add(row.__tablename__)

    _watch_inserts(database)

    @event.listens_for(WritingSession, "before_commit")
    def check(session: Session) -> None:
        session.flush()
        touched = session.info.pop("touched", set())
        info = session.connection().info
        touched |= info.get("touched", set())
        if not session.in_nested_transaction():
            info.pop("touched", None)
        if touched - UNAUDITED and "audit" not in touched and not _allowed:
            raise AssertionError(f"changed {touched} without an audit row")


def _watch_inserts(database: Database) -> None:
    """What is inserted past the session is seen on its way to the database."""

    @event.listens_for(database.engine, "before_cursor_execute")
    def inserted(
        connection: Connection, _cursor: Any, statement: str, _values: Any, _context: Any, _: bool
    ) -> None:
        if found := INSERT.match(statement):
            connection.info.setdefault("touched", set()).add(found[1])

    @event.listens_for(database.engine, "rollback")
    def forget(connection: Connection) -> None:
        connection.info.pop("touched", None)


def empty(database: Database) -> None:
    """Delete every row; the tables stay."""
    tables = [table.name for table in Base.metadata.tables.values()]
    with database.engine.connect() as connection:
        if database.is_sqlite:
            connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")  # tables point in circles
            for name in tables:
                connection.execute(text(f'DELETE FROM "{name}"'))  # noqa: S608 - our own names
        else:
            names = ", ".join(f'"{name}"' for name in tables)
            connection.execute(text(f"TRUNCATE {names} CASCADE"))
        connection.commit()
