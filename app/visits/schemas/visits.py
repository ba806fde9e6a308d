"""Visits: how they are shown, answered and recorded."""

from marshmallow import Schema, fields, validate

from app.core.http import PageQuery
from app.core.schemas import NamedSchema
from app.places.rules import CareLevel, VisitWish
from app.visits.rules import Band, Method, Need, NextStep, Outcome, Purpose, VisitState
from app.visits.rules.states import Verb
from app.visits.schemas.words import (
    HoursSchema,
    WindowSchema,
    filled,
    short,
    word,
)

ANSWERS = (Verb.ACCEPT.value, Verb.DECLINE.value, Verb.MOVE.value)


class PlainDoorSchema(Schema):
    """Where a household is, and nothing about who lives there."""

    id = fields.UUID(required=True)
    door = fields.String(required=True)
    floor = fields.Integer(required=True, allow_none=True)
    place_text = fields.String(required=True)
    building = fields.Nested(NamedSchema, required=True)
    unit = fields.Nested(NamedSchema, required=True)


class DoorSchema(PlainDoorSchema):
    """The same with whom one asks for, for those who go there."""

    contact_name = fields.String(required=True)
    care_level = word(CareLevel, required=True)
    wish = word(VisitWish, required=True)


class LastSchema(Schema):
    on = fields.Date(required=True)
    outcome = word(Outcome, required=True)


class ToldSchema(Schema):
    """What one visitor said of a visit; the note only for who may read it."""

    by = fields.Nested(NamedSchema, required=True)
    on = fields.Date(required=True)
    method = word(Method, required=True)
    outcome = word(Outcome, required=True)
    needs = fields.List(word(Need), required=True)
    note = fields.String(required=True, allow_none=True)
    received_at = fields.AwareDateTime(required=True)


class AccountSchema(ToldSchema):
    id = fields.UUID(required=True)


class RecordSchema(ToldSchema):
    slot = word(Band, required=True)
    next_step = word(NextStep, required=True, allow_none=True)
    ticket_id = fields.UUID(required=True, allow_none=True)


class VisitSchema(Schema):
    id = fields.UUID(required=True)
    round_id = fields.UUID(required=True, allow_none=True)
    round_title = fields.String(required=True, allow_none=True)
    purpose = word(Purpose, required=True)
    also = fields.List(word(Purpose), required=True)
    household = fields.Nested(DoorSchema, required=True)
    date = fields.Date(required=True)
    window = fields.Nested(HoursSchema, required=True, allow_none=True)
    state = word(VisitState, required=True)
    attempt = fields.Integer(required=True)
    hint = word(NextStep, required=True, allow_none=True)
    person = fields.Nested(NamedSchema, required=True)
    with_ = fields.List(fields.Nested(NamedSchema), required=True, data_key="with")
    last = fields.Nested(LastSchema, required=True, allow_none=True)
    record = fields.Nested(RecordSchema, required=True, allow_none=True)
    accounts = fields.List(
        fields.Nested(AccountSchema),
        required=True,
        metadata={"description": "what other visitors said, beside the record"},
    )
    disputed = fields.Boolean(required=True)
    may_pick = fields.Boolean(required=True)
    leads = fields.Boolean(
        required=True,
        metadata={"description": "the actor may set the record right, as leader or committee"},
    )
    version = fields.Integer(required=True)


class TodaySchema(Schema):
    date = fields.Date(required=True)
    visits = fields.List(fields.Nested(VisitSchema), required=True)
    proposals = fields.Integer(required=True)
    done = fields.Integer(required=True)


class TodayQuery(Schema):
    date = fields.Date(load_default=None)


class VisitQuery(PageQuery):
    state = word(VisitState, load_default=None)
    mine = fields.Boolean(load_default=False)
    round_id = fields.UUID(load_default=None)
    household_id = fields.UUID(load_default=None)


class AnswerSchema(Schema):
    """The volunteer's word. `emergency_reason` is needed for hours in which nobody is rung at."""

    answer = fields.String(
        required=True, validate=validate.OneOf(ANSWERS, error="请选答应、婉拒或改天。")
    )
    date = fields.Date(load_default=None, allow_none=True)
    window = fields.Nested(WindowSchema, load_default=None, allow_none=True)
    reason = short(200, load_default=None, allow_none=True)
    emergency_reason = short(200, load_default=None, allow_none=True)


class EveningSchema(Schema):
    date = fields.Date(required=True)
    window = fields.Nested(HoursSchema, required=True)


class EveningsSchema(Schema):
    items = fields.List(fields.Nested(EveningSchema), required=True)


class AcceptManySchema(Schema):
    ids = fields.List(
        fields.UUID(),
        required=True,
        validate=validate.Length(1, 200, error="一次最多答应 200 次走访。"),
    )


class AcceptedSchema(Schema):
    accepted = fields.Integer(required=True)


class CallOffSchema(Schema):
    reason = filled(200)


class AppointmentSchema(Schema):
    date = fields.Date(required=True)
    window = fields.Nested(WindowSchema, required=True)


class HeardSchema(Schema):
    """What becomes a ticket; where it is, the visit knows."""

    id = fields.UUID()
    category = fields.String(required=True)
    text = filled(500)
    public_area = fields.Boolean(required=True)
    agreed_by = short(100, allow_none=True)
    spot = short(40, allow_none=True)
    media = fields.List(fields.String(), validate=validate.Length(max=9, error="最多 9 张照片。"))


class SaidSchema(Schema):
    """What a visitor says of a visit: date, method and outcome are enough."""

    on = fields.Date(required=True)
    method = word(Method, required=True)
    outcome = word(Outcome, required=True)
    slot = word(Band, load_default=None, allow_none=True)
    needs = fields.List(word(Need), load_default=list, validate=validate.Length(max=len(Need)))
    note = fields.String(load_default=None, allow_none=True)
    note_agreed = fields.Boolean(load_default=False)
    with_ids = fields.List(
        fields.UUID(),
        load_default=None,
        allow_none=True,
        validate=validate.Length(max=4, error="同行最多 4 人。"),
    )
    next_step = word(NextStep, load_default=None, allow_none=True)
    reschedule_to = fields.Nested(AppointmentSchema, load_default=None, allow_none=True)
    device_time = fields.AwareDateTime(format="iso", load_default=None, allow_none=True)


class RecordVisitSchema(SaidSchema):
    """The same, and what was heard. `whole_stair`: one of many in one go, not named by itself."""

    whole_stair = fields.Boolean(load_default=False)
    ticket = fields.Nested(HeardSchema, load_default=None, allow_none=True)


class UnplannedVisitSchema(RecordVisitSchema):
    id = fields.UUID(load_default=None)
    household_id = fields.UUID(required=True)
    purpose = word(Purpose, load_default=Purpose.ROUTINE)


class CorrectionSchema(SaidSchema):
    """The record as it should be. Who has not written it says why."""

    reason = short(200, load_default=None, allow_none=True)


class VoidSchema(Schema):
    reason = short(200, load_default=None, allow_none=True)


class PickSchema(Schema):
    """Which words count from now on; nothing named leaves the record as it is."""

    account_id = fields.UUID(required=True, allow_none=True)


class OpenedTicketSchema(Schema):
    id = fields.UUID(required=True)
    number = fields.String(required=True)


class RecordedSchema(Schema):
    visit = fields.Nested(VisitSchema, required=True)
    ticket = fields.Nested(OpenedTicketSchema, required=True, allow_none=True)
    follow_up = fields.Nested(VisitSchema, required=True, allow_none=True)
