"""Rows that were made just now are written at once, one prepared insert for each table.

The session's unit of work finds out what has changed, in which order it must be written and what
hangs on what. Whoever has made a thing whole knows that: they name its rows, parents first, with
every key in its place. Afterwards these are rows of the session like any others, and all who are
told of a flush have been told.
"""

from collections.abc import Callable, Sequence
from functools import cache
from itertools import groupby
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session, make_transient_to_detached

from app.core.db import Base
from app.core.prepared import Prepared

Hears = Callable[[Session, Sequence[Base]], None]

HEARERS: list[Hears] = []
_inserts: dict[type[Base], Prepared] = {}


def heard(hears: Hears) -> Hears:
    """Have a function called with the rows that were written, before anything else happens."""
    HEARERS.append(hears)
    return hears


def write(session: Session, rows: Sequence[Base]) -> None:
    """Write these, parents first; the session holds them from then on."""
    session.flush()
    for model, alike in groupby(rows, type):
        if model not in _inserts:
            _inserts[model] = Prepared(insert(model))
        _inserts[model].write(session, [_values(complete(row)) for row in alike])
    for row in rows:
        make_transient_to_detached(row)
    for row in rows:
        if row not in session:  # what hangs on a row has come along with it
            session.add(row)
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
def _columns(model: type[Base]) -> list[tuple[str, Any]]:
    """The columns of a table by name, with their defaults."""
    return [(column.key, column.default) for column in model.__table__.columns]
