"""Plans of a month: how they are asked for, shown and changed."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from app.core.http import PageQuery
from app.core.jobs import JobState
from app.core.schemas import NamedSchema
from app.places.rules import CareLevel
from app.visits.rules import Purpose, VisitState
from app.visits.rules.months import Clash, GridStage, PlanState
from app.visits.schemas.words import HoursSchema, WindowSchema, word


class AskMonthSchema(Schema):
    """`month` is any of its days; no grids are all of them."""

    community_id = fields.UUID(required=True)
    month = fields.Date(required=True)
    grid_ids = fields.List(
        fields.UUID(), load_default=list, validate=validate.Length(max=60, error="最多 60 个网格。")
    )


class MonthQuery(PageQuery):
    community_id = fields.UUID(load_default=None)


class AwaySchema(Schema):
    """Who cannot come, from when through when; nobody is asked why."""

    person_id = fields.UUID(required=True)
    first = fields.Date(required=True)
    last = fields.Date(required=True)

    @validates_schema
    def in_order(self, said: dict[str, Any], **_: Any) -> None:
        if said["last"] < said["first"]:
            raise ValidationError("最后一天不能早于第一天。", "last")


class MendSchema(Schema):
    away = fields.List(
        fields.Nested(AwaySchema),
        load_default=list,
        validate=validate.Length(max=10, error="一次最多写 10 个人。"),
    )


STOPS = validate.Length(1, 100, error="一次改 1 到 100 户。")


class TakeOutSchema(Schema):
    stop_ids = fields.List(fields.UUID(), required=True, validate=STOPS)


class MoveStopsSchema(TakeOutSchema):
    """`person_id`: who leads from now on (none: as before). No window: the one that fits best."""

    date = fields.Date(required=True)
    person_id = fields.UUID(load_default=None, allow_none=True)
    window = fields.Nested(WindowSchema, load_default=None, allow_none=True)


class PlacesQuery(Schema):
    stop_id = fields.UUID(required=True)


class MonthPlanSchema(Schema):
    id = fields.UUID(required=True)
    community_id = fields.UUID(required=True)
    month = fields.Date(required=True)
    state = word(PlanState, required=True)
    grids = fields.List(fields.String(), required=True)
    version = fields.Integer(required=True)


class MonthJobSchema(Schema):
    state = word(JobState, required=True)
    done = fields.Integer(required=True)
    total = fields.Integer(required=True, allow_none=True)
    why = fields.String(required=True, allow_none=True)
    mending = fields.Boolean(required=True)


class MonthPartSchema(Schema):
    """`goodness`: how good it is known to be. `searching`: the planner looks for a better one.
    `difference`: how many stops mending would change."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    stage = word(GridStage, required=True)
    goodness = fields.String(required=True)
    searching = fields.Boolean(required=True)
    planned = fields.Integer(required=True)
    unplanned = fields.Integer(required=True)
    to_send = fields.Integer(required=True)
    difference = fields.Integer(required=True, allow_none=True)
    version = fields.Integer(required=True)


class MonthPlanDetailSchema(MonthPlanSchema):
    """`unfinished`: of a draft that is not being planned, how many grids the planner was stopped
    before."""

    job = fields.Nested(MonthJobSchema, required=True, allow_none=True)
    parts = fields.List(fields.Nested(MonthPartSchema), required=True)
    people = fields.List(fields.Nested(NamedSchema), required=True)
    to_send = fields.Integer(required=True)
    unfinished = fields.Integer(required=True)
    calendar_warning = fields.String(required=True, allow_none=True)


class ClashSchema(Schema):
    kind = word(Clash, required=True)
    refused = fields.Boolean(required=True)
    text = fields.String(required=True)


class OwedStopSchema(Schema):
    id = fields.UUID(required=True)
    place_text = fields.String(required=True)
    door = fields.String(required=True)
    building_id = fields.UUID(required=True)
    level = word(CareLevel, required=True)
    purposes = fields.List(word(Purpose), required=True)
    due = fields.Date(required=True)
    by_phone = fields.Boolean(required=True)
    state = word(VisitState, required=True, allow_none=True)


class MonthStopSchema(OwedStopSchema):
    """The first of `people` leads. `changed`: not sent yet as it stands."""

    date = fields.Date(required=True)
    window = fields.Nested(HoursSchema, required=True)
    people = fields.List(fields.UUID(), required=True)
    changed = fields.Boolean(required=True)
    by_hand = fields.Boolean(required=True)
    clashes = fields.List(fields.Nested(ClashSchema), required=True)


class LeftOutSchema(OwedStopSchema):
    why = fields.String(required=True)
    helps = fields.List(fields.String(), required=True)


class OtherVisitSchema(Schema):
    """A visit that stands for another reason; it takes its people's time."""

    place_text = fields.String(required=True)
    building_id = fields.UUID(required=True)
    date = fields.Date(required=True)
    window = fields.Nested(HoursSchema, required=True)
    people = fields.List(fields.UUID(), required=True)


class DifferenceLineSchema(Schema):
    """What mending would change of one stop, in words."""

    place_text = fields.String(required=True)
    before = fields.String(required=True, allow_none=True)
    after = fields.String(required=True, allow_none=True)
    accepted = fields.Boolean(required=True)
    why = fields.String(required=True, allow_none=True)


class MonthDaySchema(Schema):
    date = fields.Date(required=True)
    works = fields.Boolean(required=True)


class MonthBoardSchema(MonthPartSchema):
    """`first`: the first date on which anything can still be put."""

    plan = fields.Nested(MonthPlanSchema, required=True)
    working = fields.Boolean(required=True)
    first = fields.Date(required=True)
    days = fields.List(fields.Nested(MonthDaySchema), required=True)
    people = fields.List(fields.Nested(NamedSchema), required=True)
    buildings = fields.List(fields.Nested(NamedSchema), required=True)
    stops = fields.List(fields.Nested(MonthStopSchema), required=True)
    left_out = fields.List(fields.Nested(LeftOutSchema), required=True)
    others = fields.List(fields.Nested(OtherVisitSchema), required=True)
    lines = fields.List(fields.Nested(DifferenceLineSchema), required=True)
    can_undo = fields.Boolean(required=True)
    can_redo = fields.Boolean(required=True)


class PlaceForStopSchema(Schema):
    date = fields.Date(required=True)
    person_id = fields.UUID(required=True)
    window = fields.Nested(HoursSchema, required=True)
    refused = fields.Boolean(required=True)
    texts = fields.List(fields.String(), required=True)


class PlacesSchema(Schema):
    items = fields.List(fields.Nested(PlaceForStopSchema), required=True)


class EditedSchema(Schema):
    """The grid's new version, and what stands against what was put."""

    version = fields.Integer(required=True)
    texts = fields.List(fields.String(), required=True)


class SentMonthSchema(Schema):
    plan = fields.Nested(MonthPlanDetailSchema, required=True)
    asked = fields.Integer(required=True)
    people = fields.Integer(required=True)
    withdrawn = fields.Integer(required=True)
    held_back = fields.Integer(required=True)
