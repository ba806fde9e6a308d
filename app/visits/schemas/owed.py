"""What is owed: lines, sums, one door, and what is kept of it by hand."""

from typing import Any

from marshmallow import Schema, fields, post_load, validate

from app.core.http import PageQuery
from app.places.rules import CareLevel
from app.teams.rules.windows import Span
from app.visits.rules import Purpose
from app.visits.rules.owing import WITHIN_DAYS
from app.visits.schemas.words import filled, word

SHOWS = ("overdue", "stuck", "coming", "open")


class MonthQuery(Schema):
    community_id = fields.UUID(required=True)
    month = fields.Date(
        format="%Y-%m", load_default=None, metadata={"description": "2026-12; this month without"}
    )


class OwedQuery(MonthQuery, PageQuery):
    grid_id = fields.UUID(load_default=None)
    building_id = fields.UUID(load_default=None)
    care_level = word(CareLevel, load_default=None)
    purpose = word(Purpose, load_default=None)
    show = fields.String(load_default=None, validate=validate.OneOf(SHOWS, error="没有这一种。"))


class OwedDoorSchema(Schema):
    id = fields.UUID(required=True)
    place_text = fields.String(required=True)


class StopSchema(Schema):
    care_level = word(CareLevel, required=True)
    purposes = fields.List(word(Purpose), required=True)
    why = fields.List(fields.String(), required=True)
    due_on = fields.Date(required=True)
    overdue = fields.Boolean(required=True)
    coming_on = fields.Date(required=True, allow_none=True)
    stuck = fields.String(required=True, allow_none=True)


class OwedSchema(StopSchema):
    household = fields.Nested(OwedDoorSchema, required=True)


class OwedCountsSchema(Schema):
    owed = fields.Integer(required=True)
    overdue = fields.Integer(required=True)
    stuck = fields.Integer(required=True)
    coming = fields.Integer(required=True)


class OwedBuildingSchema(OwedCountsSchema):
    id = fields.UUID(required=True)
    name = fields.String(required=True)
    place_text = fields.String(required=True)


class OwedGridSchema(OwedCountsSchema):
    id = fields.UUID(required=True, allow_none=True)
    name = fields.String(required=True)
    buildings = fields.List(fields.Nested(OwedBuildingSchema), required=True)


class OwedPlacesSchema(Schema):
    grids = fields.List(fields.Nested(OwedGridSchema), required=True)
    calendar_warning = fields.String(required=True, allow_none=True)


class StopAskedSchema(Schema):
    id = fields.UUID(required=True)
    purpose = word(Purpose, required=True)
    asked_on = fields.Date(required=True)
    due_on = fields.Date(required=True)


class DoorOwedSchema(Schema):
    household_id = fields.UUID(required=True)
    last_on = fields.Date(required=True, allow_none=True)
    next = fields.Nested(StopSchema, required=True, allow_none=True)
    stops = fields.List(fields.Nested(StopAskedSchema), required=True)
    hours = fields.List(word(Span), required=True)
    hours_version = fields.Integer(required=True)


class AskStopSchema(Schema):
    purpose = fields.Enum(
        Purpose,
        by_value=True,
        required=True,
        validate=validate.OneOf(tuple(WITHIN_DAYS), error="请选是住户请人去，还是新住户。"),
    )


class DoorHoursSchema(Schema):
    hours = fields.List(word(Span), required=True, validate=validate.Length(max=len(Span)))


class SayOccasionSchema(Schema):
    title = filled(30)
    purpose = word(Purpose, required=True)
    care_levels = fields.List(word(CareLevel), load_default=list)
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(required=True)

    @post_load
    def settled(self, said: dict[str, Any], **_: Any) -> dict[str, Any]:
        return said | {"care_levels": tuple(said["care_levels"])}


class AddOccasionSchema(SayOccasionSchema):
    community_id = fields.UUID(required=True)


class OccasionSchema(Schema):
    id = fields.UUID(required=True)
    community_id = fields.UUID(required=True)
    title = fields.String(required=True)
    purpose = word(Purpose, required=True)
    care_levels = fields.List(word(CareLevel), required=True)
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(required=True)
    version = fields.Integer(required=True)


class OccasionQuery(PageQuery):
    community_id = fields.UUID(load_default=None)
