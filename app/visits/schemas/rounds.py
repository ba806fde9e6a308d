"""Rounds: how they are drafted, previewed and shown."""

from typing import Any

from marshmallow import Schema, fields, validate

from app.core.schemas import NamedSchema
from app.places.rules import CareLevel
from app.teams.rules import TeamKind
from app.visits.rules import Days, Purpose, RoundState
from app.visits.schemas.words import HoursSchema, filled, word


class WhomSchema(Schema):
    care_levels = fields.List(word(CareLevel), load_default=list)
    building_ids = fields.List(fields.UUID(), load_default=list)
    household_ids = fields.List(
        fields.UUID(),
        load_default=list,
        validate=validate.Length(max=500, error="一户一户选最多 500 户，再多请按楼栋选。"),
    )


class OpenWindowSchema(HoursSchema):
    days = word(Days, required=True)


WINDOWS = validate.Length(1, 12, error="请排 1 到 12 个时段。")


class DraftRoundSchema(Schema):
    title = filled(60)
    purpose = word(Purpose, required=True)
    team_id = fields.UUID(required=True)
    whom = fields.Nested(WhomSchema, required=True)
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(required=True)
    windows = fields.List(fields.Nested(OpenWindowSchema), required=True, validate=WINDOWS)


class EditRoundSchema(DraftRoundSchema):
    """The same fields, each only if it changes."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, partial=tuple(DraftRoundSchema._declared_fields))


class CountsSchema(Schema):
    households = fields.Integer(required=True)
    proposed = fields.Integer(required=True)
    accepted = fields.Integer(required=True)
    turned_down = fields.Integer(required=True)
    done = fields.Integer(required=True)
    cancelled = fields.Integer(required=True)
    nobody = fields.Integer(required=True)


class RoundTeamSchema(NamedSchema):
    kind = word(TeamKind, required=True)


class RoundSchema(Schema):
    id = fields.UUID(required=True)
    title = fields.String(required=True)
    purpose = word(Purpose, required=True)
    team = fields.Nested(RoundTeamSchema, required=True)
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(required=True)
    state = word(RoundState, required=True)
    counts = fields.Nested(CountsSchema, required=True)
    version = fields.Integer(required=True)


class BlockedSchema(Schema):
    place_text = fields.String(required=True)
    reason = fields.String(required=True)


class RoundDetailSchema(RoundSchema):
    whom = fields.Nested(WhomSchema, required=True)
    windows = fields.List(fields.Nested(OpenWindowSchema), required=True)
    without_person = fields.List(fields.String(), required=True)
    blocked = fields.List(fields.Nested(BlockedSchema), required=True)
    cancel_reason = fields.String(required=True, allow_none=True)


class ShareSchema(Schema):
    person = fields.Nested(NamedSchema, required=True)
    households = fields.Integer(required=True)


class PreviewSchema(Schema):
    households = fields.Integer(required=True)
    visits = fields.Integer(required=True)
    by_person = fields.List(fields.Nested(ShareSchema), required=True)
    without_person = fields.List(fields.String(), required=True)
    blocked = fields.List(fields.Nested(BlockedSchema), required=True)
    calendar_warning = fields.String(required=True, allow_none=True)


class PurposeSchema(Schema):
    code = word(Purpose, required=True)
    name = fields.String(required=True)


class DefaultsSchema(Schema):
    windows = fields.List(fields.Nested(OpenWindowSchema), required=True)
    purposes = fields.List(fields.Nested(PurposeSchema), required=True)
