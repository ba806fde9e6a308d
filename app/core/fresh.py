"""Rows that were made just now are written at once, one prepared insert for each table.

The session's unit of work finds out what has changed, in which order it must be written and what
hangs on what. Whoever has made a thing whole knows that: they name its rows, parents first, with
every key in its place. Afterwards these are rows of the session like any others, and all who are
told of a flush have been told.
"""

from collections.abc import Callable, Sequence
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
    session.add_all(rows)
    for hears in HEARERS:
        hears(session, rows)


def _values(row: Base) -> dict[str, Any]:
    return {column.key: row.__dict__[column.key] for column in row.__table__.columns}


def complete(row: Base) -> Base:
    """The row with a value for every column: what was not said is its default."""
    said = row.__dict__
    for column in row.__table__.columns:
        if column.key not in said:
            default: Any = column.default
            said[column.key] = default and (
                default.arg(None) if default.is_callable else default.arg
            )
    return row
