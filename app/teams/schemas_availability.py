"""Shapes of the requests and answers about when people may visit."""

from typing import Any

from marshmallow import Schema, fields, post_load, validate

from app.core.calendar import DayKind
from app.core.schemas import HoursSchema, NamedSchema
from app.teams.rules.windows import Differing, Differs, Free, Span, WeekDay, Window


class FreeSchema(HoursSchema):
    """A span of the week, the days on which it is given and the part of it."""

    span = fields.Enum(Span, by_value=True, required=True)
    days = fields.List(
        fields.Enum(WeekDay, by_value=True),
        required=True,
        validate=validate.Length(1, 8, error="请至少选一天。"),
    )

    @post_load
    def free(self, said: dict[str, Any], **_: Any) -> Free:
        return Free(said["span"], frozenset(said["days"]), Window(said["start"], said["end"]))


class AvailableWeekSchema(Schema):
    """`pattern` null takes back what was said: then every usual window may be asked for."""

    pattern = fields.List(
        fields.Nested(FreeSchema),
        required=True,
        allow_none=True,
        validate=validate.Length(max=len(Span), error="同一个时段说了两次。"),
    )


class NewAvailabilityDateSchema(Schema):
    kind = fields.Enum(Differs, by_value=True, required=True)
    first = fields.Date(required=True)
    last = fields.Date(required=True)
    window = fields.Nested(HoursSchema, load_default=None, allow_none=True)

    @post_load
    def differing(self, said: dict[str, Any], **_: Any) -> dict[str, Differing]:
        hours = said.pop("window")
        window = Window(hours["start"], hours["end"]) if hours else None
        return {"said": Differing(**said, window=window)}


class AvailabilityDateSchema(Schema):
    id = fields.UUID(required=True)
    kind = fields.Enum(Differs, by_value=True, required=True)
    first = fields.Date(required=True)
    last = fields.Date(required=True)
    window = fields.Nested(HoursSchema, required=True, allow_none=True)


class AvailableDaySchema(Schema):
    """What comes of it on one date."""

    date = fields.Date(required=True)
    kind = fields.Enum(DayKind, by_value=True, required=True)
    away = fields.Boolean(required=True)
    windows = fields.List(fields.Nested(HoursSchema), required=True)


class UsualWindowSchema(HoursSchema):
    """One of the windows of a week, whole."""

    span = fields.Enum(Span, by_value=True, required=True)
    days = fields.List(fields.Enum(WeekDay, by_value=True), required=True)


class AvailabilitySchema(AvailableWeekSchema):
    dates = fields.List(fields.Nested(AvailabilityDateSchema), required=True)
    days = fields.List(fields.Nested(AvailableDaySchema), required=True)
    usual = fields.List(fields.Nested(UsualWindowSchema), required=True)
    calendar_warning = fields.String(required=True, allow_none=True)
    version = fields.Integer(required=True)


class SpanQuery(Schema):
    first = fields.Date(required=True)
    last = fields.Date(required=True)


class DatedWindowSchema(HoursSchema):
    date = fields.Date(required=True)


class PersonWindowsSchema(Schema):
    """`assumed`: the person has said nothing, so these are the usual windows."""

    person = fields.Nested(NamedSchema, required=True)
    assumed = fields.Boolean(required=True)
    windows = fields.List(fields.Nested(DatedWindowSchema), required=True)


class TeamWindowsSchema(Schema):
    items = fields.List(fields.Nested(PersonWindowsSchema), required=True)
    calendar_warning = fields.String(required=True, allow_none=True)
