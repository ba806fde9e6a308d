"""The shapes of topics on the wire."""

from marshmallow import Schema, fields, validate

from app.core.http import PageQuery, list_of
from app.tickets.rules import TicketStatus


class TopicQuery(PageQuery):
    over = fields.Boolean(load_default=False, metadata={"description": "those that are over"})


class CureOwnerSchema(Schema):
    id = fields.UUID(required=True)
    name = fields.String(required=True)


class TopicRowSchema(Schema):
    id = fields.UUID(required=True)
    place_text = fields.String(required=True)
    category = fields.String(required=True)
    category_name = fields.String(required=True)
    count = fields.Integer(required=True)
    still_open = fields.Integer(required=True)
    first_at = fields.AwareDateTime(required=True)
    last_at = fields.AwareDateTime(required=True)
    closed_at = fields.AwareDateTime(required=True, allow_none=True)
    cure = fields.String(required=True)
    cure_owner = fields.Nested(CureOwnerSchema, required=True, allow_none=True)
    cure_on = fields.Date(required=True, allow_none=True)
    version = fields.Integer(required=True)


class TopicTicketSchema(Schema):
    """One ticket of a topic that one may see; `result` is how it ended."""

    id = fields.UUID(required=True)
    number = fields.String(required=True)
    title = fields.String(required=True)
    place_text = fields.String(required=True)
    status = fields.String(required=True, validate=validate.OneOf(list(TicketStatus)))
    status_name = fields.String(required=True)
    created_at = fields.AwareDateTime(required=True)
    closed_at = fields.AwareDateTime(required=True, allow_none=True)
    lead_name = fields.String(required=True, allow_none=True)
    result = fields.String(required=True, allow_none=True)


class TopicSchema(TopicRowSchema):
    """`hidden`: how many more there are that one may not see."""

    tickets = fields.List(fields.Nested(TopicTicketSchema), required=True)
    hidden = fields.Integer(required=True)
    may_cure = fields.Boolean(required=True)
    owners = fields.List(fields.Nested(CureOwnerSchema), required=True)


TopicListSchema = list_of(TopicRowSchema)


class SetCureSchema(Schema):
    cure = fields.String(
        required=True, validate=validate.Length(1, 300, error="要写 1 到 300 个字。")
    )
    organisation_id = fields.UUID(load_default=None, allow_none=True)
    on = fields.Date(load_default=None, allow_none=True)
