"""Shapes of identity's requests and answers."""

from marshmallow import Schema, fields, validate

from app.core.http import PageQuery
from app.core.schemas import NamedSchema
from app.identity.rules import Home, OrganisationKind, Party, PlaceKind, Role

NAME = validate.Length(1, 40, error="请填 1 到 40 个字。")
ORGANISATION_NAME = validate.Length(1, 60, error="请填 1 到 60 个字。")


class SignInSchema(Schema):
    phone = fields.String(required=True, validate=validate.Length(max=20))
    password = fields.String(required=True, validate=validate.Length(max=200))
    device_name = fields.String(load_default="这台设备", validate=validate.Length(max=60))


class OpenInvitationSchema(Schema):
    password = fields.String(required=True, validate=validate.Length(max=200))
    device_name = fields.String(load_default="这台设备", validate=validate.Length(max=60))


class MeSchema(Schema):
    elder_mode = fields.Boolean(required=True)


class PasswordSchema(Schema):
    old_password = fields.String(required=True)
    new_password = fields.String(required=True, validate=validate.Length(max=200))


class PlaceBriefSchema(NamedSchema):
    kind = fields.Enum(PlaceKind, by_value=True, required=True)


class OrganisationSchema(NamedSchema):
    kind = fields.Enum(OrganisationKind, by_value=True, required=True)
    party = fields.Enum(Party, by_value=True, required=True, allow_none=True)
    place = fields.Nested(PlaceBriefSchema, required=True)


class PostOrganisationSchema(NamedSchema):
    kind = fields.Enum(OrganisationKind, by_value=True, required=True)
    party = fields.Enum(Party, by_value=True, required=True, allow_none=True)


class PostSchema(Schema):
    id = fields.UUID(required=True)
    organisation = fields.Nested(PostOrganisationSchema, required=True)
    role = fields.Enum(Role, by_value=True, required=True)
    place = fields.Nested(PlaceBriefSchema, required=True)


class SessionPersonSchema(NamedSchema):
    phone_masked = fields.String(required=True)
    elder_mode = fields.Boolean(required=True)


class SessionSchema(Schema):
    person = fields.Nested(SessionPersonSchema, required=True)
    posts = fields.List(fields.Nested(PostSchema), required=True)
    home = fields.Enum(Home, by_value=True, required=True)
    csrf_token = fields.String(required=True)
    device_id = fields.UUID(required=True)
    office = fields.Boolean(required=True)
    idle_minutes = fields.Integer(required=True)


class DeviceSchema(NamedSchema):
    created_at = fields.AwareDateTime(required=True)
    last_seen_at = fields.AwareDateTime(required=True)
    current = fields.Boolean(required=True)


class DevicesSchema(Schema):
    items = fields.List(fields.Nested(DeviceSchema), required=True)


class PeopleQuery(PageQuery):
    q = fields.String(load_default="", validate=validate.Length(max=40))
    organisation_id = fields.UUID(load_default=None)
    kind = fields.Enum(OrganisationKind, by_value=True, load_default=None)


class PersonPostSchema(Schema):
    id = fields.UUID(required=True)
    organisation_id = fields.UUID(required=True)
    organisation_name = fields.String(required=True)
    kind = fields.Enum(OrganisationKind, by_value=True, required=True)
    role = fields.Enum(Role, by_value=True, required=True)


class PersonSchema(NamedSchema):
    phone_masked = fields.String(required=True)
    posts = fields.List(fields.Nested(PersonPostSchema), required=True)


class OrganisationsQuery(PageQuery):
    kind = fields.Enum(OrganisationKind, by_value=True, load_default=None)


class NewOrganisationSchema(Schema):
    kind = fields.Enum(OrganisationKind, by_value=True, required=True)
    name = fields.String(required=True, validate=ORGANISATION_NAME)
    place_id = fields.UUID(required=True)


class NewPostSchema(Schema):
    organisation_id = fields.UUID(required=True)
    role = fields.Enum(Role, by_value=True, required=True)
    place_id = fields.UUID(required=True)


class NewInvitationSchema(NewPostSchema):
    name = fields.String(required=True, validate=NAME)
    phone = fields.String(required=True, validate=validate.Length(max=20))


class InvitationMadeSchema(Schema):
    id = fields.UUID(required=True)
    url = fields.String(required=True)
    qr_svg = fields.String(required=True)
    expires_at = fields.AwareDateTime(required=True)


class InvitationSchema(NamedSchema):
    phone_masked = fields.String(required=True)
    organisation_name = fields.String(required=True)
    role = fields.Enum(Role, by_value=True, required=True)
    expires_at = fields.AwareDateTime(required=True)
    state = fields.String(required=True)


class OpenedInvitationSchema(Schema):
    name = fields.String(required=True)
    phone_masked = fields.String(required=True)
    organisation_name = fields.String(required=True)
    role = fields.Enum(Role, by_value=True, required=True)
    has_account = fields.Boolean(required=True)


class NewMembershipSchema(NewPostSchema):
    person_id = fields.UUID(required=True)
    until = fields.Date(load_default=None, allow_none=True)


class MembershipSchema(Schema):
    id = fields.UUID(required=True)
    person_id = fields.UUID(required=True)
    organisation_id = fields.UUID(required=True)
    role = fields.Enum(Role, by_value=True, required=True)
