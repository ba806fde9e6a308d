"""Lists by cursor: a page starts after the last row of the page before it, whatever was added
or removed meanwhile."""

import base64
import binascii
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypedDict, TypeVar

import msgspec
from sqlalchemy import (
    ColumnElement,
    Select,
    SQLColumnExpression,
    UnaryExpression,
    and_,
    or_,
    tuple_,
)
from sqlalchemy.orm import Session
from sqlalchemy.sql import coercions, operators, roles

from app.core.errors import Invalid

Anything = TypeVar("Anything")
NO_PAGE = "这一页找不到了，请从头再看。"


class Page(TypedDict):
    """What every list answers."""

    items: list[Any]
    next_cursor: str | None


def page_of(
    session: Session,
    statement: Select[Any],
    *,
    order: Sequence[SQLColumnExpression[Any]],
    query: dict[str, Any],
    present: Callable[[Any], object],
) -> Page:
    """One page of a statement that has no order yet.

    `order` are columns or `column.desc()`, never null, unique together; `query` is a loaded
    `PageQuery`. `present` gets the entity when the statement selects one thing, else the row.
    Raises Invalid for a cursor that is not ours.
    """
    keys = [_split(element) for element in order]
    width = len(statement.selected_columns) if not _selects_entity(statement) else 1
    if query.get("cursor"):
        statement = statement.where(_after(keys, _decode(query["cursor"], keys)))
    limit: int = query.get("limit") or 50
    columns: list[ColumnElement[Any]] = [
        column.label(f"page_key_{place}") for place, (column, _) in enumerate(keys)
    ]
    rows = session.execute(statement.add_columns(*columns).order_by(*order).limit(limit + 1)).all()
    shown = rows[:limit]
    following = _encode(shown[-1][-len(keys) :]) if len(rows) > limit else None
    items = [present(row[0] if width == 1 else row) for row in shown]
    return {"items": items, "next_cursor": following}


def _selects_entity(statement: Select[Any]) -> bool:
    return len(statement.column_descriptions) == 1


def _split(expression: SQLColumnExpression[Any]) -> tuple[ColumnElement[Any], bool]:
    element = coercions.expect(roles.OrderByRole, expression)
    if isinstance(element, UnaryExpression) and element.modifier is operators.desc_op:
        return element.element, True
    return element, False


def _after(
    keys: Sequence[tuple[ColumnElement[Any], bool]], values: Sequence[Any]
) -> ColumnElement[bool]:
    directions = {descending for _, descending in keys}
    if len(directions) == 1:  # a row comparison, which walks the index
        left = tuple_(*(column for column, _ in keys))
        right = tuple_(*values, types=[column.type for column, _ in keys])
        return left < right if directions == {True} else left > right
    steps = []
    for place, (column, descending) in enumerate(keys):
        same = [before == value for (before, _), value in zip(keys[:place], values, strict=False)]
        beyond = column < values[place] if descending else column > values[place]
        steps.append(and_(*same, beyond))
    return or_(*steps)


def _encode(values: Sequence[Any]) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode(list(values))).rstrip(b"=").decode()


def _decode(cursor: str, keys: Sequence[tuple[ColumnElement[Any], bool]]) -> list[Any]:
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        values = msgspec.json.decode(raw, type=list[Any])
        if len(values) != len(keys):
            raise ValueError("another list's cursor")
        return [
            msgspec.convert(value, column.type.python_type)
            for value, (column, _) in zip(values, keys, strict=True)
        ]
    except (ValueError, binascii.Error, msgspec.MsgspecError) as bad:
        raise Invalid(errors={"cursor": [NO_PAGE]}) from bad


def page_through(
    rows: Iterable[Anything], key: Callable[[Anything], tuple[str, ...]], query: dict[str, Any]
) -> tuple[list[Anything], str | None]:
    """One page of what is computed and no table holds, and the cursor of the next. `key` gives the
    texts by which it is sorted, unique together. Raises Invalid for a cursor that is not ours."""
    listed = sorted(rows, key=key)
    if query.get("cursor"):
        after = _texts(query["cursor"])
        listed = [row for row in listed if list(key(row)) > after]
    limit: int = query.get("limit") or 50
    shown = listed[:limit]
    return shown, _encode(list(key(shown[-1]))) if len(listed) > limit else None


def _texts(cursor: str) -> list[str]:
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        return msgspec.json.decode(raw, type=list[str])
    except (ValueError, binascii.Error, msgspec.MsgspecError) as bad:
        raise Invalid(errors={"cursor": [NO_PAGE]}) from bad
