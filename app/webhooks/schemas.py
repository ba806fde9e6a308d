"""The shapes of webhooks on the wire."""

from marshmallow import Schema, fields, validate

from app.core.schemas import NamedSchema
from app.webhooks.rules import Told


class NewWebhookSchema(Schema):
    name = fields.String(required=True, validate=validate.Length(2, 40))
    url = fields.String(required=True, validate=validate.Length(max=1000))
    kinds = fields.List(
        fields.String(validate=validate.OneOf([kind.value for kind in Told])),
        required=True,
        validate=validate.Length(1, len(Told)),
    )
    place_id = fields.UUID(required=True)


class WebhookSchema(Schema):
    """`stopped_at`: nothing was taken for long, and nothing is sent until it is resumed."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    url = fields.String(required=True)
    kinds = fields.List(fields.String(), required=True)
    place = fields.Nested(NamedSchema, required=True)
    created_at = fields.AwareDateTime(required=True)
    failures = fields.Integer(required=True)
    last_taken_at = fields.AwareDateTime(required=True, allow_none=True)
    stopped_at = fields.AwareDateTime(required=True, allow_none=True)


class WebhookAddedSchema(WebhookSchema):
    """`secret` is shown this once."""

    secret = fields.String(required=True)


class TriedSchema(Schema):
    """One try to deliver. `status` is what the other system answered, if it did."""

    id = fields.String(required=True)
    kind = fields.String(required=True)
    at = fields.AwareDateTime(required=True)
    status = fields.Integer(required=True, allow_none=True)
    taken = fields.Boolean(required=True)


class RecentSchema(Schema):
    items = fields.List(fields.Nested(TriedSchema), required=True)


class DeliverySchema(Schema):
    id = fields.UUID(required=True)
