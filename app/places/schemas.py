"""Shapes of the requests and answers about places."""

from marshmallow import Schema, fields, validate

from app.core.http import PageQuery
from app.identity.rules import PlaceKind
from app.places.models import ImportState
from app.places.plan import RowAction
from app.places.rules import HIGHEST_FLOOR, LOWEST_FLOOR, NAME_LENGTH, CareLevel, VisitWish


class CommunityQuery(PageQuery):
    community_id = fields.UUID(required=True)


class TreeQuery(Schema):
    community_id = fields.UUID(required=True)


class UnitSchema(Schema):
    id = fields.UUID(required=True)
    kind = fields.Enum(PlaceKind, by_value=True, required=True)
    name = fields.String(required=True)
    households = fields.Integer(required=True)


class BuildingSchema(Schema):
    id = fields.UUID(required=True)
    kind = fields.Enum(PlaceKind, by_value=True, required=True)
    name = fields.String(required=True)
    grid_id = fields.UUID(required=True, allow_none=True)
    children = fields.List(fields.Nested(UnitSchema), required=True)


class EstateSchema(Schema):
    id = fields.UUID(required=True)
    kind = fields.Enum(PlaceKind, by_value=True, required=True)
    name = fields.String(required=True)
    children = fields.List(fields.Nested(BuildingSchema), required=True)


class TreeSchema(Schema):
    id = fields.UUID(required=True)
    kind = fields.Enum(PlaceKind, by_value=True, required=True)
    name = fields.String(required=True)
    children = fields.List(fields.Nested(EstateSchema), required=True)


class CommunitySchema(Schema):
    id = fields.UUID(required=True)
    name = fields.String(required=True)
    code = fields.String(required=True, allow_none=True)


class GridSchema(Schema):
    id = fields.UUID(required=True)
    name = fields.String(required=True)
    building_ids = fields.List(fields.UUID(), required=True)
    households = fields.Integer(required=True)


class ChangeHouseholdSchema(Schema):
    contact_name = fields.String(
        validate=validate.Length(max=NAME_LENGTH, error=f"称呼不超过 {NAME_LENGTH} 个字。")
    )
    contact_phone = fields.String(allow_none=True, validate=validate.Length(max=30))
    care_level = fields.Enum(CareLevel, by_value=True)
    wish = fields.Enum(VisitWish, by_value=True)
    floor = fields.Integer(
        allow_none=True,
        validate=validate.Range(LOWEST_FLOOR, HIGHEST_FLOOR, error="楼层不对。"),
    )


class KeptHouseholdSchema(Schema):
    id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)
    door = fields.String(required=True)
    floor = fields.Integer(required=True, allow_none=True)
    contact_name = fields.String(required=True)
    contact_phone_masked = fields.String(required=True, allow_none=True)
    care_level = fields.Enum(CareLevel, by_value=True, required=True)
    care_confirmed_on = fields.Date(required=True, allow_none=True)
    wish = fields.Enum(VisitWish, by_value=True, required=True)
    version = fields.Integer(required=True)


class ImportFormSchema(Schema):
    community_id = fields.UUID(required=True)


class ImportCountsSchema(Schema):
    create = fields.Integer(required=True)
    change = fields.Integer(required=True)
    same = fields.Integer(required=True)
    refuse = fields.Integer(required=True)


class ImportSchema(Schema):
    id = fields.UUID(required=True)
    community_id = fields.UUID(required=True)
    filename = fields.String(required=True)
    state = fields.Enum(ImportState, by_value=True, required=True)
    counts = fields.Nested(ImportCountsSchema, required=True)
    estates_new = fields.Integer(required=True)
    buildings_new = fields.Integer(required=True)
    grids_new = fields.Integer(required=True)
    created_at = fields.DateTime(required=True)


class ImportRowsQuery(PageQuery):
    action = fields.Enum(RowAction, by_value=True, load_default=None)


class RowChangeSchema(Schema):
    field = fields.String(required=True)
    name = fields.String(required=True, metadata={"description": "the heading of the column"})
    before = fields.String(required=True, data_key="from")
    after = fields.String(required=True, data_key="to")


class ImportRowSchema(Schema):
    row = fields.Integer(required=True)
    action = fields.Enum(RowAction, by_value=True, required=True)
    door_text = fields.String(required=True)
    reasons = fields.List(fields.String(), required=True)
    changes = fields.List(fields.Nested(RowChangeSchema), required=True)
