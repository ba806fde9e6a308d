"""The shapes of emergency calls on the wire, in and out."""

from typing import Any

from marshmallow import Schema, fields, validate

from app.calls.rules import Answer, BuildingState, CallKind, CallState
from app.calls.rules.states import Verb
from app.core.http import PageQuery
from app.core.schemas import NamedSchema
from app.tickets.rules import TicketStatus


def word(kind: Any, **options: Any) -> fields.Enum[Any]:
    """One word out of a list."""
    return fields.Enum(kind, by_value=True, **options)


class CallTargetSchema(Schema):
    """A place (a community or an estate), or one team there, whose own place then counts."""

    place_id = fields.UUID(required=True)
    team_id = fields.UUID(load_default=None, allow_none=True)
    until = fields.Date(required=True)


class NewSummonsSchema(CallTargetSchema):
    kind = word(CallKind, required=True)
    words = fields.String(
        required=True,
        validate=validate.Length(4, 200, error="请用 4 到 200 个字说清要大家做什么。"),
    )
    danger = fields.Boolean(load_default=False)
    danger_reason = fields.String(
        load_default="", validate=validate.Length(max=200, error="最多 200 个字。")
    )


class CallReachSchema(Schema):
    """Whom a call would reach: `members` of teams, who is on `duty` for a company; `visits` that
    would wait. At night (`night`) only those on duty are rung, unless a life is in danger."""

    people = fields.Integer(required=True)
    members = fields.Integer(required=True)
    duty = fields.Integer(required=True)
    visits = fields.Integer(required=True)
    night = fields.Boolean(required=True)


class CallsQuery(PageQuery):
    state = word(CallState, load_default=None)


class SummonsSchema(Schema):
    id = fields.UUID(required=True)
    version = fields.Integer(required=True)
    kind = word(CallKind, required=True)
    state = word(CallState, required=True)
    words = fields.String(required=True)
    place = fields.Nested(NamedSchema, required=True)
    team = fields.Nested(NamedSchema, required=True, allow_none=True)
    opened_at = fields.AwareDateTime(required=True)
    ended_at = fields.AwareDateTime(required=True, allow_none=True)


class CallDetailSchema(SummonsSchema):
    """`answers` fit whoever asks, `may` is what they can do as who leads it; `board`: whether they
    see the buildings. What is not theirs to see is null."""

    until = fields.Date(required=True)
    ending = fields.String(required=True, allow_none=True)
    danger_reason = fields.String(required=True, allow_none=True)
    called = fields.Boolean(required=True)
    answer = word(Answer, required=True, allow_none=True)
    answers = fields.List(word(Answer), required=True)
    may = fields.List(word(Verb), required=True)
    board = fields.Boolean(required=True)
    set_aside = fields.Integer(required=True, allow_none=True)


class CallAnswerSchema(Schema):
    answer = word(Answer, required=True)


class CloseCallSchema(Schema):
    words = fields.String(
        load_default=None,
        allow_none=True,
        validate=validate.Length(max=200, error="最多 200 个字。"),
    )


class CallOffCallSchema(Schema):
    reason = fields.String(
        required=True, validate=validate.Length(2, 200, error="请用 2 到 200 个字说明原因。")
    )


class CallCountsSchema(Schema):
    """Of everybody called, or of one's own people. Who said nothing is counted among `asked`."""

    asked = fields.Integer(required=True)
    coming = fields.Integer(required=True)
    cannot = fields.Integer(required=True)
    safe = fields.Integer(required=True)


class CallBuildingSchema(Schema):
    """`doors`: households looked after closely, `seen`: those looked at since the call; null where
    they are too few for whoever asks to know."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    state = word(BuildingState, required=True)
    coming = fields.Integer(required=True)
    people = fields.List(fields.String(), required=True)
    doors = fields.Integer(required=True, allow_none=True)
    seen = fields.Integer(required=True, allow_none=True)


class CallTicketSchema(Schema):
    id = fields.UUID(required=True)
    number = fields.String(required=True)
    status = word(TicketStatus, required=True)


class CallBoardSchema(Schema):
    id = fields.UUID(required=True)
    state = word(CallState, required=True)
    counts = fields.Nested(CallCountsSchema, required=True)
    coming = fields.List(fields.Nested(NamedSchema), required=True)
    safe = fields.List(fields.Nested(NamedSchema), required=True)
    buildings = fields.List(fields.Nested(CallBuildingSchema), required=True)
    tickets = fields.List(fields.Nested(CallTicketSchema), required=True)
    asked_anew = fields.Integer(required=True, allow_none=True)
