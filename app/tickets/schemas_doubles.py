"""The shapes of doubles on the wire: hints while typing, what one follows, what was joined."""

from marshmallow import Schema, fields, validate

from app.core.http import PageQuery, list_of
from app.core.media import HASH
from app.tickets.rules import TicketStatus
from app.tickets.rules.doubles import Standing

MOST_PHOTOS = 9


def _one_of(kind: type[Standing] | type[TicketStatus]) -> fields.String:
    return fields.String(required=True, validate=validate.OneOf(list(kind)))


class AskAlikeSchema(Schema):
    place_id = fields.UUID(required=True)
    text = fields.String(
        required=True, validate=validate.Length(1, 500, error="要写 1 到 500 个字。")
    )
    category = fields.String(
        allow_none=True, validate=validate.Length(1, 40, error="请选一个类别。")
    )


class AlikeSchema(Schema):
    """`number` and `title` only where one may see the ticket itself (`seen`)."""

    id = fields.UUID(required=True)
    seen = fields.Boolean(required=True)
    mine = fields.Boolean(required=True)
    number = fields.String(required=True, allow_none=True)
    title = fields.String(required=True, allow_none=True)
    category = fields.String(required=True)
    category_name = fields.String(required=True)
    place_text = fields.String(required=True)
    reported_on = fields.Date(required=True)
    standing = _one_of(Standing)
    standing_name = fields.String(required=True)
    joinable = fields.Boolean(required=True)


class AlikeListSchema(Schema):
    items = fields.List(fields.Nested(AlikeSchema), required=True)


class AlsoMetSchema(Schema):
    text = fields.String(
        load_default="", validate=validate.Length(max=500, error="最多 500 个字。")
    )
    media = fields.List(
        fields.String(validate=validate.Regexp(f"^{HASH.pattern}$", error="照片编号不对。")),
        load_default=list,
        validate=validate.Length(max=MOST_PHOTOS, error=f"一次最多 {MOST_PHOTOS} 张照片。"),
    )


class FollowedStepSchema(Schema):
    at = fields.AwareDateTime(required=True)
    name = fields.String(required=True)


class FollowedTicketSchema(Schema):
    """A neighbour's report for who met the same: no words, names or number of theirs."""

    id = fields.UUID(required=True)
    category_name = fields.String(required=True)
    place_text = fields.String(required=True)
    status = _one_of(TicketStatus)
    status_name = fields.String(required=True)
    reported_on = fields.Date(required=True)
    moved_at = fields.AwareDateTime(required=True)


class FollowedSchema(FollowedTicketSchema):
    lead_name = fields.String(required=True, allow_none=True)
    following = fields.Boolean(required=True)
    result = fields.String(required=True, allow_none=True)
    own_words = fields.List(fields.String(), required=True)
    steps = fields.List(fields.Nested(FollowedStepSchema), required=True)


FollowedListSchema = list_of(FollowedTicketSchema)


class FollowedQuery(PageQuery):
    """A page of what one follows."""


class CandidatesQuery(Schema):
    number = fields.String(validate=validate.Length(max=16, error="单号没有这么长。"))


class CandidateSchema(Schema):
    """A ticket that may be the same matter, for comparing side by side."""

    id = fields.UUID(required=True)
    number = fields.String(required=True)
    text = fields.String(required=True)
    category_name = fields.String(required=True)
    place_text = fields.String(required=True)
    spot = fields.String(required=True, allow_none=True)
    status = _one_of(TicketStatus)
    status_name = fields.String(required=True)
    reporter_name = fields.String(required=True)
    photos = fields.List(fields.String(), required=True)
    created_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)
    joinable = fields.Boolean(required=True)


class CandidatesSchema(Schema):
    items = fields.List(fields.Nested(CandidateSchema), required=True)


class GoesWithSchema(Schema):
    """With which ticket one goes; `open`: whether one may open it."""

    id = fields.UUID(required=True)
    number = fields.String(required=True)
    status_name = fields.String(required=True)
    open = fields.Boolean(required=True)


class JoinedNoteSchema(Schema):
    at = fields.AwareDateTime(required=True)
    text = fields.String(required=True)


class JoinedTicketSchema(Schema):
    """A ticket that was joined into this one. Who reported it, only the community reads."""

    id = fields.UUID(required=True)
    number = fields.String(required=True)
    text = fields.String(required=True)
    place_text = fields.String(required=True)
    reporter_name = fields.String(required=True, allow_none=True)
    created_at = fields.AwareDateTime(required=True)
    photos = fields.List(fields.String(), required=True)
    notes = fields.List(fields.Nested(JoinedNoteSchema), required=True)


class DoublesSchema(Schema):
    """`others`: how many more met the same."""

    goes_with = fields.Nested(GoesWithSchema, required=True, allow_none=True)
    joined = fields.List(fields.Nested(JoinedTicketSchema), required=True)
    others = fields.Integer(required=True)
