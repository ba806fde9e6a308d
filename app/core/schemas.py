"""Shapes of the core's own answers."""

from marshmallow import Schema, fields


class MediaSchema(Schema):
    hash = fields.String(required=True)
    width = fields.Integer(required=True)
    height = fields.Integer(required=True)
