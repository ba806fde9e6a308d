"""The shapes of coverage on the wire, in and out. A figure that is hidden is null."""

from enum import StrEnum
from typing import Any

from marshmallow import Schema, fields, validate

from app.places.rules import CareLevel
from app.reports.schemas import MONTH, NamedPlaceSchema


class MonthState(StrEnum):
    """How far a month is: under way, over and waiting for late records, or settled."""

    RUNNING = "running"
    WAITING = "waiting"
    SETTLED = "settled"


class CoveredKind(StrEnum):
    """What a line of coverage is of."""

    COMMUNITY = "community"
    GRID = "grid"
    ESTATE = "estate"
    BUILDING = "building"


def _one_of(kind: type[StrEnum], **options: Any) -> fields.String:
    return fields.String(validate=validate.OneOf([one.value for one in kind]), **options)


class CoverageQuery(Schema):
    """`place_id`: of which place the months before are told; without it, of the community."""

    community_id = fields.UUID(load_default=None)
    month = fields.String(load_default=None, validate=MONTH)
    place_id = fields.UUID(load_default=None)


class CoverageFileSchema(Schema):
    """A month, and so many months up to it."""

    community_id = fields.UUID(load_default=None)
    month = fields.String(load_default=None, validate=MONTH)
    months = fields.Integer(
        load_default=1, validate=validate.Range(1, 13, error="一次最多 13 个月。")
    )


class CountsSchema(Schema):
    """What was owed and what came of it: `due` is the sum of the other four."""

    due = fields.Integer(required=True, allow_none=True)
    done = fields.Integer(required=True, allow_none=True)
    refused = fields.Integer(required=True, allow_none=True)
    impossible = fields.Integer(required=True, allow_none=True)
    open = fields.Integer(required=True, allow_none=True)


class CoverageRowSchema(CountsSchema):
    """One place and care level; no level: all together."""

    place_id = fields.UUID(required=True)
    care_level = _one_of(CareLevel, required=True, allow_none=True)


class CoveredPlaceSchema(Schema):
    id = fields.UUID(required=True)
    kind = _one_of(CoveredKind, required=True)
    name = fields.String(required=True)


class CoveredMonthSchema(Schema):
    """`afterwards`: it was settled so late that levels, wishes and pairings may have changed."""

    month = fields.String(required=True)
    state = _one_of(MonthState, required=True)
    afterwards = fields.Boolean(required=True)


class CourseRowSchema(CountsSchema):
    month = fields.String(required=True)
    care_level = _one_of(CareLevel, required=True, allow_none=True)


class WordSchema(Schema):
    key = fields.String(required=True)
    name = fields.String(required=True)
    what = fields.String(required=True)


class CoverageSchema(Schema):
    """`month` is null where no month can be told of yet."""

    communities = fields.List(fields.Nested(NamedPlaceSchema), required=True)
    community = fields.Nested(NamedPlaceSchema, required=True)
    months = fields.List(fields.Nested(CoveredMonthSchema), required=True)
    month = fields.Nested(CoveredMonthSchema, required=True, allow_none=True)
    too_few = fields.Integer(required=True)
    settled_on = fields.Integer(
        required=True, metadata={"description": "the day of the following month"}
    )
    words = fields.List(fields.Nested(WordSchema), required=True)
    places = fields.List(fields.Nested(CoveredPlaceSchema), required=True)
    items = fields.List(fields.Nested(CoverageRowSchema), required=True)
    course_of = fields.Nested(CoveredPlaceSchema, required=True)
    course = fields.List(fields.Nested(CourseRowSchema), required=True)


class CoverageFileAnswerSchema(Schema):
    """A spreadsheet, in base64."""

    name = fields.String(required=True)
    content = fields.String(required=True)


class MyCoverageSchema(Schema):
    """One's own month: of the doors that one looks after."""

    month = fields.String(required=True)
    due = fields.Integer(required=True)
    done = fields.Integer(required=True)
    refused = fields.Integer(required=True)
