"""The shapes of hand-overs on the wire."""

from marshmallow import Schema, fields, validate

from app.core.http import PageQuery
from app.core.schemas import NamedSchema
from app.sheets.rules.incoming import RowState

SOURCE = validate.And(
    validate.Length(2, 20, error="请用 2 到 20 个字写明是哪个系统，比如“12345 热线”。"),
    validate.Regexp(r".*\S.*\S", error="请写明是哪个系统。"),
)


class HandOverFormSchema(Schema):
    """The fields beside the file."""

    community_id = fields.UUID(required=True)
    source = fields.String(required=True, validate=SOURCE)


class FieldSchema(Schema):
    """One field that is read, and under which column it stands."""

    key = fields.String(required=True)
    name = fields.String(required=True)
    required = fields.Boolean(required=True)
    column = fields.Integer(required=True, allow_none=True)


class RowCountsSchema(Schema):
    ready = fields.Integer(required=True)
    refused = fields.Integer(required=True)
    doubled = fields.Integer(required=True)
    accepted = fields.Integer(required=True)
    left = fields.Integer(required=True)


class HandOverSchema(Schema):
    id = fields.UUID(required=True)
    community_id = fields.UUID(required=True)
    source = fields.Nested(NamedSchema, required=True)
    filename = fields.String(required=True)
    state = fields.String(required=True)
    headings = fields.List(fields.String(), required=True)
    columns = fields.List(fields.Nested(FieldSchema), required=True)
    counts = fields.Nested(RowCountsSchema, required=True)
    created_at = fields.AwareDateTime(required=True)


class MappingSchema(Schema):
    """Under which column each field stands; null: nowhere."""

    number = fields.Integer(allow_none=True)
    text = fields.Integer(allow_none=True)
    kind = fields.Integer(allow_none=True)
    address = fields.Integer(allow_none=True)
    called_at = fields.Integer(allow_none=True)
    due_at = fields.Integer(allow_none=True)


class HandOverRowsQuery(PageQuery):
    state = fields.String(
        validate=validate.OneOf([one.value for one in RowState], error="没有这一类。")
    )


class HandOverRowSchema(Schema):
    """`errors` keep a row out, `doubts` are for somebody to look at; both by field. The texts are
    null once the hand-over is settled."""

    row = fields.Integer(required=True)
    state = fields.String(required=True)
    number = fields.String(required=True)
    text = fields.String(required=True, allow_none=True)
    kind = fields.String(required=True, allow_none=True)
    address = fields.String(required=True, allow_none=True)
    called_at = fields.AwareDateTime(required=True, allow_none=True)
    due_at = fields.AwareDateTime(required=True, allow_none=True)
    category = fields.String(required=True, allow_none=True)
    category_name = fields.String(required=True, allow_none=True)
    place_id = fields.UUID(required=True, allow_none=True)
    place_text = fields.String(required=True, allow_none=True)
    ours = fields.String(required=True, allow_none=True)
    errors = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    doubts = fields.Dict(keys=fields.String(), values=fields.String(), required=True)


class MendRowSchema(Schema):
    place_id = fields.UUID()
    category = fields.String(validate=validate.Length(1, 40, error="请选一个类别。"))


class ChosenRowsSchema(Schema):
    rows = fields.List(
        fields.Integer(),
        required=True,
        validate=validate.Length(1, 1000, error="请选要导入的行。"),
    )


class TicketSourceSchema(NamedSchema):
    community_id = fields.UUID(required=True)


class TicketSourcesSchema(Schema):
    items = fields.List(fields.Nested(TicketSourceSchema), required=True)


class EndingsQuery(Schema):
    """The days on which the tickets were taken over."""

    since = fields.Date()
    until = fields.Date()
