"""The shapes of exports on the wire."""

from marshmallow import Schema, fields


class ExportSchema(Schema):
    """`done` of `total` rows are written; `total` is null until they have been counted. `why` says
    why it failed. The file can be had until `expires_at`."""

    id = fields.UUID(required=True)
    state = fields.String(required=True)
    done = fields.Integer(required=True)
    total = fields.Integer(required=True, allow_none=True)
    filename = fields.String(required=True, allow_none=True)
    bytes = fields.Integer(required=True, allow_none=True)
    why = fields.String(required=True, allow_none=True)
    created_at = fields.AwareDateTime(required=True)
    expires_at = fields.AwareDateTime(required=True, allow_none=True)
