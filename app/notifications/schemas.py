"""What comes in and goes out over HTTP in this area."""

from typing import Any

from marshmallow import Schema, fields, validate

from app.core.http import PageQuery
from app.notifications.rules.channels import Sign
from app.notifications.rules.choosing import CHOICES
from app.notifications.rules.reach import Gap
from app.notifications.rules.telling import Kind, Pressing, Seat

MISSING: dict[str, str | list[Any] | dict[Any, Any]] = {
    "required": "这一项要填。",
    "null": "这一项要填。",
    "invalid": "这一项读不懂。",
}


def _text(longest: int) -> fields.String:
    length = validate.Length(1, longest, error=f"请填 1 到 {longest} 个字符。")
    return fields.String(required=True, error_messages=MISSING, validate=length)


class InboxQuery(PageQuery):
    unread = fields.Boolean(load_default=False, error_messages={"invalid": "请填 true 或 false。"})


class InboxItemSchema(Schema):
    id = fields.UUID(required=True)
    kind = fields.Enum(Kind, by_value=True, required=True)
    kind_name = fields.String(required=True)
    title = fields.String(required=True)
    body = fields.String(required=True)
    link = fields.String(required=True)
    created_at = fields.AwareDateTime(required=True)
    read_at = fields.AwareDateTime(required=True, allow_none=True)


class UnreadSchema(Schema):
    count = fields.Integer(required=True)


class PushKeySchema(Schema):
    public_key = fields.String(required=True)


class BrowserKeysSchema(Schema):
    p256dh = _text(128)
    auth = _text(32)


class SubscribeSchema(Schema):
    endpoint = _text(1000)
    keys = fields.Nested(BrowserKeysSchema, required=True, error_messages=MISSING)
    device_name = _text(60)


class SubscriptionSchema(Schema):
    id = fields.UUID(required=True)
    device_name = fields.String(required=True)
    created_at = fields.AwareDateTime(required=True)
    last_ok_at = fields.AwareDateTime(required=True, allow_none=True)
    failed_at = fields.AwareDateTime(required=True, allow_none=True)
    current = fields.Boolean(required=True)


class QueuedSchema(Schema):
    queued = fields.Integer(required=True)


class SignSchema(Schema):
    sign = fields.Enum(
        Sign,
        by_value=True,
        required=True,
        error_messages=MISSING | {"unknown": "这个说法我们不认识。"},
    )


class KindChoiceSchema(Schema):
    kind = fields.Enum(Kind, by_value=True, required=True)
    kind_name = fields.String(required=True)
    most = fields.Enum(Pressing, by_value=True, required=True)


class TellingChoicesSchema(Schema):
    """How the actor is told: at most how pressingly, by kind; no ringing through a date."""

    kinds = fields.List(fields.Nested(KindChoiceSchema), required=True)
    paused_until = fields.Date(required=True, allow_none=True)


class ChosenKindSchema(Schema):
    kind = fields.Enum(Kind, by_value=True, required=True, error_messages=MISSING)
    most = fields.Enum(
        Pressing,
        by_value=True,
        required=True,
        error_messages=MISSING,
        validate=validate.OneOf(CHOICES, error="请选“及时提醒”“早晚汇总”或者“只放消息里”。"),
    )


class ChooseTellingSchema(Schema):
    kinds = fields.List(fields.Nested(ChosenKindSchema), required=True, error_messages=MISSING)
    paused_until = fields.Date(
        required=True,
        allow_none=True,
        error_messages={"required": "这一项要填。", "invalid": "日期写成 2027-03-05 这样。"},
    )


class TableRowSchema(Schema):
    """One line of the table of everything that is told."""

    when = fields.String(required=True)
    seat = fields.Enum(Seat, by_value=True, required=True)
    seat_name = fields.String(required=True)
    pressing = fields.Enum(Pressing, by_value=True, required=True)
    pressing_name = fields.String(required=True)
    kind_name = fields.String(required=True)
    way_names = fields.List(fields.String(), required=True)
    title = fields.String(required=True)


class UnreachableQuery(PageQuery):
    """Nothing but where to go on."""


class UnreachableSchema(Schema):
    id = fields.UUID(required=True)
    name = fields.String(required=True)
    organisation_name = fields.String(required=True)
    gap = fields.Enum(Gap, by_value=True, required=True)
