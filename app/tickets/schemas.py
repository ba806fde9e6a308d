"""The shapes of tickets on the wire, in and out."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, pre_load, validate

from app.core.media import HASH
from app.identity.rules import OrganisationKind, Party
from app.tickets.rules import (
    ClockKind,
    ClockState,
    Holder,
    PhotoPhase,
    Reviewer,
    Satisfied,
    Solved,
    SuspendReason,
    TicketStatus,
    Verb,
)
from app.tickets.schemas_doubles import DoublesSchema

MOST_PHOTOS = 9


def _text(most: int, *, needed: bool = False) -> fields.String:
    limits = validate.Length(1 if needed else 0, most, error=f"要写 1 到 {most} 个字。")
    return fields.String(required=needed, validate=limits)


def _maybe(most: int) -> fields.String:
    return fields.String(
        allow_none=True, validate=validate.Length(max=most, error=f"最多 {most} 个字。")
    )


def _one_of(kind: Any, **options: Any) -> fields.String:
    values = [member.value for member in kind]
    return fields.String(validate=validate.OneOf(values, error="请从列表里选。"), **options)


def _photos() -> fields.List[Any]:
    one = fields.String(validate=validate.Regexp(f"^{HASH.pattern}$", error="照片编号不对。"))
    return fields.List(
        one, validate=validate.Length(max=MOST_PHOTOS, error=f"一次最多 {MOST_PHOTOS} 张照片。")
    )


class HotlineSchema(Schema):
    name = fields.String(required=True)
    number = fields.String(required=True)


class CategorySchema(Schema):
    code = fields.String(required=True)
    name = fields.String(required=True)
    group = fields.String(required=True)
    group_name = fields.String(required=True)
    lead_party = _one_of(Party, required=True)
    emergency = fields.Boolean(required=True)
    phones = fields.List(fields.Nested(HotlineSchema), required=True)


class CategoriesSchema(Schema):
    items = fields.List(fields.Nested(CategorySchema), required=True)


class QueueSchema(Schema):
    key = fields.String(required=True)
    name = fields.String(required=True)
    count = fields.Integer(required=True, metadata={"description": "at most 999"})


class QueuesSchema(Schema):
    items = fields.List(fields.Nested(QueueSchema), required=True)


class DutySchema(Schema):
    """Who of the leading organisation is on duty for it."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)


class TicketRowSchema(Schema):
    id = fields.UUID(required=True)
    number = fields.String(required=True)
    title = fields.String(required=True)
    category = fields.String(required=True)
    category_name = fields.String(required=True)
    status = _one_of(TicketStatus, required=True)
    status_name = fields.String(required=True)
    emergency = fields.Boolean(required=True)
    overdue = fields.Boolean(required=True)
    nearly_due = fields.Boolean(required=True)
    due_at = fields.AwareDateTime(required=True, allow_none=True)
    supervised = fields.Boolean(required=True)
    returned = fields.Integer(required=True)
    duplicate_of = fields.UUID(required=True, allow_none=True)
    place_text = fields.String(required=True)
    community_id = fields.UUID(required=True)
    building_id = fields.UUID(required=True, allow_none=True)
    lead_party = _one_of(Party, required=True, allow_none=True)
    lead_name = fields.String(required=True, allow_none=True)
    duty = fields.Nested(DutySchema, required=True, allow_none=True)
    reporter_is_me = fields.Boolean(required=True)
    created_at = fields.AwareDateTime(required=True)
    moved_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


