"""What the feed answers and what a phone says of itself."""

from marshmallow import Schema, fields, validate

from app.core.http import PageQuery
from app.core.schemas import NamedSchema
from app.sync.rules import MOST_CHANGES

A_DAY = 86_400


class SyncQuery(Schema):
    cursor = fields.String(
        load_default=None,
        validate=validate.Length(max=6000, error="同步的位置太长了，请重新打开。"),
        metadata={"description": "cursor of the answer before"},
    )
    limit = fields.Integer(
        load_default=MOST_CHANGES,
        validate=validate.Range(1, MOST_CHANGES, error=f"每次最多 {MOST_CHANGES} 条。"),
    )


class PointedSchema(Schema):
    kind = fields.String(required=True)
    id = fields.UUID(required=True)


class HeldRowSchema(PointedSchema):
    """`row` is what the list or page of its kind shows; `until` its last day."""

    until = fields.Date(required=True, allow_none=True)
    row = fields.Dict(required=True)


class ScopeSchema(Schema):
    id = fields.Integer(required=True)
    fresh = fields.Boolean(required=True)
    rows = fields.List(fields.Nested(HeldRowSchema), required=True)
    gone = fields.List(fields.Nested(PointedSchema), required=True)


class SyncSchema(Schema):
    generation = fields.UUID(required=True)
    offer_again = fields.Boolean(required=True)
    cursor = fields.String(required=True)
    more = fields.Boolean(required=True)
    server_time = fields.DateTime(required=True)
    lost = fields.List(fields.Integer(), required=True)
    scopes = fields.List(fields.Nested(ScopeSchema), required=True)


COUNT = validate.Range(0, 100_000, error="条数不对。")


class DeviceReportSchema(Schema):
    waiting = fields.Integer(required=True, validate=COUNT)
    refused = fields.Integer(required=True, validate=COUNT)
    oldest_at = fields.AwareDateTime(format="iso", load_default=None, allow_none=True)
    skew_seconds = fields.Integer(
        load_default=0,
        validate=validate.Range(-3650 * A_DAY, 3650 * A_DAY, error="手机的时间差得太多。"),
    )


class SilentQuery(PageQuery):
    """Silent devices, page by page."""


class SilentDeviceSchema(Schema):
    device_id = fields.UUID(required=True)
    device_name = fields.String(required=True)
    person = fields.Nested(NamedSchema, required=True)
    waiting = fields.Integer(required=True)
    refused = fields.Integer(required=True)
    overdue_visits = fields.Integer(required=True)
    last_seen_on = fields.Date(required=True)
    silent_days = fields.Integer(required=True)
    skew_seconds = fields.Integer(required=True)
