"""The shapes of lists of tickets: the filter as it stands in an address, and the lines."""

from marshmallow import Schema, fields, validate

from app.core.http import PageQuery, list_of
from app.identity.rules import Party
from app.tickets.queries.asked import Sort
from app.tickets.rules import QUEUES_BY_KEY, TicketStatus
from app.tickets.schemas import TicketRowSchema

STATE = "|".join(TicketStatus)
CODE = "[a-z_.]{1,40}"


class TicketFilterSchema(Schema):
    """What a list of tickets is narrowed to; the same words stand in the address of a page."""

    queue = fields.String(validate=validate.OneOf(list(QUEUES_BY_KEY), error="没有这个列表。"))
    q = fields.String(validate=validate.Length(max=40, error="最多 40 个字。"))
    mine = fields.Boolean()
    status = fields.String(
        validate=validate.Regexp(f"^({STATE})(,({STATE})){{0,20}}$", error="没有这个状态。"),
        metadata={"description": "one, or several with commas"},
    )
    category = fields.String(
        validate=validate.Regexp(f"^{CODE}(,{CODE}){{0,30}}$", error="没有这个类别。"),
        metadata={"description": "one, or several with commas; a group stands for all in it"},
    )
    community_id = fields.UUID()
    estate_id = fields.UUID()
    building_id = fields.UUID()
    lead_org_id = fields.UUID()
    lead_party = fields.String(validate=validate.OneOf(list(Party), error="请从列表里选。"))
    emergency = fields.Boolean()
    supervised = fields.Boolean()
    overdue = fields.Boolean()
    photos = fields.Boolean()
    doors = fields.Boolean(metadata={"description": "reported at a door, without an account"})
    created_from = fields.Date()
    created_to = fields.Date()
    sort = fields.String(validate=validate.OneOf(list(Sort), error="没有这个顺序。"))


class TicketQuery(PageQuery, TicketFilterSchema):
    """A page of such a list."""


class ListedTicketSchema(TicketRowSchema):
    """`found`: the piece of the text that holds the words."""

    found = fields.String(allow_none=True)


TicketListSchema = list_of(ListedTicketSchema)
