"""PostgreSQL's pipeline: writes that give nothing go out together, without waiting for each other.

A round trip takes longer than most of our writes. The first of them in a transaction opens the
pipeline. The commit goes out with all that waits, and says what was refused; a statement that
SQLAlchemy runs itself, or a rollback, closes the pipeline before.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DBAPIError

OPEN = "honglin_pipeline"


def enter(connection: Connection) -> None:
    """Wait no more for answers that nobody asks for."""
    if OPEN not in connection.info:
        pipeline = _driver(connection).pipeline()
        pipeline.__enter__()
        connection.info[OPEN] = pipeline


def leave(connection: Connection) -> None:
    """Wait for all that is under way. Raises what was refused."""
    pipeline = connection.info.pop(OPEN, None)
    if pipeline is None:
        return
    try:
        pipeline.__exit__(None, None, None)
    except connection.dialect.loaded_dbapi.Error as wrong:
        raise told(connection, wrong, "a pipeline") from wrong


@contextmanager
def at_once(connection: Connection) -> Iterator[None]:
    """Let all that is asked in this block travel together; it is answered behind it."""
    try:
        with _driver(connection).pipeline():
            yield
    except connection.dialect.loaded_dbapi.Error as wrong:
        raise told(connection, wrong, "a pipeline") from wrong


def by_one_plan(connection: Connection, cursor: Any, text: str, values: Any) -> None:
    """Run a query by the plan that was made of it for any values. What asks for it and what takes
    that back travel with the query; if it is refused, both are undone."""
    with _driver(connection).pipeline(), _driver(connection).cursor() as aside:
        aside.execute("SET plan_cache_mode TO force_generic_plan", prepare=False)
        cursor.execute(text, values, prepare=True)
        aside.execute("RESET plan_cache_mode", prepare=False)


def told(connection: Connection, wrong: Any, text: str) -> Exception:
    """An error of the driver as SQLAlchemy tells it; a connection that is gone is dropped."""
    dialect = connection.dialect
    gone = dialect.is_disconnect(wrong, _driver(connection), None)
    if gone:
        connection.invalidate(wrong)
    base = dialect.loaded_dbapi.Error
    told: Exception = DBAPIError.instance(text, None, wrong, base, connection_invalidated=gone)
    return told


def keep(engine: Engine) -> None:
    """Have the pipelines of this engine's connections closed in time."""

    @event.listens_for(engine, "before_cursor_execute")
    def before(
        connection: Connection, _cursor: Any, _text: str, _given: Any, context: Any, _many: bool
    ) -> None:
        if hasattr(context, "execution_options"):  # not a prepared one: SQLAlchemy reads its answer
            leave(connection)

    @event.listens_for(engine, "commit")
    def commit(connection: Connection) -> None:
        if OPEN in connection.info:
            try:
                _driver(connection).commit()
            except connection.dialect.loaded_dbapi.Error as wrong:
                raise told(connection, wrong, "COMMIT") from wrong
            leave(connection)

    @event.listens_for(engine, "rollback")
    def rollback(connection: Connection) -> None:
        if not connection.invalidated:
            with suppress(DBAPIError):
                leave(connection)


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection
