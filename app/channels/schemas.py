"""What comes in and goes out over HTTP in this area."""

from typing import Any

from marshmallow import Schema, fields, validate

from app.channels.rules import LONGEST, Kind, State

NEEDED: dict[str, str | list[Any] | dict[Any, Any]] = {
    "required": "这一项要填。",
    "null": "这一项要填。",
    "invalid": "这一项读不懂。",
}


class NewChannelSchema(Schema):
    kind = fields.Enum(Kind, by_value=True, required=True)
    address = fields.String(
        required=True,
        error_messages=NEEDED,
        validate=validate.Length(1, LONGEST, error=f"请填 1 到 {LONGEST} 个字符。"),
    )


class CodeSchema(Schema):
    code = fields.String(
        required=True,
        error_messages=NEEDED,
        validate=validate.Regexp(r"^\s*\d{6}\s*$", error="验证码是 6 位数字。"),
    )


class OwnChannelSchema(Schema):
    id = fields.UUID(required=True)
    kind = fields.Enum(Kind, by_value=True, required=True)
    kind_name = fields.String(required=True)
    address_masked = fields.String(required=True)
    state = fields.Enum(State, by_value=True, required=True)
    tries_left = fields.Integer(required=True)
    code_until = fields.AwareDateTime(required=True)
    last_ok_at = fields.AwareDateTime(required=True, allow_none=True)
    failed_at = fields.AwareDateTime(required=True, allow_none=True)
    why = fields.String(required=True, allow_none=True)


class OwnChannelsSchema(Schema):
    """The channels of one person, and which kinds can be added here."""

    items = fields.List(fields.Nested(OwnChannelSchema), required=True)
    offered = fields.List(fields.Enum(Kind, by_value=True), required=True)
