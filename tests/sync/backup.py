"""A backup of the whole database, taken and played back while nobody else is there."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import RowMapping, func, select, text

from app.core.db import Base, Database
from app.core.numbering import FeedScope
from tests.emptying import empty

Backup = Mapping[str, Sequence[RowMapping]]


def taken(database: Database) -> Backup:
    """Every row of every table."""
    with database.engine.connect() as connection:
        return {
            table.name: connection.execute(select(table)).mappings().all()
            for table in Base.metadata.tables.values()
        }


def played_back(database: Database, backup: Backup) -> None:
    """Put the tables back as they were, with the counters that number new rows."""
    empty(database)
    with database.engine.connect() as connection:
        if database.is_sqlite:
            connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        else:
            connection.execute(text("SET session_replication_role = replica"))
        for table in Base.metadata.tables.values():
            rows: list[dict[str, Any]] = [dict(row) for row in backup[table.name]]
            if rows:
                connection.execute(table.insert(), rows)
        if not database.is_sqlite:
            last = connection.scalar(select(func.max(FeedScope.id))) or 1
            sequence = func.pg_get_serial_sequence("feed_scope", "id")
            connection.execute(select(func.setval(sequence, last)))
            connection.execute(text("SET session_replication_role = DEFAULT"))
        connection.commit()
