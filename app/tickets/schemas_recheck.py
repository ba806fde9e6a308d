"""The shapes of call-backs and re-checks on the wire, in and out."""

from typing import Any

from marshmallow import Schema, fields, validate

from app.core.media import HASH
from app.tickets.rules import Satisfied, Solved
from app.tickets.rules.rechecks import RecheckResult

MOST_PHOTOS = 9


def _one_of(kind: Any, **options: Any) -> fields.String:
    values = [str(getattr(member, "value", member)) for member in kind]
    return fields.String(validate=validate.OneOf(values, error="请从列表里选。"), **options)


def _note() -> fields.String:
    return fields.String(
        load_default="", validate=validate.Length(max=200, error="最多 200 个字。")
    )


class CallTrySchema(Schema):
    at = fields.AwareDateTime(required=True)
    by_name = fields.String(required=True)
    reached = fields.Boolean(required=True)
    note = fields.String(required=True)


class CallbackSchema(Schema):
    """A ticket whose reporter is to be asked. `guest`: they left no account; the committee finds
    their number on the ticket."""

    id = fields.UUID(required=True)
    number = fields.String(required=True)
    title = fields.String(required=True)
    category_name = fields.String(required=True)
    place_text = fields.String(required=True)
    lead_name = fields.String(required=True, allow_none=True)
    what_was_done = fields.String(required=True)
    reporter_name = fields.String(required=True)
    guest = fields.Boolean(required=True)
    since = fields.AwareDateTime(required=True)
    tries = fields.List(fields.Nested(CallTrySchema), required=True)
    version = fields.Integer(required=True)


class NewCallSchema(Schema):
    """One call. Who was reached answers the two questions."""

    reached = fields.Boolean(required=True)
    note = _note()
    solved = _one_of(Solved, load_default=None)
    satisfied = _one_of(
        [said for said in Satisfied if said is not Satisfied.UNRATED], load_default=None
    )


class CallMadeSchema(Schema):
    reached = fields.Boolean(required=True)
    at = fields.AwareDateTime(required=True)


class RecheckSchema(Schema):
    """A closed ticket that was drawn. `may_look`: this person had no hand in it. `may_reopen`: it
    was found untrue, and they may have it done again."""

    id = fields.UUID(required=True)
    ticket_id = fields.UUID(required=True)
    number = fields.String(required=True)
    title = fields.String(required=True)
    category_name = fields.String(required=True)
    place_text = fields.String(required=True)
    public_area = fields.Boolean(required=True)
    lead_name = fields.String(required=True)
    what_was_done = fields.String(required=True)
    month = fields.String(required=True)
    unrated = fields.Boolean(required=True)
    result = _one_of(RecheckResult, required=True, allow_none=True)
    result_name = fields.String(required=True, allow_none=True)
    note = fields.String(required=True)
    done_at = fields.AwareDateTime(required=True, allow_none=True)
    may_look = fields.Boolean(required=True)
    may_reopen = fields.Boolean(required=True)
    version = fields.Integer(required=True)


class FoundSchema(Schema):
    result = _one_of(RecheckResult, required=True)
    note = _note()
    media = fields.List(
        fields.String(validate=validate.Regexp(f"^{HASH.pattern}$", error="照片编号不对。")),
        validate=validate.Length(max=MOST_PHOTOS, error=f"一次最多 {MOST_PHOTOS} 张照片。"),
        load_default=list,
    )
