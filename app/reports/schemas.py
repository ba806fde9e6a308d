"""The shapes of rates on the wire, in and out."""

from typing import Any

from marshmallow import Schema, fields, validate

from app.identity.rules import Party
from app.reports.rules import Measure, Outcome

MONTH = validate.Regexp(r"^20\d\d-(0[1-9]|1[0-2])$", error="月份写成 2026-11 这样。")
MOST_MONTHS = 13


def _one_of(kind: Any, **options: Any) -> fields.String:
    values = [member.value for member in kind]
    return fields.String(validate=validate.OneOf(values, error="请从列表里选。"), **options)


class RatesQuery(Schema):
    community_id = fields.UUID(load_default=None)
    until = fields.String(load_default=None, validate=MONTH)
    months = fields.Integer(
        load_default=6, validate=validate.Range(1, MOST_MONTHS, error="一次最多看 13 个月。")
    )


class RatedTicketsQuery(Schema):
    """Which figure: without an organisation, of the community's desk."""

    community_id = fields.UUID(load_default=None)
    organisation_id = fields.UUID(load_default=None)
    month = fields.String(required=True, validate=MONTH)
    measure = _one_of(Measure, required=True)
    outcome = fields.String(
        load_default=None, metadata={"description": "outcomes, separated by commas; all if none"}
    )
    cursor = fields.String(load_default=None)
    limit = fields.Integer(
        load_default=50, validate=validate.Range(1, 200, error="每页最多 200 条。")
    )


class OutcomeSchema(Schema):
    outcome = _one_of(Outcome, required=True)
    name = fields.String(required=True)
    count = fields.Integer(required=True)


class FigureSchema(Schema):
    """`percent` is null where the base is too small to say one."""

    hits = fields.Integer(required=True)
    base = fields.Integer(required=True)
    percent = fields.Float(required=True, allow_none=True)
    excluded = fields.Integer(required=True)
    outcomes = fields.List(fields.Nested(OutcomeSchema), required=True)


class RateRowSchema(Schema):
    """One organisation and month; no organisation: the community's desk."""

    month = fields.String(required=True)
    organisation_id = fields.UUID(required=True, allow_none=True)
    organisation_name = fields.String(required=True)
    party = _one_of(Party, required=True, allow_none=True)
    response = fields.Nested(FigureSchema, required=True)
    resolution = fields.Nested(FigureSchema, required=True)
    satisfaction = fields.Nested(FigureSchema, required=True)


class NamedPlaceSchema(Schema):
    id = fields.UUID(required=True)
    name = fields.String(required=True)


class RatesSchema(Schema):
    communities = fields.List(fields.Nested(NamedPlaceSchema), required=True)
    community = fields.Nested(NamedPlaceSchema, required=True, allow_none=True)
    months = fields.List(fields.String(), required=True)
    too_few = fields.Integer(required=True)
    items = fields.List(fields.Nested(RateRowSchema), required=True)


class RatedTicketSchema(Schema):
    """A ticket behind a figure. `shown`: the ticket itself may be opened; else where it is stays
    with those who have it now."""

    id = fields.UUID(required=True)
    number = fields.String(required=True)
    category_name = fields.String(required=True)
    place_text = fields.String(required=True, allow_none=True)
    outcome = _one_of(Outcome, required=True)
    outcome_name = fields.String(required=True)
    excluded = fields.Boolean(required=True)
    due_at = fields.AwareDateTime(required=True, allow_none=True)
    done_at = fields.AwareDateTime(required=True, allow_none=True)
    shown = fields.Boolean(required=True)
