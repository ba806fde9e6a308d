"""Inserts that may meet a row which is there already, in the dialects of both databases.

PostgreSQL takes a row in less time than it takes to be told of one. So of many rows that go
`together` it hears in one statement: a list in JSON, which it unfolds itself.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import JSON, Table, Text, bindparam, cast, column, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.core.prepared import Prepared

BARE: dict[str, Callable[[Any], Any]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
MANY = 32  # fewer are told sooner one by one, in a pipeline and by a plan that is kept

Given = Mapping[str, Any]


def insert_into(session: Session, table: Table | type[Any]) -> Any:
    """An insert in the dialect of the session's database."""
    return BARE[session.get_bind().dialect.name](table)


class Upsert:
    """One such statement. What it writes is not seen by the session's own bookkeeping: whoever
    changes rows that phones hold by it notes them for the feed."""

    def __init__(self, table: Any, say: Callable[[Any], Any]) -> None:
        """`say` finishes a bare insert into the table: what to do when the row is there."""
        self._table, self._say = table, say
        self._each = Prepared(self._of_each)

    def run(self, session: Session, rows: Sequence[Given]) -> list[Any]:
        """Insert one row or many, in the present transaction; what the statement returns."""
        return self._each.write(session, rows)

    def _of_each(self, dialect: str) -> Any:
        return self._say(BARE[dialect](self._table))


class Together(Upsert):
    """The same where no two rows of a run can meet the same one. They are written in their order,
    and a default is the same for all of them."""

    def __init__(
        self,
        table: Any,
        say: Callable[[Any], Any],
        pick: Callable[[Given], Any] | None = None,
        **more: Any,
    ) -> None:
        """`pick` makes of what is given by name a query for what is inserted; without it, that is
        inserted as it is. `more`: the types of what has another name than a column."""
        super().__init__(table, say)
        self._pick = pick
        self._types = {one.key: one.type for one in table.columns} | more
        self._all: dict[tuple[str, ...], Prepared] = {}

    def run(self, session: Session, rows: Sequence[Given]) -> list[Any]:
        """See `Upsert`."""
        if len(rows) < MANY or session.get_bind().dialect.name != "postgresql":
            return super().run(session, rows)
        names = tuple(rows[0])
        if names not in self._all:
            self._all[names] = Prepared(self._of_all(names))
        return self._all[names].write(session, [{"rows": msgspec.json.encode(rows).decode()}])

    def _of_each(self, dialect: str) -> Any:
        if self._pick is None:
            return super()._of_each(dialect)
        given = {name: bindparam(name, type_=one) for name, one in self._types.items()}
        return self._picked(dialect, self._pick(given))

    def _of_all(self, names: Sequence[str]) -> Any:
        told = cast(bindparam("rows", type_=Text), JSON)
        columns = [column(name, self._types[name]) for name in names]
        given = func.json_to_recordset(told).table_valued(*columns).render_derived(with_types=True)
        every = {name: given.c[name] for name in names}
        return self._picked("postgresql", (self._pick or _as_given)(every))

    def _picked(self, dialect: str, query: Any) -> Any:
        names = [one.key for one in query.selected_columns]
        return self._say(BARE[dialect](self._table).from_select(names, query))


def _as_given(given: Given) -> Any:
    return select(*given.values())
