"""The shapes of rules and duty lists on the wire."""

from marshmallow import Schema, fields, validate

from app.core.schemas import HoursSchema, NamedSchema, WhySchema
from app.identity.rules import Party
from app.tickets.rules import TicketStatus

MOST_SHIFTS, MOST_EXCEPTIONS, MOST_PEOPLE, MOST_HELPERS = 40, 100, 8, 8
MOST_AT_ONCE = 200
VERSION = validate.Range(0, 100_000, error="版本号不对，请刷新后再提交。")


class SaveRuleSchema(Schema):
    """`about` is a category or a group of them."""

    place_id = fields.UUID(required=True)
    about = fields.String(required=True, validate=validate.Length(1, 40, error="请选一类事。"))
    lead_org_id = fields.UUID(required=True)
    co_org_ids = fields.List(
        fields.UUID(),
        load_default=list,
        validate=validate.Length(max=MOST_HELPERS, error="协办最多 8 家。"),
    )
    decides = fields.Boolean(load_default=False)


class RulePreviewSchema(SaveRuleSchema):
    """The same, to see first which open tickets it would have touched."""

    rule_id = fields.UUID(load_default=None, allow_none=True)


class RuleSchema(Schema):
    id = fields.UUID(required=True)
    place_id = fields.UUID(required=True)
    place_text = fields.String(required=True)
    about = fields.String(required=True)
    about_name = fields.String(required=True)
    lead = fields.Nested(NamedSchema, required=True)
    co = fields.List(fields.Nested(NamedSchema), required=True)
    decides = fields.Boolean(required=True)
    changed_at = fields.AwareDateTime(required=True)
    changed_by_name = fields.String(required=True)
    version = fields.Integer(required=True)


class RulesSchema(Schema):
    items = fields.List(fields.Nested(RuleSchema), required=True)


class TouchedSchema(Schema):
    ticket_id = fields.UUID(required=True)
    number = fields.String(required=True)
    title = fields.String(required=True)
    place_text = fields.String(required=True)
    status = fields.String(
        required=True, validate=validate.OneOf([state.value for state in TicketStatus])
    )
    status_name = fields.String(required=True)
    lead_name = fields.String(required=True, allow_none=True)
    same = fields.Boolean(required=True)


class TouchesSchema(Schema):
    """`count` open tickets are of the rule's kind: `waiting` has no lead yet, `same` has the one it
    names, `other` another. `items` are the latest of them."""

    count = fields.Integer(required=True)
    waiting = fields.Integer(required=True)
    same = fields.Integer(required=True)
    other = fields.Integer(required=True)
    items = fields.List(fields.Nested(TouchedSchema), required=True)


class PlaceQuery(Schema):
    place_id = fields.UUID(required=True)


class LeadChoiceSchema(NamedSchema):
    party = fields.String(required=True, validate=validate.OneOf([party.value for party in Party]))
    has_list = fields.Boolean(required=True)


class LeadChoicesSchema(Schema):
    items = fields.List(fields.Nested(LeadChoiceSchema), required=True)


class ShiftSchema(HoursSchema):
    """Hours of some weekdays, Monday is 0; the first of the people is telephoned first."""

    days = fields.List(
        fields.Integer(validate=validate.Range(0, 6, error="星期几不对。")),
        required=True,
        validate=validate.Length(1, 7, error="请选星期几。"),
    )
    people = fields.List(
        fields.UUID(),
        required=True,
        validate=validate.Length(1, MOST_PEOPLE, error="请选 1 到 8 个人。"),
    )


class ExceptionSchema(HoursSchema):
    """Hours of some dates; with nobody in them nobody is there."""

    first = fields.Date(required=True)
    last = fields.Date(required=True)
    people = fields.List(
        fields.UUID(),
        required=True,
        validate=validate.Length(max=MOST_PEOPLE, error="最多 8 个人。"),
    )


class SaveDutySchema(Schema):
    week = fields.List(
        fields.Nested(ShiftSchema),
        required=True,
        validate=validate.Length(max=MOST_SHIFTS, error="班次最多 40 个。"),
    )
    instead = fields.List(
        fields.Nested(ExceptionSchema),
        required=True,
        validate=validate.Length(max=MOST_EXCEPTIONS, error="临时调整最多 100 条。"),
    )
    always = fields.Boolean(required=True)
    hotline = fields.String(
        load_default="",
        validate=validate.Regexp(r"^[0-9+\- ]{0,20}$", error="值班电话只写数字。"),
    )


class OnDutySchema(NamedSchema):
    phone_masked = fields.String(required=True)


class WatchSchema(Schema):
    start = fields.AwareDateTime(required=True)
    end = fields.AwareDateTime(required=True)
    people = fields.List(fields.Nested(OnDutySchema), required=True)


class HoleSchema(Schema):
    start = fields.AwareDateTime(required=True)
    end = fields.AwareDateTime(required=True)


class DutyNowSchema(Schema):
    """Who is on duty now, and the next. Whom to telephone first is on top."""

    organisation_id = fields.UUID(required=True)
    organisation_name = fields.String(required=True)
    hotline = fields.String(required=True)
    people = fields.List(fields.Nested(OnDutySchema), required=True)
    until = fields.AwareDateTime(required=True, allow_none=True)
    then = fields.Nested(WatchSchema, required=True, allow_none=True)


class DutyLineSchema(DutyNowSchema):
    has_list = fields.Boolean(required=True)
    may_edit = fields.Boolean(required=True)
    hole = fields.Nested(HoleSchema, required=True, allow_none=True)


class DutyLinesSchema(Schema):
    items = fields.List(fields.Nested(DutyLineSchema), required=True)


class DutyListSchema(SaveDutySchema):
    """One list as it is written, with who may stand on it, and where it has holes."""

    organisation_id = fields.UUID(required=True)
    organisation_name = fields.String(required=True)
    staff = fields.List(fields.Nested(NamedSchema), required=True)
    may_edit = fields.Boolean(required=True)
    holes = fields.List(fields.Nested(HoleSchema), required=True)
    version = fields.Integer(required=True)


class MyWatchSchema(Schema):
    organisation_name = fields.String(required=True)
    start = fields.AwareDateTime(required=True)
    end = fields.AwareDateTime(required=True)
    with_names = fields.List(fields.String(), required=True)
    first = fields.Boolean(required=True)


class MyWatchesSchema(Schema):
    items = fields.List(fields.Nested(MyWatchSchema), required=True)


class WhosePhoneSchema(WhySchema):
    person_id = fields.UUID(required=True)


class ColleagueSchema(Schema):
    id = fields.UUID(required=True)
    name = fields.String(required=True)
    on_duty = fields.Boolean(required=True)
    has_it = fields.Boolean(required=True)


class ColleaguesSchema(Schema):
    items = fields.List(fields.Nested(ColleagueSchema), required=True)
