"""What the test databases add: a commit that changed the state of something without an audit row
fails the test."""

import re
from typing import Any

from sqlalchemy import URL, Connection, event
from sqlalchemy.orm import Session

from app.core.db import Database, WritingSession

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
    "delivery",
    "push_subscription",
    "feed_scope",
    "ticket_clock",
    "feed_change",
    "feed_generation",
    "device_report",
    "open311_use",
    "door_count",
    "webhook_use",
    "own_channel_use",
    "sms_count",
    "robot_use",
    "robot_news",
    "suggestion_model",
    "rate_month",
    "coverage_month",
    "job",
    "known_version",
    "ticket_number",
    "ticket_words",
    "calendar_entry",
}
INSERT = re.compile(r'INSERT INTO "?(\w+)')
_allowed: list[bool] = []
_watched: set[URL] = set()


class unwatched:  # noqa: N801 - reads like a function at its use
    """Factories write rows without facts; inside this block that is fine."""

    def __enter__(self) -> None:
        _allowed.append(True)

    def __exit__(self, *_: Any) -> None:
        _allowed.pop()


def watch(database: Database) -> None:
    """Have each commit to this database checked."""
    if not _watched:
        event.listen(WritingSession, "after_flush", _collect)
        event.listen(WritingSession, "before_commit", _check)
    _watched.add(database.engine.url)
    event.listen(database.engine, "before_cursor_execute", _inserted)
    event.listen(database.engine, "rollback", lambda one: one.info.pop("touched", None))


def _collect(session: Session, _context: Any) -> None:
    touched = session.info.setdefault("touched", set())
    for row in (*session.new, *session.dirty, *session.deleted):
        if row in session.dirty and not session.is_modified(row, include_collections=False):
            continue
        touched.add(row.__tablename__)


def _inserted(
    connection: Connection, _cursor: Any, statement: str, _values: Any, _context: Any, _: bool
) -> None:
    """What is inserted past the session is seen on its way to the database."""
    if found := INSERT.match(statement):
        connection.info.setdefault("touched", set()).add(found[1])


def _check(session: Session) -> None:
    session.flush()
    touched = session.info.pop("touched", set())
    connection = session.connection()
    if connection.engine.url not in _watched:
        return
    touched |= connection.info.get("touched", set())
    if not session.in_nested_transaction():
        connection.info.pop("touched", None)
    if touched - UNAUDITED and "audit" not in touched and not _allowed:
        raise AssertionError(f"changed {touched} without an audit row")
