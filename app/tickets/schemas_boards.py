"""The shapes of boards and of the numbers of buildings."""

from marshmallow import Schema, fields, validate

from app.tickets.rules import Verb
from app.tickets.rules.boards import Urgency
from app.tickets.schemas import TicketRowSchema


class BoardWordSchema(Schema):
    key = fields.String(required=True)
    name = fields.String(required=True)


class BoardNumberSchema(BoardWordSchema):
    count = fields.Integer(required=True, metadata={"description": "at most 999"})


class BoardPartSchema(Schema):
    """A queue of the actor in plain words, with what has waited longest in it; `step`: the move
    that is made from the board itself."""

    queue = fields.String(required=True)
    name = fields.String(required=True)
    hint = fields.String(required=True)
    step = fields.String(required=True, allow_none=True, validate=validate.OneOf(list(Verb)))
    count = fields.Integer(required=True, metadata={"description": "at most 999"})
    items = fields.List(fields.Nested(TicketRowSchema), required=True)


class WorkSchema(TicketRowSchema):
    """`steps`: what its lead may do at once; `proof`: which pictures finishing still needs."""

    urgency = fields.String(required=True, validate=validate.OneOf(list(Urgency)))
    building_name = fields.String(required=True, allow_none=True)
    steps = fields.List(fields.String(validate=validate.OneOf(list(Verb))), required=True)
    proof = fields.String(required=True, validate=validate.OneOf(["none", "after", "both"]))
    public_area = fields.Boolean(required=True)


class BoardSchema(Schema):
    """`mark` names what is told: who brings it again hears nothing while nothing has changed."""

    mark = fields.String(required=True)
    numbers = fields.List(fields.Nested(BoardNumberSchema), required=True)
    parts = fields.List(fields.Nested(BoardPartSchema), required=True)
    work = fields.List(fields.Nested(WorkSchema), required=True)
    urgencies = fields.List(fields.Nested(BoardWordSchema), required=True)


class BoardQuery(Schema):
    seen = fields.String(
        validate=validate.Length(max=64), metadata={"description": "the mark of before"}
    )


class EstateQuery(Schema):
    estate_id = fields.UUID(required=True)


class NumbersSchema(Schema):
    """`hidden`: of so few households numbers would tell whose. `recent`: 90 days, by group."""

    hidden = fields.Boolean(required=True)
    open = fields.Integer(required=True)
    overdue = fields.Integer(required=True)
    recent = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)


class BuildingNumbersSchema(NumbersSchema):
    building_id = fields.UUID(required=True)
    name = fields.String(required=True)


class EstateNumbersSchema(Schema):
    estate_id = fields.UUID(required=True)
    groups = fields.List(fields.Nested(BoardWordSchema), required=True)
    buildings = fields.List(fields.Nested(BuildingNumbersSchema), required=True)
    ground = fields.Nested(NumbersSchema, required=True)
