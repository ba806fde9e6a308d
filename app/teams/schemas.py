"""Shapes of the requests and answers about teams, pairings and households."""

from marshmallow import Schema, fields, validate

from app.core.http import PageQuery
from app.core.schemas import NamedSchema
from app.identity.rules import PlaceKind
from app.places.rules import CareLevel, VisitWish
from app.teams.rules import TeamKind

TEAM_NAME = validate.Length(1, 40, error="队伍的名字要有 1 到 40 个字。")
MOST_AT_ONCE = 500


class PlaceSchema(NamedSchema):
    kind = fields.Enum(PlaceKind, by_value=True, required=True)


class MemberSchema(Schema):
    person = fields.Nested(NamedSchema, required=True)
    leader = fields.Boolean(required=True)


class TeamSchema(NamedSchema):
    kind = fields.Enum(TeamKind, by_value=True, required=True)
    place = fields.Nested(PlaceSchema, required=True)
    members = fields.List(fields.Nested(MemberSchema), required=True)
    version = fields.Integer(required=True)


class NewTeamSchema(Schema):
    kind = fields.Enum(TeamKind, by_value=True, required=True)
    name = fields.String(required=True, validate=TEAM_NAME)
    place_id = fields.UUID(required=True)


class RenameTeamSchema(Schema):
    name = fields.String(required=True, validate=TEAM_NAME)


class NewMemberSchema(Schema):
    person_id = fields.UUID(required=True)
    leader = fields.Boolean(load_default=False)


class PairingTeamSchema(NamedSchema):
    kind = fields.Enum(TeamKind, by_value=True, required=True)


class PairingSchema(Schema):
    id = fields.UUID(required=True)
    team = fields.Nested(PairingTeamSchema, required=True)
    person = fields.Nested(NamedSchema, required=True)
    place = fields.Nested(PlaceSchema, required=True)
    place_text = fields.String(required=True)
    since = fields.Date(required=True)
    coming = fields.Boolean(required=True)


class PairingsQuery(PageQuery):
    building_id = fields.UUID(load_default=None)
    person_id = fields.UUID(load_default=None)
    team_id = fields.UUID(load_default=None)


class NewPairingSchema(Schema):
    team_id = fields.UUID(required=True)
    person_id = fields.UUID(required=True)
    place_id = fields.UUID(required=True)
    since = fields.Date(load_default=None, metadata={"description": "its first day; else today"})


class HouseholdsQuery(PageQuery):
    community_id = fields.UUID(load_default=None)
    estate_id = fields.UUID(load_default=None)
    building_id = fields.UUID(load_default=None)
    unit_id = fields.UUID(load_default=None)
    grid_id = fields.UUID(load_default=None)
    person_id = fields.UUID(load_default=None)
    care_level = fields.Enum(CareLevel, by_value=True, load_default=None)
    without_person = fields.Boolean(load_default=False)
    q = fields.String(load_default="", validate=validate.Length(max=60))


class HouseholdRowSchema(Schema):
    id = fields.UUID(required=True)
    door = fields.String(required=True)
    floor = fields.Integer(required=True, allow_none=True)
    unit = fields.Nested(NamedSchema, required=True)
    building = fields.Nested(NamedSchema, required=True)
    estate = fields.Nested(NamedSchema, required=True)
    place_text = fields.String(required=True)
    contact_name = fields.String(required=True)
    care_level = fields.Enum(CareLevel, by_value=True, required=True)
    wish = fields.Enum(VisitWish, by_value=True, required=True)
    main = fields.Nested(NamedSchema, required=True, allow_none=True)
    backup = fields.Nested(NamedSchema, required=True, allow_none=True)
    version = fields.Integer(required=True)


class HouseholdSchema(HouseholdRowSchema):
    contact_phone_masked = fields.String(required=True, allow_none=True)
    care_confirmed_on = fields.Date(required=True, allow_none=True)


class AssignmentSchema(Schema):
    main_id = fields.UUID(required=True, allow_none=True)
    backup_id = fields.UUID(required=True, allow_none=True)


class AssignmentsSchema(AssignmentSchema):
    household_ids = fields.List(
        fields.UUID(),
        required=True,
        validate=validate.Length(1, MOST_AT_ONCE, error=f"一次选 1 到 {MOST_AT_ONCE} 户。"),
    )


class ChangedSchema(Schema):
    changed = fields.Integer(required=True)
