"""Rows by their identifiers, however many: all of these travel as one value.

An IN of five hundred places is written, taken apart and planned anew each time it is asked, which
takes longer than finding the rows.
"""

from collections.abc import Callable, Collection
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    Uuid,
    any_,
    bindparam,
    column,
    func,
    literal,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeDecorator, TypeEngine


class Identifiers(TypeDecorator[Collection[UUID]]):
    """Identifiers as each database unfolds them: an array, or a list in JSON. PostgreSQL is told
    that it is an array, not a text to be made one: that it would do again for each row."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return Text() if dialect.name == "sqlite" else ARRAY(Uuid())

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], str]:
        return _listed if dialect.name == "sqlite" else _as_array


def _listed(ids: Collection[UUID]) -> str:
    return "[" + ",".join(f'"{one.hex}"' for one in ids) + "]"


def _as_array(ids: Collection[UUID]) -> str:
    return "{" + ",".join([one.hex for one in ids]) + "}"


def among(said: Any, ids: Collection[UUID], session: Session) -> ColumnElement[bool]:
    """The condition: a column of identifiers has one of these."""
    return one_of(session.get_bind().dialect.name, said, literal(ids, Identifiers()))


def one_of(dialect: str, said: Any, ids: ColumnElement[Any]) -> ColumnElement[bool]:
    """The same for a statement that is prepared; `ids`: a value of `Identifiers`."""
    listed: Select[Any] = select(column("value")).select_from(func.json_each(ids))
    found: ColumnElement[bool] = said.in_(listed) if dialect == "sqlite" else said == any_(ids)
    return found


def given(name: str) -> ColumnElement[Any]:
    """Identifiers that a prepared statement is given by name."""
    return bindparam(name, type_=Identifiers())
