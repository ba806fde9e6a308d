"""Statements that every request asks: compiled once, then handed to the driver of the database.

What a session does around a statement (look up, build, check, wrap) takes several times what the
statement itself takes. A prepared one gets values and gives rows. It makes no objects, and what it
writes is not seen by the session's own bookkeeping.
"""

from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Boolean, Connection, Enum, Uuid, event
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import Session, SessionTransaction

from app.core import pipeline
from app.core.column_types import UtcDateTime
from app.core.engines import writes

Given = Mapping[str, Any]
Writer = Callable[[Any], Any]
NOTHING_FOR_NONE = (Uuid, Enum, UtcDateTime)
HELD = "honglin_connection"


class Held(NamedTuple):
    """The connection of a transaction, with what each statement needs of it."""

    connection: Connection
    driver: Any  # the driver's own connection
    hears: Sequence[Callable[..., Any]]  # whoever wants to know of each statement beforehand


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
        held = _held(session)
        made = self._asked(held.connection.dialect, given)
        return made.rows(_run(held, made, made.values(given)))

    def first(self, session: Session, given: Given) -> Any:
        """The first row of a query, or None."""
        rows = self.all(session, given)
        return rows[0] if rows else None

    def write(self, session: Session, rows: Sequence[Given]) -> list[Any]:
        """Write one row or many, which name the same columns; what it gives of them."""
        held = _held(session)
        connection = held.connection
        made = self._for(connection.dialect, rows[0])
        if len(rows) == 1:
            return made.rows(_run(held, made, made.values(rows[0])))
        if made.gives and connection.dialect.name != "postgresql":
            return list(connection.execute(made.said, rows))
        if made.gives:
            pipeline.leave(connection)
        cursor = _run(held, made, [made.values(row) for row in rows], many=True)
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
    held = _held(session)
    connection = held.connection
    if connection.dialect.name != "postgresql":
        return [query.all(session, given) for query, given in asked]
    made = [(query._asked(connection.dialect, given), given) for query, given in asked]
    with pipeline.at_once(connection):
        cursors = [_run(held, one, one.values(given)) for one, given in made]
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
        self._take = itemgetter(*self._names) if self._names else None
        self._parts = self._sources(given, state.parameter_expansion)
        self._defaults = {one.key: one.default for one in self.compiled.insert_prefetch}
        known = {*given, *self._parts, *self._defaults}
        self._fixed = {name: value for name, value in state.parameters.items() if name not in known}
        self._is_whole = not (self._fixed or self._parts or self._defaults)
        self._writers = self._writers_for(dialect, state.processors)
        columns = list(said.exported_columns)
        self.gives = bool(columns)
        self._make = _row([one.key for one in columns])
        readers = [
            one.type.dialect_impl(dialect).result_processor(dialect, None) for one in columns
        ]
        self._readers = [(place, read) for place, read in enumerate(readers) if read is not None]

    @staticmethod
    def _sources(given: Given, lists: Mapping[str, list[str]]) -> dict[str, tuple[str, int]]:
        """The values that are one of a list that is given."""
        names = lists.keys() & given.keys()
        return {part: (name, no) for name in names for no, part in enumerate(lists[name])}

    def _writers_for(
        self, dialect: Dialect, processors: Mapping[str, Writer]
    ) -> list[tuple[int, Writer, bool]]:
        """By place: how its type writes a value, and whether it has something to write for None."""
        found = []
        kinds = {
            name: bind.type.dialect_impl(dialect) for name, bind in self.compiled.binds.items()
        }
        for place, name in enumerate(self._names):
            kind = kinds.get(name)
            write = processors.get(name) or (kind and _writer(kind, dialect))
            if write is not None:
                found.append((place, write, not isinstance(kind, NOTHING_FOR_NONE)))
        return found

    def values(self, given: Given) -> Any:
        """What the driver gets."""
        if self._take is None:
            return {} if self._named else ()
        if not self._is_whole:
            given = self._completed(given)
        taken = self._take(given)
        values = [taken] if len(self._names) == 1 else list(taken)
        for place, write, for_none in self._writers:
            if for_none or values[place] is not None:
                values[place] = write(values[place])
        return dict(zip(self._names, values, strict=True)) if self._named else values

    def _completed(self, given: Given) -> Given:
        """With what the statement itself says, the parts of lists, and defaults of columns."""
        whole = {**self._fixed, **given}
        for part, (name, place) in self._parts.items():
            whole[part] = given[name][place]
        for name, default in self._defaults.items():
            if name not in given:
                whole[name] = default.arg(None) if default.is_callable else default.arg
        return whole

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
    session.info[HELD] = _grasp(connection)


@event.listens_for(Session, "after_transaction_end")
def _let_go(session: Session, _transaction: SessionTransaction) -> None:
    session.info.pop(HELD, None)


def _held(session: Session) -> Held:
    """The connection of the present transaction. The session asks itself many questions before it
    gives that; inside a savepoint, which begins with the first use, it must."""
    held: Held | None = session.info.get(HELD)
    if held is None or session.in_nested_transaction():
        connection = session.connection()
        held = session.info.get(HELD)
        if held is None or held.connection is not connection:
            return _grasp(connection)
    return held


def _grasp(connection: Connection) -> Held:
    driver = connection.connection.dbapi_connection
    return Held(connection, driver, [*connection.dispatch.before_cursor_execute])


def _writer(kind: Any, dialect: Dialect) -> Writer | None:
    """How a type writes its values. What SQLite's driver or Python can do themselves they do: a
    value of another kind than its column has is what mypy and the CHECKs of the tables are for."""
    if dialect.name == "sqlite":
        if isinstance(kind, Boolean):
            return None
        if isinstance(kind, Uuid):
            return attrgetter("hex")
        if isinstance(kind, Enum):
            return str.__str__
    found: Writer | None = kind.bind_processor(dialect)
    return found


def _row(names: Sequence[str]) -> Callable[[Iterable[Any]], Any]:
    row = namedtuple("row", names)  # type: ignore[misc]  # whatever the query names
    return row._make


def _run(held: Held, made: _Made, values: Any, *, many: bool = False) -> Any:
    """Run it on a cursor of the driver's own; `many` values are for as many rows."""
    connection = held.connection
    if not made.gives and connection.dialect.name == "postgresql" and writes(connection):
        pipeline.enter(connection)
    cursor: Any = held.driver.cursor()
    for hears in held.hears:
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
