"""Rows that were made just now are written at once, one prepared insert for each table.

The session's unit of work finds out what has changed, in which order it must be written and what
hangs on what. Whoever has made a thing whole knows that: they name its rows, parents first, with
every key in its place. Afterwards these are rows of the session like any others, and all who are
told of a flush have been told.
"""

from collections.abc import Callable, Sequence
from functools import cache
from itertools import groupby
from typing import Any, TypeVar

from sqlalchemy import insert, inspect
from sqlalchemy.orm import Session, make_transient_to_detached
from sqlalchemy.orm.attributes import instance_state, manager_of_class, set_committed_value

from app.core.db import Base
from app.core.prepared import Prepared

Row = TypeVar("Row", bound=Base)
Hears = Callable[[Session, Sequence[Base]], None]

HEARERS: list[Hears] = []
_inserts: dict[type[Base], Prepared] = {}


def heard(hears: Hears) -> Hears:
    """Have a function called with the rows that were written, before anything else happens."""
    HEARERS.append(hears)
    return hears


def made(model: type[Row], **values: Any) -> Row:
    """A new row with these values, the defaults of its other columns, and empty collections. The
    constructor tells everybody of each value; of a row that is in no session yet nobody asks."""
    row: Row = manager_of_class(model).new_instance()
    row.__dict__.update(values)
    complete(row)
    for name in _collections(model):
        set_committed_value(row, name, [])
    return row


def write(session: Session, rows: Sequence[Base]) -> None:
    """Write these, parents first; the session holds them from then on."""
    session.flush()
    for model, alike in groupby(rows, type):
        if model not in _inserts:
            _inserts[model] = Prepared(insert(model))
        _inserts[model].write(session, [_values(complete(row)) for row in alike])
    for row in rows:
        make_transient_to_detached(row)
        session._save_or_update_impl(instance_state(row))  # what hangs on it is among these rows
    for hears in HEARERS:
        hears(session, rows)


def _values(row: Base) -> dict[str, Any]:
    said = row.__dict__
    return {name: said[name] for name, _ in _columns(type(row))}


def complete(row: Base) -> Base:
    """The row with a value for every column: what was not said is its default."""
    said = row.__dict__
    for name, default in _columns(type(row)):
        if name not in said:
            said[name] = default and (default.arg(None) if default.is_callable else default.arg)
    return row


@cache
def _collections(model: type[Base]) -> list[str]:
    return [one.key for one in inspect(model).relationships if one.uselist]


@cache
def _columns(model: type[Base]) -> list[tuple[str, Any]]:
    """The columns of a table by name, with their defaults."""
    return [(column.key, column.default) for column in model.__table__.columns]
