"""Shapes of the requests and answers about subdistricts and communities."""

from marshmallow import Schema, fields, validate

from app.identity.rules import PlaceKind
from app.places.rules_divisions import NAME_LENGTH, Outcome

MOST_CODE = 20


class NameDivisionSchema(Schema):
    name = fields.String(required=True, validate=validate.Length(max=NAME_LENGTH))
    code = fields.String(required=True, validate=validate.Length(max=MOST_CODE))


class AddDivisionSchema(NameDivisionSchema):
    parent_id = fields.UUID(required=True)


class DivisionSchema(Schema):
    id = fields.UUID(required=True)
    kind = fields.Enum(PlaceKind, by_value=True, required=True)
    name = fields.String(required=True)
    code = fields.String(required=True, allow_none=True)
    parent_id = fields.UUID(required=True, allow_none=True)
    households = fields.Integer(required=True)
    office_id = fields.UUID(required=True, allow_none=True)
    people = fields.Integer(required=True)


class DivisionListFormSchema(Schema):
    """A list of communities; with the digest of its preview it is written."""

    district_id = fields.UUID(required=True)
    digest = fields.String(load_default=None, validate=validate.Length(max=64))


class DivisionRowSchema(Schema):
    row = fields.Integer(required=True)
    code = fields.String(required=True)
    name = fields.String(required=True)
    street_code = fields.String(required=True)
    street = fields.String(required=True)
    outcome = fields.Enum(Outcome, by_value=True, required=True)
    reasons = fields.List(fields.String(), required=True)


class DivisionPlanSchema(Schema):
    written = fields.Boolean(required=True)
    digest = fields.String(required=True)
    streets_new = fields.Integer(required=True)
    create = fields.Integer(required=True)
    same = fields.Integer(required=True)
    refuse = fields.Integer(required=True)
    rows = fields.List(fields.Nested(DivisionRowSchema), required=True)
