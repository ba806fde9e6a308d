"""The shapes of categories, contracts and the calendar on the wire, as offices edit them."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from app.core.calendar import DayKind
from app.core.jobs import JobState
from app.identity.rules import Party
from app.tickets.rules.times import Unit

FIRST_YEAR, LAST_YEAR = 2020, 2100
MOST_AT_ONCE = 200
PARTIES = [party.value for party in Party]


class LimitSchema(Schema):
    """A time, or only a word that says what counts instead."""

    amount = fields.Integer(
        required=True, validate=validate.Range(0, 999, error="时限填 1 到 999 之间的数。")
    )
    unit = fields.String(
        required=True,
        allow_none=True,
        validate=validate.OneOf([unit.value for unit in Unit], error="请选时限的单位。"),
    )
    goal = fields.String(
        load_default="", validate=validate.Length(max=20, error="说明最多 20 个字。")
    )

    @validates_schema
    def says_something(self, data: dict[str, Any], **_: Any) -> None:
        if data.get("unit") and not data.get("amount"):
            raise ValidationError("时限填 1 到 999 之间的数。", "amount")
        if not data.get("unit") and not data.get("goal", "").strip():
            raise ValidationError("不计时的，请写一句怎么算。", "goal")


class TimesSchema(Schema):
    """By what has to be done in time; nothing where it is not timed."""

    accept = fields.Nested(LimitSchema, allow_none=True, load_default=None)
    arrive = fields.Nested(LimitSchema, allow_none=True, load_default=None)
    contain = fields.Nested(LimitSchema, allow_none=True, load_default=None)
    resolve = fields.Nested(LimitSchema, allow_none=True, load_default=None)


class _Page(Schema):
    """Which part of a preview to show."""

    offset = fields.Integer(
        load_default=0, validate=validate.Range(0, 1_000_000, error="翻页的位置不对。")
    )
    limit = fields.Integer(
        load_default=50, validate=validate.Range(1, MOST_AT_ONCE, error="每页最多 200 条。")
    )


class CategoryChangeSchema(Schema):
    """What a category is to be; without a code it is a new one inside the group."""

    code = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=40))
    group = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=40))
    version = fields.Integer(
        required=True, validate=validate.Range(0, 100_000, error="版本号不对，请刷新后再提交。")
    )
    name = fields.String(
        required=True, validate=validate.Length(1, 20, error="名称要写 1 到 20 个字。")
    )
    lead_party = fields.String(
        required=True, validate=validate.OneOf(PARTIES, error="请选由谁主办。")
    )
    off = fields.Boolean(load_default=False)
    times = fields.Nested(TimesSchema, required=True)


class CategoryPreviewSchema(CategoryChangeSchema, _Page):
    """The same, to see first what it moves."""


class ContractChangeSchema(Schema):
    """What a contract says of one category; no times at all end what it said."""

    organisation_id = fields.UUID(required=True)
    code = fields.String(required=True, validate=validate.Length(1, 40, error="请选一个事项。"))
    version = fields.Integer(
        required=True, validate=validate.Range(0, 100_000, error="版本号不对，请刷新后再提交。")
    )
    times = fields.Nested(TimesSchema, required=True)


class ContractPreviewSchema(ContractChangeSchema, _Page):
    """The same, to see first what it moves."""


class YearSchema(Schema):
    """The text of a .csv: date, kind, name."""

    year = fields.Integer(
        required=True,
        validate=validate.Range(FIRST_YEAR, LAST_YEAR, error="年份不对，请重新选。"),
    )
    text = fields.String(
        required=True, validate=validate.Length(1, 40_000, error="文件是空的，或者太大了。")
    )


class YearPreviewSchema(YearSchema, _Page):
    """The same, to see first what it says and what it moves."""


class YearQuery(Schema):
    year = fields.Integer(
        required=True,
        validate=validate.Range(FIRST_YEAR, LAST_YEAR, error="年份不对，请重新选。"),
    )


class HistoryQuery(Schema):
    code = fields.String(required=True, validate=validate.Length(1, 40, error="请选一个事项。"))


class ContractHistoryQuery(HistoryQuery):
    organisation_id = fields.UUID(required=True)


class CatalogueItemSchema(Schema):
    code = fields.String(required=True)
    name = fields.String(required=True)
    national_name = fields.String(required=True, allow_none=True)
    lead_party = fields.String(required=True, validate=validate.OneOf(PARTIES))
    off = fields.Boolean(required=True)
    own = fields.Boolean(required=True)
    version = fields.Integer(required=True)
    times = fields.Nested(TimesSchema, required=True)


class CatalogueGroupSchema(Schema):
    code = fields.String(required=True)
    name = fields.String(required=True)
    items = fields.List(fields.Nested(CatalogueItemSchema), required=True)


class CatalogueSchema(Schema):
    may_edit = fields.Boolean(required=True)
    groups = fields.List(fields.Nested(CatalogueGroupSchema), required=True)


class CategoryHistorySchema(Schema):
    """Version 0 is the national table, which nobody here has made."""

    version = fields.Integer(required=True)
    since = fields.AwareDateTime(required=True, allow_none=True)
    by_name = fields.String(required=True)
    name = fields.String(required=True)
    lead_party = fields.String(required=True, validate=validate.OneOf(PARTIES))
    off = fields.Boolean(required=True)
    times = fields.Nested(TimesSchema, required=True)


class CategoryHistoriesSchema(Schema):
    items = fields.List(fields.Nested(CategoryHistorySchema), required=True)


class MovedClockSchema(Schema):
    ticket_id = fields.UUID(required=True)
    number = fields.String(required=True)
    place_text = fields.String(required=True)
    clock_name = fields.String(required=True)
    holder_name = fields.String(required=True)
    old_due = fields.AwareDateTime(required=True, allow_none=True)
    new_due = fields.AwareDateTime(required=True, allow_none=True)


class WaysSchema(Schema):
    """How many clocks are due sooner or later, begin, or cease to be; how many are over at once."""

    sooner = fields.Integer(required=True)
    later = fields.Integer(required=True)
    begun = fields.Integer(required=True)
    gone = fields.Integer(required=True)
    late = fields.Integer(required=True)


class MovedInSchema(Schema):
    name = fields.String(required=True)
    tickets = fields.Integer(required=True)


class MovesSchema(Schema):
    """How many running clocks move, of how many tickets, where, and a page of them."""

    count = fields.Integer(required=True)
    tickets = fields.Integer(required=True)
    ways = fields.Nested(WaysSchema, required=True)
    communities = fields.List(fields.Nested(MovedInSchema), required=True)
    next_offset = fields.Integer(required=True, allow_none=True)
    items = fields.List(fields.Nested(MovedClockSchema), required=True)


class RetimingSchema(Schema):
    """The work of moving running clocks: `done` of `total` tickets have been looked at; `total` is
    null until they have been counted, `moved` until all is done. `why` says why it failed."""

    id = fields.UUID(required=True)
    state = fields.String(required=True, validate=validate.OneOf([one.value for one in JobState]))
    done = fields.Integer(required=True)
    total = fields.Integer(required=True, allow_none=True)
    moved = fields.Integer(required=True, allow_none=True)
    why = fields.String(required=True, allow_none=True)


class AppliedSchema(Schema):
    """It is kept; the clocks follow, where any can move."""

    retiming = fields.Nested(RetimingSchema, required=True, allow_none=True)


class ContractTimesSchema(Schema):
    code = fields.String(required=True)
    name = fields.String(required=True)
    version = fields.Integer(required=True)
    since = fields.AwareDateTime(required=True)
    by_name = fields.String(required=True)
    times = fields.Nested(TimesSchema, required=True)


class ContractHistorySchema(Schema):
    version = fields.Integer(required=True)
    since = fields.AwareDateTime(required=True)
    by_name = fields.String(required=True)
    times = fields.Nested(TimesSchema, required=True)


class ContractHistoriesSchema(Schema):
    items = fields.List(fields.Nested(ContractHistorySchema), required=True)


class CompanySchema(Schema):
    id = fields.UUID(required=True)
    name = fields.String(required=True)
    items = fields.List(fields.Nested(ContractTimesSchema), required=True)


class ContractsSchema(Schema):
    items = fields.List(fields.Nested(CompanySchema), required=True)


class MarkedDaySchema(Schema):
    date = fields.Date(required=True)
    kind = fields.String(required=True, validate=validate.OneOf([kind.value for kind in DayKind]))
    name = fields.String(required=True)


class CalendarYearSchema(Schema):
    year = fields.Integer(required=True)
    certain = fields.Boolean(required=True)
    may_import = fields.Boolean(required=True)
    imported_at = fields.AwareDateTime(required=True, allow_none=True)
    days = fields.List(fields.Nested(MarkedDaySchema), required=True)


class YearLineSchema(Schema):
    number = fields.Integer(required=True)
    said = fields.String(required=True)
    date = fields.Date(required=True, allow_none=True)
    kind = fields.String(required=True, allow_none=True)
    name = fields.String(required=True)
    wrong = fields.String(required=True)
    passed = fields.Boolean(required=True)


class YearPlanSchema(Schema):
    wrong = fields.Integer(required=True)
    lines = fields.List(fields.Nested(YearLineSchema), required=True)
    moves = fields.Nested(MovesSchema, required=True)
