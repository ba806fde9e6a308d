"""What the tests of DOMAIN.md share: things said at a door, and all that is sent or kept."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from flask import Flask
from marshmallow import Schema, fields

from app.core.db import Base
from app.core.operation import Operation
from app.visits.rules import Outcome
from app.visits.rules.record import Method, Said
from tests.factories.visits import TODAY

DAY = timedelta(days=1)
VISITING = (
    "/visits", "/today", "/rounds", "/month-plans", "/patrol", "/paper-sheets", "/hours",
    "/certificates", "/availability", "/pairings", "/teams", "/keeping",
)  # fmt: skip
TABLES = (
    "visit", "household", "month_plan", "patrol", "paper", "service", "availability", "pairing",
    "team", "care",
)  # fmt: skip


def said(outcome: Outcome, **given: Any) -> Said:
    return Said(**({"on": TODAY, "method": Method.DOOR, "outcome": outcome} | given))


def operations(app: Flask) -> list[Operation]:
    """What can be asked and said about visits, patrols, teams and hours."""
    found: list[Operation] = app.extensions["operations"]
    return [one for one in found if one.rule.removeprefix("/api/v1").startswith(VISITING)]


def walked(schema: type[Schema], seen: set[type[Schema]] | None = None) -> Iterator[Any]:
    """Every field of a shape, and of the shapes in it, with the schema in which it stands."""
    seen = seen if seen is not None else set()
    seen.add(schema)
    for name, field in schema().fields.items():
        yield schema, name, field
        inner = getattr(field, "inner", field)
        if isinstance(inner, fields.Nested) and type(inner.schema) not in seen:
            yield from walked(type(inner.schema), seen)


def wire(app: Flask) -> set[str]:
    """The names of all that is sent to or from somebody about visits: schema.field."""
    return {
        f"{schema.__name__}.{name}"
        for operation in operations(app)
        for shape in (operation.body, operation.query, operation.answer)
        if shape
        for schema, name, _ in walked(shape)
    }


def columns() -> set[str]:
    """The names of all that is kept about visits: table.column."""
    return {
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        if table.name.startswith(TABLES)
        for column in table.columns
    }


def called(names: set[str], words: set[str]) -> set[str]:
    """Those of these names that hold one of the words as a word of their own."""
    return {name for name in names if words & set(name.split(".")[1].strip("_").split("_"))}
