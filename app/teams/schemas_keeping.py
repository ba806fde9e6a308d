"""Shapes of the requests and answers about who looks after whom."""

from marshmallow import Schema, fields, validate

from app.core.http import PageQuery
from app.core.schemas import NamedSchema
from app.teams.models_keeping import ChangeKind


class CommunityQuery(Schema):
    community_id = fields.UUID(required=True)


class WithoutPersonSchema(Schema):
    building = fields.Nested(NamedSchema, required=True)
    place_text = fields.String(required=True)
    households = fields.Integer(required=True)


class TooMuchSchema(Schema):
    person = fields.Nested(NamedSchema, required=True)
    households = fields.Integer(required=True)


class KeepingSchema(Schema):
    """`too_much` goes by name: it is about doors to share out, not about people."""

    limit = fields.Integer(required=True)
    limit_version = fields.Integer(required=True)
    without_person = fields.List(fields.Nested(WithoutPersonSchema), required=True)
    too_much = fields.List(fields.Nested(TooMuchSchema), required=True)


class CareLimitSchema(Schema):
    community_id = fields.UUID(required=True)
    households = fields.Integer(
        required=True, validate=validate.Range(1, 500, error="请写 1 到 500 之间的数。")
    )


class AskSuggestionSchema(Schema):
    estate_id = fields.UUID(required=True)


class TakeSuggestionSchema(AskSuggestionSchema):
    digest = fields.String(required=True, validate=validate.Length(max=64, error="请再看一遍。"))


class GroupSchema(Schema):
    """Doors of one unit that would pass from and to the same people."""

    place_text = fields.String(required=True)
    households = fields.Integer(required=True)
    main_before = fields.String(required=True, allow_none=True)
    main_after = fields.String(required=True, allow_none=True)
    backup_before = fields.String(required=True, allow_none=True)
    backup_after = fields.String(required=True, allow_none=True)


class PersonLoadSchema(Schema):
    person = fields.Nested(NamedSchema, required=True)
    before = fields.Integer(required=True)
    after = fields.Integer(required=True)


class ProposalSchema(Schema):
    digest = fields.String(required=True)
    households = fields.Integer(required=True)
    still_without = fields.Integer(required=True)
    limit = fields.Integer(required=True)
    groups = fields.List(fields.Nested(GroupSchema), required=True)
    people = fields.List(fields.Nested(PersonLoadSchema), required=True)


class HandOverDoorsSchema(Schema):
    community_id = fields.UUID(required=True)
    person_id = fields.UUID(required=True)
    receivers = fields.List(
        fields.UUID(), required=True, validate=validate.Length(1, 20, error="请选接手的人。")
    )
    first = fields.Date(required=True)
    last = fields.Date(required=True, allow_none=True)
    note = fields.String(
        load_default=None,
        allow_none=True,
        validate=validate.Length(max=200, error="最多 200 个字。"),
    )


class ChangesQuery(PageQuery):
    community_id = fields.UUID(load_default=None)


class CareChangeSchema(Schema):
    id = fields.UUID(required=True)
    kind = fields.Enum(ChangeKind, by_value=True, required=True)
    estate = fields.Nested(NamedSchema, required=True, allow_none=True)
    person = fields.Nested(NamedSchema, required=True, allow_none=True)
    receivers = fields.List(fields.Nested(NamedSchema), required=True)
    first = fields.Date(required=True)
    last = fields.Date(required=True, allow_none=True)
    note = fields.String(required=True, allow_none=True)
    households = fields.Integer(required=True)
    made_by = fields.Nested(NamedSchema, required=True)
    made_at = fields.AwareDateTime(required=True)
    state = fields.String(required=True)
    may_undo = fields.Boolean(required=True)
    version = fields.Integer(required=True)


class StoodSchema(Schema):
    main = fields.Nested(NamedSchema, required=True, allow_none=True)
    backup = fields.Nested(NamedSchema, required=True, allow_none=True)
    since = fields.Date(required=True)
    until = fields.Date(required=True, allow_none=True)


class KeepersSchema(Schema):
    """Who looked after a door when, latest first; `until` null stands today."""

    items = fields.List(fields.Nested(StoodSchema), required=True)
