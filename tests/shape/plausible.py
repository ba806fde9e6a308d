"""Makes a body that passes a schema as far as its fields tell: what an honest client might send."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from marshmallow import Schema, fields, validate

MADE: tuple[tuple[type[fields.Field[Any]], Any], ...] = (
    (fields.UUID, lambda: str(uuid4())),
    (fields.Boolean, lambda: True),
    (fields.Integer, lambda: 1),
    (fields.AwareDateTime, lambda: datetime.now(UTC).isoformat()),
    (fields.DateTime, lambda: datetime.now(UTC).isoformat()),
    (fields.Date, lambda: datetime.now(UTC).date().isoformat()),
    (fields.Time, lambda: "18:30"),
    (fields.Dict, dict),
    (fields.String, lambda: "试一试"),
)


def body(schema: Schema) -> dict[str, Any]:
    """All required fields, with values of their kind."""
    return {
        found.data_key or name: _value(found)
        for name, found in schema.load_fields.items()
        if found.required
    }


def _value(field: fields.Field[Any]) -> Any:
    if isinstance(field, fields.Enum):
        first = next(iter(field.enum))
        return first.value if field.by_value else first.name
    if isinstance(field, fields.Nested):
        inner = body(field.schema)
        return [inner] if field.many else inner
    if isinstance(field, fields.List):
        return [_value(field.inner)]
    for rule in field.validators:
        if isinstance(rule, validate.OneOf):
            return next(iter(rule.choices))
    return next((make() for kind, make in MADE if isinstance(field, kind)), "试一试")
