"""Shapes that several areas share, and those of the core's own answers."""

from marshmallow import Schema, fields, validate


class NamedSchema(Schema):
    id = fields.UUID(required=True)
    name = fields.String(required=True)


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
