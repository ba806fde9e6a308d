"""Strays: how a record that was refused is handed to the leader, shown and settled."""

from marshmallow import Schema, fields, validate

from app.core.http import PageQuery
from app.core.schemas import NamedSchema
from app.visits.rules import Method, Need, Outcome, Purpose, StrayState
from app.visits.schemas.visits import PlainDoorSchema, RecordVisitSchema
from app.visits.schemas.words import HoursSchema, word


class RefusedSchema(RecordVisitSchema):
    """A record as it was refused; of a visit that nobody had planned it says the purpose too."""

    purpose = word(Purpose, load_default=None, allow_none=True)


class HandInSchema(Schema):
    """The body that was refused, as it was, with the code of the refusal. The visit or the
    household says where it was."""

    visit_id = fields.UUID(load_default=None, allow_none=True)
    household_id = fields.UUID(load_default=None, allow_none=True)
    code = fields.String(required=True, validate=validate.Length(1, 64))
    said = fields.Nested(RefusedSchema, required=True)


class HandedInSchema(Schema):
    id = fields.UUID(required=True)


class StrayQuery(PageQuery):
    mine = fields.Boolean(load_default=False)
    state = word(StrayState, load_default=None)


class ShownAppointmentSchema(Schema):
    date = fields.Date(required=True)
    window = fields.Nested(HoursSchema, required=True)


class StraySaidSchema(Schema):
    on = fields.Date(required=True)
    method = word(Method, required=True)
    outcome = word(Outcome, required=True)
    needs = fields.List(word(Need), required=True)
    reschedule_to = fields.Nested(ShownAppointmentSchema, required=True, allow_none=True)
    note = fields.String(required=True, allow_none=True)
    ticket_text = fields.String(required=True, allow_none=True)


class StraySchema(Schema):
    id = fields.UUID(required=True)
    person = fields.Nested(NamedSchema, required=True)
    household = fields.Nested(PlainDoorSchema, required=True)
    visit_id = fields.UUID(required=True, allow_none=True)
    purpose = word(Purpose, required=True, allow_none=True)
    code = fields.String(required=True)
    reason = fields.String(required=True)
    said = fields.Nested(StraySaidSchema, required=True)
    received_at = fields.AwareDateTime(required=True)
    state = word(StrayState, required=True)
    settled_by = fields.Nested(NamedSchema, required=True, allow_none=True)
    drop_reason = fields.String(required=True, allow_none=True)
