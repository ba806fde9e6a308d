"""Inserts that may meet a row which is there already, in the dialects of both databases."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.core.prepared import Prepared

BARE: dict[str, Callable[[Any], Any]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def insert_into(session: Session, table: Table | type[Any]) -> Any:
    """An insert in the dialect of the session's database."""
    return BARE[session.get_bind().dialect.name](table)


class Upsert:
    """One such statement. What it writes is not seen by the session's own bookkeeping: whoever
    changes rows that phones hold by it notes them for the feed."""

    def __init__(self, table: Any, say: Callable[[Any], Any]) -> None:
        """`say` finishes a bare insert into the table: what to do when the row is there."""
        self._statement = Prepared(lambda dialect: say(BARE[dialect](table)))

    def run(self, session: Session, rows: Sequence[Mapping[str, Any]]) -> list[Any]:
        """Insert one row or many, in the present transaction; what the statement returns."""
        return self._statement.write(session, rows)
