"""Inserts that may meet a row which is there already. Both databases say it alike, in two dialects.

Each statement is made once and kept: making and compiling it took longer than running it.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session


def insert_into(session: Session, table: Table | type[Any]) -> Any:
    """An insert in the dialect of the session's database."""
    on_sqlite = session.get_bind().dialect.name == "sqlite"
    return sqlite.insert(table) if on_sqlite else postgresql.insert(table)


class Upsert:
    """One such statement. What it writes is not seen by the session's own bookkeeping: whoever
    changes rows that phones hold by it notes them for the feed."""

    def __init__(self, table: Any, say: Callable[[Any], Any]) -> None:
        """`say` finishes a bare insert into the table: what to do when the row is there."""
        self._table, self._say = table, say
        self._made: dict[str, Any] = {}

    def run(
        self, session: Session, rows: Sequence[Mapping[str, Any]]
    ) -> list[Row[*tuple[Any, ...]]]:
        """Insert one row or many, in the present transaction; what the statement returns."""
        dialect = session.get_bind().dialect.name
        if dialect not in self._made:
            self._made[dialect] = self._say(insert_into(session, self._table))
        given = rows[0] if len(rows) == 1 else rows
        done = session.connection().execute(self._made[dialect], given)
        return list(done) if done.returns_rows else []
