"""What comes in and goes out over HTTP in this area."""

from marshmallow import Schema, fields, validate


class NewCalendarAddressSchema(Schema):
    name = fields.String(
        required=True,
        validate=validate.Length(1, 20, error="请填 1 到 20 个字。"),
        error_messages={"required": "请写上用在哪里。", "null": "请写上用在哪里。"},
    )


class CalendarAddressSchema(Schema):
    id = fields.UUID(required=True)
    name = fields.String(required=True)
    created_at = fields.AwareDateTime(required=True)


class CalendarAddressMadeSchema(CalendarAddressSchema):
    url = fields.String(required=True)
