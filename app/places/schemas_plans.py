"""Shapes of the requests and answers about plans of estates."""

from marshmallow import Schema, fields, validate

from app.core.media import HASH

MOST_BUILDINGS = 500


class EstateLineSchema(Schema):
    id = fields.UUID(required=True)
    name = fields.String(required=True)


class SpotSchema(Schema):
    """Shares of the picture's width and height, from the upper left corner."""

    building_id = fields.UUID(required=True)
    x = fields.Float(required=True, validate=validate.Range(0, 1, error="要落在图里。"))
    y = fields.Float(required=True, validate=validate.Range(0, 1, error="要落在图里。"))


class SavePlanSchema(Schema):
    picture = fields.String(
        required=True, validate=validate.Regexp(f"^{HASH.pattern}$", error="图的编号不对。")
    )
    spots = fields.List(
        fields.Nested(SpotSchema),
        required=True,
        validate=validate.Length(max=MOST_BUILDINGS, error="楼栋太多了。"),
    )


class PlacedBuildingSchema(Schema):
    id = fields.UUID(required=True)
    name = fields.String(required=True)
    x = fields.Float(required=True, allow_none=True)
    y = fields.Float(required=True, allow_none=True)


class PlanSchema(Schema):
    """`picture` is null and `version` 0 where nobody has laid down a plan yet."""

    estate_id = fields.UUID(required=True)
    name = fields.String(required=True)
    picture = fields.String(required=True, allow_none=True)
    width = fields.Integer(required=True, allow_none=True)
    height = fields.Integer(required=True, allow_none=True)
    buildings = fields.List(fields.Nested(PlacedBuildingSchema), required=True)
    may_change = fields.Boolean(required=True)
    version = fields.Integer(required=True)
