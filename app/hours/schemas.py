"""The shapes of service hours on the wire, in and out."""

from typing import Any

from marshmallow import Schema, fields, validate

from app.core.http import PageQuery
from app.core.schemas import NamedSchema
from app.hours.rules import HoursState, Kind
from app.hours.rules.minutes import CONTENT_LENGTH, MOST
from app.hours.rules.states import Verb

REASON = validate.Length(2, 200, error="请用 2 到 200 个字说明。")
MINUTES = validate.Range(1, MOST, error="一条记录最多 8 小时，最少 1 分钟。")


def word(kind: Any, **options: Any) -> fields.Enum[Any]:
    """One word out of a list."""
    return fields.Enum(kind, by_value=True, **options)


class ServiceHoursSchema(Schema):
    """`minutes` are what counts, `hours` the same in quarters of an hour. `counted` is what its
    `records` add up to: null where it was entered by hand."""

    id = fields.UUID(required=True)
    on = fields.Date(required=True)
    kind = word(Kind, required=True)
    content = fields.String(required=True, allow_none=True)
    person = fields.Nested(NamedSchema, required=True)
    team = fields.Nested(NamedSchema, required=True)
    minutes = fields.Integer(required=True)
    hours = fields.Float(required=True)
    records = fields.Integer(required=True)
    counted = fields.Integer(required=True, allow_none=True)
    said = fields.Boolean(required=True)
    state = word(HoursState, required=True)
    reason = fields.String(required=True, allow_none=True)
    may = fields.List(word(Verb), required=True)
    version = fields.Integer(required=True)


class HoursSummarySchema(Schema):
    """One's own figures. `confirms`: whether others' hours wait for one's word at times."""

    year = fields.Integer(required=True)
    this_year = fields.Float(required=True)
    in_all = fields.Float(required=True)
    waiting = fields.Integer(required=True)
    confirms = fields.Boolean(required=True)
    to_confirm = fields.Integer(required=True)


class LedgerFilter(Schema):
    state = word(HoursState, load_default=None)
    first = fields.Date(load_default=None)
    last = fields.Date(load_default=None)
    person_id = fields.UUID(load_default=None)


class LedgerQuery(LedgerFilter, PageQuery):
    """The same, page by page."""


class EnterHoursSchema(Schema):
    on = fields.Date(required=True)
    kind = word(Kind, required=True)
    content = fields.String(
        required=True,
        validate=validate.Length(2, CONTENT_LENGTH, error="请用 2 到 40 个字说明做了什么。"),
    )
    minutes = fields.Integer(required=True, validate=MINUTES)
    team_id = fields.UUID(load_default=None, allow_none=True)


class MoveHoursSchema(Schema):
    verb = word(Verb, required=True)
    minutes = fields.Integer(load_default=None, allow_none=True, validate=MINUTES)
    reason = fields.String(load_default=None, allow_none=True, validate=REASON)


class SeenSchema(Schema):
    id = fields.UUID(required=True)
    version = fields.Integer(required=True)


class ConfirmAllSchema(Schema):
    seen = fields.List(
        fields.Nested(SeenSchema),
        required=True,
        validate=validate.Length(1, 200, error="一次最多确认 200 条。"),
    )


class ConfirmedSchema(Schema):
    """`left`: how many were not as they had been seen."""

    confirmed = fields.Integer(required=True)
    left = fields.Integer(required=True)