class ReporterSchema(Schema):
    """`guest`: they came from a stairwell door, without an account."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    guest = fields.Boolean(required=True)


class TicketPartySchema(Schema):
    id = fields.UUID(required=True)
    name = fields.String(required=True)
    party = _one_of(Party, required=True, allow_none=True)


class HelpingPartySchema(TicketPartySchema):
    done_at = fields.AwareDateTime(required=True, allow_none=True)


class TicketPhotoSchema(Schema):
    hash = fields.String(required=True)
    phase = _one_of(PhotoPhase, required=True)
    by_name = fields.String(required=True, allow_none=True)
    at = fields.AwareDateTime(required=True)


class TicketEntrySchema(Schema):
    id = fields.UUID(required=True)
    at = fields.AwareDateTime(required=True)
    verb = fields.String(required=True)
    verb_name = fields.String(required=True)
    by_name = fields.String(required=True, allow_none=True)
    by_party = _one_of(Party, required=True, allow_none=True)
    said = fields.Dict(required=True, allow_none=True)
    text = fields.String(required=True)


class TicketClockSchema(Schema):
    """One clock with its reasons. `due_at` is null where there is only a word for a time;
    `stopped_until` is set while an approved suspension stands."""

    holder = _one_of(Holder, required=True)
    holder_name = fields.String(required=True)
    kind = _one_of(ClockKind, required=True)
    name = fields.String(required=True)
    state = _one_of(ClockState, required=True)
    started_at = fields.AwareDateTime(required=True)
    due_at = fields.AwareDateTime(required=True, allow_none=True)
    ended_at = fields.AwareDateTime(required=True, allow_none=True)
    stopped_until = fields.AwareDateTime(required=True, allow_none=True)
    why = fields.List(fields.String(), required=True)


class OpenMoveSchema(Schema):
    verb = _one_of(Verb, required=True)
    name = fields.String(required=True)
    needs = fields.List(fields.String(), required=True)
    may = fields.List(fields.String(), required=True)
    danger = fields.Boolean(required=True)


class FoundOnSchema(Schema):
    """At which point of a patrol it was seen; `patrol_id` for whoever may open the patrol."""

    point = fields.String(required=True)
    patrol_id = fields.UUID(required=True, allow_none=True)


class TicketSchema(TicketRowSchema):
    text = fields.String(required=True)
    spot = fields.String(required=True, allow_none=True)
    found_on = fields.Nested(FoundOnSchema, required=True, allow_none=True)
    public_area = fields.Boolean(required=True)
    place_id = fields.UUID(required=True)
    agreed_by = fields.String(required=True, allow_none=True)
    household_id = fields.UUID(required=True, allow_none=True)
    reporter = fields.Nested(ReporterSchema, required=True, allow_none=True)
    lead = fields.Nested(TicketPartySchema, required=True, allow_none=True)
    co = fields.List(fields.Nested(HelpingPartySchema), required=True)
    review_by = _one_of(Reviewer, required=True, allow_none=True)
    reopened = fields.Integer(required=True)
    due_on = fields.Date(required=True, allow_none=True)
    suspended_until = fields.Date(required=True, allow_none=True)
    suspend_reason = _one_of(SuspendReason, required=True, allow_none=True)
    suspension_pending = fields.Boolean(required=True)
    solved = _one_of(Solved, required=True, allow_none=True)
    satisfied = _one_of(Satisfied, required=True, allow_none=True)
    photos = fields.List(fields.Nested(TicketPhotoSchema), required=True)
    clocks = fields.List(fields.Nested(TicketClockSchema), required=True)
    timeline = fields.List(fields.Nested(TicketEntrySchema), required=True)
    moves = fields.List(fields.Nested(OpenMoveSchema), required=True)
    doubles = fields.Nested(DoublesSchema, required=True)


class OpenTicketSchema(Schema):
    id = fields.UUID(metadata={"description": "made on the device"})
    category = fields.String(required=True, validate=validate.Length(1, 40, error="请选一个类别。"))
    text = _text(500, needed=True)
    place_id = fields.UUID(required=True)
    spot = _maybe(40)
    household_id = fields.UUID(allow_none=True)
    public_area = fields.Boolean(required=True)
    agreed_by = _maybe(40)
    media = _photos()


class MoveTicketSchema(Schema):
    """A verb and what is said with it; the table of moves says which fields a verb asks for."""

    verb = _one_of([verb for verb in Verb if verb is not Verb.SUBMIT], required=True)
    category = fields.String(validate=validate.Length(1, 40, error="没有这个类别。"))
    reason = _text(200)
    where_to = _text(100)
    lead_org_id = fields.UUID()
    co_org_ids = fields.List(fields.UUID(), validate=validate.Length(max=8))
    note = _text(200)
    reason_code = _one_of(SuspendReason)
    until = fields.Date()
    what_was_done = _text(200)
    media_before = _photos()
    media_after = _photos()
    nothing_to_see = fields.Boolean()
    solved = _one_of(Solved)
    satisfied = _one_of([said for said in Satisfied if said is not Satisfied.UNRATED])
    call_back_note = _text(200)
    topic = _text(200)
    resolution = _text(500)
    due_on = fields.Date()
    answer = _text(500)
    into_id = fields.UUID()
    person_id = fields.UUID()

    @pre_load
    def trim(self, raw: Any, **_: Any) -> Any:
        """Spaces alone say nothing."""
        if not isinstance(raw, dict):
            raise ValidationError("请刷新后再提交。")
        return {
            key: value.strip() if isinstance(value, str) else value for key, value in raw.items()
        }


class DispatchChoiceSchema(Schema):
    id = fields.UUID(required=True)
    name = fields.String(required=True)
    party = _one_of(Party, required=True)
    kind = _one_of(OrganisationKind, required=True)
    suggested = fields.Boolean(required=True)
    returned = fields.Boolean(required=True)


class AdviceSchema(Schema):
    """What the committee's rule says; the objection is why it cannot be followed this time. A rule
    that decides dispatches as soon as the ticket is accepted."""

    lead_org_id = fields.UUID(required=True)
    co_org_ids = fields.List(fields.UUID(), required=True)
    decides = fields.Boolean(required=True)
    objection = fields.String(required=True)


class DispatchChoicesSchema(Schema):
    advice = fields.Nested(AdviceSchema, required=True, allow_none=True)
    items = fields.List(fields.Nested(DispatchChoiceSchema), required=True)


class AddPhotosSchema(Schema):
    phase = _one_of(PhotoPhase, required=True)
    media = _photos()


class AddNoteSchema(Schema):
    text = _text(500, needed=True)
    media = _photos()


class SuggestCategorySchema(Schema):
    text = _text(500, needed=True)


class SuggestedCategorySchema(Schema):
    category = fields.String(required=True)
    name = fields.String(required=True)
    emergency = fields.Boolean(required=True)
    lead_party = _one_of(Party, required=True)
    why = fields.String(required=True)


class SuggestedCategoriesSchema(Schema):
    items = fields.List(fields.Nested(SuggestedCategorySchema), required=True)
