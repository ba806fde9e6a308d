"""The shapes of certificates on the wire, in and out."""

from marshmallow import Schema, fields, validate

from app.hours.rules import Kind
from app.hours.schemas import REASON, word


class IssueSchema(Schema):
    person_id = fields.UUID(required=True)
    first = fields.Date(required=True)
    last = fields.Date(required=True)


class RevokeSchema(Schema):
    reason = fields.String(required=True, validate=REASON)


class CheckSchema(Schema):
    """What stands on the paper."""

    number = fields.String(
        required=True, validate=validate.Length(1, 32, error="请填证明上的编号。")
    )
    code = fields.String(
        required=True, validate=validate.Length(1, 16, error="请填证明上的查验码。")
    )


class CertifiedSchema(Schema):
    kind = word(Kind, required=True)
    name = fields.String(required=True)
    times = fields.Integer(required=True)
    hours = fields.String(required=True)


class CertificateFiguresSchema(Schema):
    """What the paper says."""

    number = fields.String(required=True)
    name = fields.String(required=True)
    community = fields.String(required=True)
    issuer = fields.String(required=True)
    handler = fields.String(required=True)
    issued_on = fields.Date(required=True)
    first = fields.Date(required=True)
    last = fields.Date(required=True)
    hours = fields.String(required=True)
    content = fields.List(fields.Nested(CertifiedSchema), required=True)


class CertificateSchema(CertificateFiguresSchema):
    id = fields.UUID(required=True)
    code = fields.String(required=True)
    revoked = fields.Boolean(required=True)
    revoke_reason = fields.String(required=True, allow_none=True)
    version = fields.Integer(required=True)


class CheckedSchema(Schema):
    """Whether it holds, and if so what stands on it: to be held against the paper."""

    valid = fields.Boolean(required=True)
    certificate = fields.Nested(CertificateFiguresSchema, required=True, allow_none=True)
