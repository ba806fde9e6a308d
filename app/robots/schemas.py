"""What comes in and goes out over HTTP in this area."""

from typing import Any

from marshmallow import Schema, fields, validate

from app.core.schemas import NamedSchema
from app.robots.rules import About, Kind

NEEDED: dict[str, str | list[Any] | dict[Any, Any]] = {
    "required": "这一项要填。",
    "null": "这一项要填。",
    "invalid": "这一项读不懂。",
}


def _wants() -> fields.List[About]:
    return fields.List(
        fields.Enum(About, by_value=True),
        required=True,
        error_messages=NEEDED,
        validate=validate.Length(1, 4, error="至少选一样。"),
    )


class WantsSchema(Schema):
    wants = _wants()


class NewRobotSchema(Schema):
    organisation_id = fields.UUID(required=True, error_messages=NEEDED)
    name = fields.String(
        required=True,
        error_messages=NEEDED,
        validate=validate.Length(2, 40, error="请填 2 到 40 个字。"),
    )
    url = fields.String(
        required=True,
        error_messages=NEEDED,
        validate=validate.Length(1, 300, error="网址最多 300 个字符。"),
    )
    secret = fields.String(
        load_default="", validate=validate.Length(max=100, error="密钥最多 100 个字符。")
    )
    wants = _wants()


class RobotSchema(Schema):
    id = fields.UUID(required=True)
    organisation = fields.Nested(NamedSchema, required=True)
    kind = fields.Enum(Kind, by_value=True, required=True)
    kind_name = fields.String(required=True)
    name = fields.String(required=True)
    token_masked = fields.String(required=True)
    signed = fields.Boolean(required=True)
    wants = fields.List(fields.Enum(About, by_value=True), required=True)
    created_at = fields.AwareDateTime(required=True)
    stopped_at = fields.AwareDateTime(required=True, allow_none=True)
    last_ok_at = fields.AwareDateTime(required=True, allow_none=True)
    failed_at = fields.AwareDateTime(required=True, allow_none=True)
    why = fields.String(required=True, allow_none=True)


class RobotsSchema(Schema):
    """The robots of the actor's organisations, and the organisations that may have one."""

    items = fields.List(fields.Nested(RobotSchema), required=True)
    organisations = fields.List(fields.Nested(NamedSchema), required=True)
