"""Shapes that several areas share, and those of the core's own answers."""

from marshmallow import Schema, fields, validate


class NamedSchema(Schema):
    id = fields.UUID(required=True)
    name = fields.String(required=True)


class HoursSchema(Schema):
    """From–to on the wall clock, "18:30"."""

    start = fields.Time(format="%H:%M", required=True, data_key="from")
    end = fields.Time(format="%H:%M", required=True, data_key="to")


class WhySchema(Schema):
    """The reason for which a telephone number is shown; it goes into the audit log."""

    reason = fields.String(
        required=True,
        validate=validate.Length(2, 100, error="请用 2 到 100 个字说明为什么要看。"),
    )


class TelephoneSchema(Schema):
    phone = fields.String(required=True)


class MediaSchema(Schema):
    hash = fields.String(required=True)
    width = fields.Integer(required=True)
    height = fields.Integer(required=True)


class PieceQuery(Schema):
    """Which piece of a picture this is: where it starts, and how long the whole is."""

    offset = fields.Integer(required=True, validate=validate.Range(min=0, error="位置不能是负数。"))
    total = fields.Integer(required=True, validate=validate.Range(min=1, error="照片是空的。"))


class UploadSchema(Schema):
    """`complete`: nothing more need be sent. Else go on at `received`."""

    received = fields.Integer(required=True)
    complete = fields.Boolean(required=True)
