"""Statements that every request asks: compiled once, then handed to the driver of the database.

What a session does around a statement (look up, build, check, wrap) takes several times what the
statement itself takes. A prepared one gets values and gives rows. It makes no objects, and what it
writes is not seen by the session's own bookkeeping.
"""

from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import Session, SessionTransaction

from app.core import pipeline
from app.core.engines import writes

Given = Mapping[str, Any]
HELD = "honglin_connection"


class Prepared:
    """One statement, or what makes it for the name of a dialect.

    `one_plan`: PostgreSQL plans it once on each connection, whatever its values. It plans a list of
    many small pieces as long as it then runs, and would do so each time, since it hopes that this
    plan will be cheaper. No limit may be among the values."""

    def __init__(self, said: Any, *, one_plan: bool = False) -> None:
        self._said = said
        self._one_plan = one_plan
        self._made: dict[tuple[object, ...], _Made] = {}

    def all(self, session: Session, given: Given) -> list[Any]:
        """The rows that a query gives, each with the names of its columns."""
        _flush(session)
        connection = _connection(session)
        made = self._asked(connection.dialect, given)
        return made.rows(_run(connection, made, made.values(given)))

    def first(self, session: Session, given: Given) -> Any:
        """The first row of a query, or None."""
        rows = self.all(session, given)
        return rows[0] if rows else None

    def write(self, session: Session, rows: Sequence[Given]) -> list[Any]:
        """Write one row or many, which name the same columns; what it gives of them."""
        connection = _connection(session)
        made = self._for(connection.dialect, rows[0])
        if len(rows) == 1:
            return made.rows(_run(connection, made, made.values(rows[0])))
        if made.gives and connection.dialect.name != "postgresql":
            return list(connection.execute(made.said, rows))
        pipeline.leave(connection)
        cursor = _run(connection, made, [made.values(row) for row in rows])
        given = made.rows(cursor)
        while made.gives and cursor.nextset():  # the driver keeps what each row has given apart
            given += made.rows(cursor)
        return given

    def _asked(self, dialect: Dialect, given: Given) -> "_Made":
        lengths = [len(one) for one in given.values() if isinstance(one, list)]
        return self._for(dialect, given, lengths)

    def _for(self, dialect: Dialect, given: Given, lengths: Sequence[int] = ()) -> "_Made":
        shape = (dialect.name, *given, *lengths)
        made = self._made.get(shape)
        if made is None:
            said = self._said(dialect.name) if callable(self._said) else self._said
            made = self._made[shape] = _Made(said, dialect, given)
            made.one_plan = self._one_plan and dialect.name == "postgresql"
        return made


def together(session: Session, asked: Sequence[tuple[Prepared, Given]]) -> list[list[Any]]:
    """The rows that each of several queries gives; on PostgreSQL they travel in one round trip."""
    _flush(session)
    connection = _connection(session)
    if connection.dialect.name != "postgresql":
        return [query.all(session, given) for query, given in asked]
    made = [(query._asked(connection.dialect, given), given) for query, given in asked]
    with pipeline.at_once(connection):
        cursors = [_run(connection, one, one.values(given)) for one, given in made]
    return [one.rows(cursor) for (one, _), cursor in zip(made, cursors, strict=True)]


def _flush(session: Session) -> None:
    if session.autoflush and (session.new or session.dirty or session.deleted):
        session.flush()


class _Made:
    """The statement in the words of one database, for certain names and lengths of lists."""

    one_plan = False

    def __init__(self, said: Any, dialect: Dialect, given: Given) -> None:
        self.said = said
        names = list(given) if said.is_dml else None
        self.compiled = said.compile(dialect=dialect, column_keys=names)
        state = self.compiled.construct_expanded_state({**self.compiled.params, **given})
        self.text: str = state.statement
        self._named = state.positiontup is None
        self._names: list[str] = list(state.parameters if self._named else state.positiontup)
        sources = self._sources(given, state.parameter_expansion)
        fixed = state.parameters
        binds = self.compiled.binds.items()
        types = {name: bind.type.dialect_impl(dialect) for name, bind in binds}
        writers = {name: one.bind_processor(dialect) for name, one in types.items()}
        writers |= state.processors
        self._slots = [
            (*sources.get(name, (None, fixed[name])), writers.get(name)) for name in self._names
        ]
        columns = list(said.exported_columns)
        self.gives = bool(columns)
        self._make = _row([one.key for one in columns])
        readers = [
            one.type.dialect_impl(dialect).result_processor(dialect, None) for one in columns
        ]
        self._readers = [(place, read) for place, read in enumerate(readers) if read is not None]

    def _sources(self, given: Given, lists: Mapping[str, list[str]]) -> dict[str, Any]:
        """Where each value comes from: a name that is given (one of its list, maybe), or the
        default of a column."""
        found: dict[str, Any] = {name: (name, None) for name in given}
        for name in lists.keys() & given.keys():
            found |= {part: (name, place) for place, part in enumerate(lists[name])}
        for column in self.compiled.insert_prefetch:
            found[column.key] = (column.default, None)
        return found

    def values(self, given: Given) -> Any:
        """What the driver gets."""
        values = []
        for source, place, processor in self._slots:
            if type(source) is str:
                value = given[source] if place is None else given[source][place]
            elif source is None:
                value = place
            else:
                value = source.arg(None) if source.is_callable else source.arg
            values.append(value if processor is None else processor(value))
        return dict(zip(self._names, values, strict=True)) if self._named else tuple(values)

    def rows(self, cursor: Any) -> list[Any]:
        found = cursor.fetchall() if self.gives else ()
        if not found:
            return []
        columns: list[Iterable[Any]] = list(zip(*found, strict=True))
        for place, read in self._readers:
            columns[place] = map(read, columns[place])
        return list(map(self._make, zip(*columns, strict=True)))


@event.listens_for(Session, "after_begin")
def _hold(session: Session, _transaction: SessionTransaction, connection: Connection) -> None:
    session.info[HELD] = connection


@event.listens_for(Session, "after_transaction_end")
def _let_go(session: Session, _transaction: SessionTransaction) -> None:
    session.info.pop(HELD, None)


def _connection(session: Session) -> Connection:
    """The connection of the present transaction. The session asks itself many questions before it
    gives that; inside a savepoint, which begins with the first use, it must."""
    held: Connection | None = session.info.get(HELD)
    return session.connection() if held is None or session.in_nested_transaction() else held


def _row(names: Sequence[str]) -> Callable[[Iterable[Any]], Any]:
    row = namedtuple("row", names)  # type: ignore[misc]  # whatever the query names
    return row._make


def _run(connection: Connection, made: _Made, values: Any) -> Any:
    """Run it on the connection's own cursor; a list of values is for as many rows."""
    many = isinstance(values, list)
    if not made.gives and connection.dialect.name == "postgresql" and writes(connection):
        pipeline.enter(connection)
    cursor: Any = connection.connection.cursor()
    for hears in connection.dispatch.before_cursor_execute:
        hears(connection, cursor, made.text, values, made, many)
    try:
        if many and made.gives:
            cursor.executemany(made.text, values, returning=True)
        elif many:
            cursor.executemany(made.text, values)
        elif made.one_plan:
            pipeline.by_one_plan(connection, cursor, made.text, values)
        else:
            cursor.execute(made.text, values)
    except connection.dialect.loaded_dbapi.Error as wrong:
        raise pipeline.told(connection, wrong, made.text) from wrong
    return cursor
