"""What residents say and hear, on the wire."""

from typing import Any

from marshmallow import Schema, fields, validate

from app.core.media import HASH
from app.residents.rules import MOST_PHOTOS, WishKind
from app.residents.rules.plain import VERBS
from app.tickets.rules import Satisfied, Solved
from app.tickets.schemas import CategorySchema

LINK_OF_A_PHONE = r"^[A-Za-z0-9_-]{43}$"  # 256 bits that the phone made


def _text(most: int, *, least: int = 0, **options: Any) -> fields.String:
    error = f"要写 {least} 到 {most} 个字。" if least else f"最多 {most} 个字。"
    return fields.String(validate=validate.Length(least, most, error=error), **options)


def _one_of(values: Any, **options: Any) -> fields.String:
    listed = [str(value.value) for value in values]
    return fields.String(validate=validate.OneOf(listed, error="请从列表里选。"), **options)


def _photos() -> fields.List[Any]:
    one = fields.String(validate=validate.Regexp(f"^{HASH.pattern}$", error="照片编号不对。"))
    return fields.List(
        one, validate=validate.Length(max=MOST_PHOTOS, error=f"最多 {MOST_PHOTOS} 张照片。")
    )


class ContactSchema(Schema):
    """What somebody may leave of themselves, or not."""

    name = _text(20)
    phone = _text(30)
    consent = fields.Boolean()


class DoorReportSchema(ContactSchema):
    category = _text(40, least=1, required=True)
    text = _text(500, least=1, required=True)
    place_id = fields.UUID(required=True)
    public_area = fields.Boolean(required=True)
    spot = _text(40)
    media = _photos()
    secret = fields.String(
        required=True,
        validate=validate.Regexp(LINK_OF_A_PHONE, error="链接没有生成好，请刷新再交。"),
    )


class DoorReportedSchema(Schema):
    """The number. The link is the phone's own; it is in no answer."""

    number = fields.String(required=True)
    joined = fields.Boolean(required=True)


class DoorWishSchema(ContactSchema):
    kind = _one_of(WishKind, required=True)
    door = _text(16, least=1, required=True)
    said = _text(200)


class DoorWishedSchema(Schema):
    """The same for every door."""

    taken = fields.Boolean(required=True)


class PublicPhoneSchema(Schema):
    name = fields.String(required=True)
    number = fields.String(required=True)


class CarerSchema(Schema):
    name = fields.String(required=True)
    team = fields.String(required=True)
    duty = fields.String(required=True)


class NearPlaceSchema(Schema):
    id = fields.UUID(required=True)
    name = fields.String(required=True)
    kind = fields.String(required=True)


class DoorPageSchema(Schema):
    """All that the page of a door needs, in one answer."""

    place = fields.String(required=True)
    community = fields.String(required=True)
    places = fields.List(fields.Nested(NearPlaceSchema), required=True)
    categories = fields.List(fields.Nested(CategorySchema), required=True)
    phones = fields.List(fields.Nested(PublicPhoneSchema), required=True)
    carers = fields.List(fields.Nested(CarerSchema), required=True)
    companies = fields.List(fields.String(), required=True)
    form = fields.String(required=True)


class DoorPhotoSchema(Schema):
    hash = fields.String(required=True)


class ToldSchema(Schema):
    at = fields.DateTime(required=True)
    words = fields.String(required=True)
    text = fields.String(required=True)
    own = fields.Boolean(required=True)


class FollowPhotoSchema(Schema):
    hash = fields.String(required=True)
    phase_name = fields.String(required=True)


class FollowSchema(Schema):
    """One matter as its reporter sees it, or (`reporter` false) who reported the same."""

    number = fields.String(required=True)
    reporter = fields.Boolean(required=True)
    place = fields.String(required=True)
    category_name = fields.String(required=True)
    emergency = fields.Boolean(required=True)
    text = fields.String(required=True)
    state = fields.String(required=True)
    state_name = fields.String(required=True)
    shape = fields.String(required=True)
    next = fields.String(required=True)
    over = fields.Boolean(required=True)
    due_at = fields.DateTime(allow_none=True, required=True)
    lead = fields.String(allow_none=True, required=True)
    same_as = fields.String(allow_none=True, required=True)
    public_area = fields.Boolean(required=True)
    verbs = fields.List(fields.String(), required=True)
    may_add = fields.Boolean(required=True)
    solved = fields.String(allow_none=True, required=True)
    satisfied = fields.String(allow_none=True, required=True)
    photos = fields.List(fields.Nested(FollowPhotoSchema), required=True)
    timeline = fields.List(fields.Nested(ToldSchema), required=True)
    phones = fields.List(fields.Nested(PublicPhoneSchema), required=True)
    phone_masked = fields.String(allow_none=True, required=True)
    version = fields.Integer(required=True)


class FollowMoveSchema(Schema):
    verb = _one_of(VERBS, required=True)
    solved = _one_of(Solved)
    satisfied = _one_of([one for one in Satisfied if one is not Satisfied.UNRATED])
    reason = _text(200)


class FollowNoteSchema(Schema):
    text = _text(500, least=1, required=True)
    media = _photos()
