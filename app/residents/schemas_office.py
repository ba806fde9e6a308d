"""What the office says and hears about doors, numbers, wishes and residents' telephones."""

from marshmallow import Schema, fields, validate

from app.core.http import PageQuery
from app.core.schemas import NamedSchema
from app.residents.rules import WishKind, WishState

MOST_AT_ONCE = 200


class DoorsQuery(PageQuery):
    community_id = fields.UUID()


class DoorCodeSchema(Schema):
    id = fields.UUID(required=True)
    place = fields.Nested(NamedSchema, required=True)
    made_at = fields.DateTime(required=True)


class GiveDoorsSchema(Schema):
    place_ids = fields.List(
        fields.UUID(),
        required=True,
        validate=validate.Length(1, MOST_AT_ONCE, error=f"一次选 1 到 {MOST_AT_ONCE} 个门口。"),
    )


class DoorCodesSchema(Schema):
    items = fields.List(fields.Nested(DoorCodeSchema), required=True)


class SheetSchema(Schema):
    """Which codes are printed."""

    ids = fields.List(
        fields.UUID(),
        required=True,
        validate=validate.Length(1, MOST_AT_ONCE, error=f"一次打印 1 到 {MOST_AT_ONCE} 张。"),
    )


class PrintedDoorSchema(Schema):
    id = fields.UUID(required=True)
    place = fields.String(required=True)
    community = fields.String(required=True)
    link = fields.String(required=True)
    picture = fields.String(required=True)
    phones = fields.List(fields.Nested("PublicPhoneSchema"), required=True)


class PrintedSchema(Schema):
    items = fields.List(fields.Nested(PrintedDoorSchema), required=True)


class PublicNumberSchema(Schema):
    id = fields.UUID(required=True)
    place = fields.Nested(NamedSchema, required=True)
    name = fields.String(required=True)
    number = fields.String(required=True)


class PublicNumbersSchema(Schema):
    items = fields.List(fields.Nested(PublicNumberSchema), required=True)


class NewPublicNumberSchema(Schema):
    place_id = fields.UUID(required=True)
    name = fields.String(
        required=True, validate=validate.Length(1, 20, error="要写 1 到 20 个字。")
    )
    number = fields.String(required=True, validate=validate.Length(max=30, error="电话太长了。"))


class WishesQuery(PageQuery):
    state = fields.Enum(WishState, by_value=True, load_default=WishState.WAITING)


class WishRowSchema(Schema):
    id = fields.UUID(required=True)
    kind = fields.Enum(WishKind, by_value=True, required=True)
    kind_name = fields.String(required=True)
    state = fields.Enum(WishState, by_value=True, required=True)
    state_name = fields.String(required=True)
    place = fields.Nested(NamedSchema, required=True)
    door = fields.String(required=True)
    said = fields.String(required=True)
    name = fields.String(required=True)
    phone_masked = fields.String(allow_none=True, required=True)
    household = fields.Nested(NamedSchema, allow_none=True, required=True)
    at = fields.DateTime(required=True)
    settled_at = fields.DateTime(allow_none=True, required=True)


class ConfirmWishSchema(Schema):
    household_id = fields.UUID(allow_none=True, load_default=None)


class DoorHouseholdsSchema(Schema):
    items = fields.List(fields.Nested(NamedSchema), required=True)


class ReportContactSchema(Schema):
    id = fields.UUID(required=True)
    name = fields.String(required=True)
    phone_masked = fields.String(allow_none=True, required=True)
    first = fields.Boolean(required=True)
    at = fields.DateTime(required=True)


class ReportContactsSchema(Schema):
    items = fields.List(fields.Nested(ReportContactSchema), required=True)
