"""Patrols: how points, routes and walks are said and shown."""

from marshmallow import Schema, fields, validate

from app.core.http import PageQuery
from app.core.schemas import HoursSchema, NamedSchema
from app.tickets.rules import TicketStatus
from app.visits.rules.patrols import MOST_AT_ONCE, PatrolAnswer, PatrolState
from app.visits.schemas.visits import HeardSchema
from app.visits.schemas.words import WindowSchema, filled, short, word

SAID = (PatrolAnswer.ACCEPTED.value, PatrolAnswer.DECLINED.value)
MOST_POINTS = 30
MARKS = validate.Length(1, 200)


class PatrolPointSchema(NamedSchema):
    """`mark` is what its printed code says, without the signature."""

    hint = fields.String(required=True, allow_none=True)
    place = fields.Nested(NamedSchema, required=True)
    mark = fields.String(required=True)
    version = fields.Integer(required=True)


class NewPatrolPointSchema(Schema):
    place_id = fields.UUID(required=True)
    name = filled(40)
    hint = short(100, load_default=None, allow_none=True)


class EditPatrolPointSchema(Schema):
    name = filled(40)
    hint = short(100, load_default=None, allow_none=True)


class PatrolSheetSchema(Schema):
    ids = fields.List(fields.UUID(), required=True, validate=validate.Length(1, 100))


class PrintedPatrolPointSchema(PatrolPointSchema):
    link = fields.String(required=True)
    picture = fields.String(required=True)


class PrintedPatrolPointsSchema(Schema):
    items = fields.List(fields.Nested(PrintedPatrolPointSchema), required=True)


class PatrolMarkQuery(Schema):
    """What a scanned code says after the last slash of its link."""

    mark = fields.String(required=True, validate=MARKS)


class MarkedPatrolPointSchema(PatrolPointSchema):
    """`patrol_id`: the patrol of today that passes this point, if the actor is asked to one."""

    patrol_id = fields.UUID(required=True, allow_none=True)


class PatrolRouteSchema(NamedSchema):
    days = fields.List(fields.Integer(), required=True)
    window = fields.Nested(HoursSchema, required=True)
    people = fields.List(fields.Nested(NamedSchema), required=True)
    at_once = fields.Integer(required=True)
    points = fields.List(fields.Nested(NamedSchema), required=True)
    ended = fields.Boolean(required=True)
    version = fields.Integer(required=True)


class SavePatrolRouteSchema(Schema):
    """Days are 1 for Monday to 7 for Sunday; points in the order in which they are passed."""

    name = filled(40)
    days = fields.List(fields.Integer(), required=True, validate=validate.Length(max=7))
    window = fields.Nested(WindowSchema, required=True)
    people = fields.List(fields.UUID(), required=True, validate=validate.Length(max=40))
    at_once = fields.Integer(
        load_default=2,
        validate=validate.Range(1, MOST_AT_ONCE, error=f"一次请 1 到 {MOST_AT_ONCE} 个人。"),
    )
    points = fields.List(fields.UUID(), required=True, validate=validate.Length(max=MOST_POINTS))
    ended = fields.Boolean(load_default=False)


class NewPatrolRouteSchema(SavePatrolRouteSchema):
    community_id = fields.UUID(required=True)


class PatrolPersonSchema(NamedSchema):
    answer = word(PatrolAnswer, required=True)
    walked = fields.Boolean(required=True)


class PatrolSchema(NamedSchema):
    date = fields.Date(required=True)
    window = fields.Nested(HoursSchema, required=True)
    state = word(PatrolState, required=True)
    people = fields.List(fields.Nested(PatrolPersonSchema), required=True)
    points = fields.List(fields.Nested(PatrolPointSchema), required=True)
    seen = fields.List(fields.UUID(), required=True)
    minutes = fields.Integer(required=True, allow_none=True)
    remark = fields.String(required=True, allow_none=True)
    version = fields.Integer(required=True)


class FindingSchema(Schema):
    """A ticket that was reported on a patrol."""

    id = fields.UUID(required=True)
    number = fields.String(required=True)
    title = fields.String(required=True)
    status = word(TicketStatus, required=True)
    status_name = fields.String(required=True)
    point_id = fields.UUID(required=True)


class FindingsSchema(Schema):
    items = fields.List(fields.Nested(FindingSchema), required=True)


class OfficePatrolSchema(PatrolSchema):
    findings = fields.List(fields.Nested(FindingSchema), required=True)


class ReportFindingSchema(HeardSchema):
    """What was seen at a point becomes a ticket."""

    point_id = fields.UUID(required=True)
    place_id = fields.UUID(required=True)


class PatrolQuery(PageQuery):
    """The latest day first."""


class AnswerPatrolSchema(Schema):
    answer = fields.String(required=True, validate=validate.OneOf(SAID, error="请选答应或婉拒。"))


class WalkedPatrolSchema(Schema):
    """Which points were seen, and about how long it took; nothing says when or where."""

    seen = fields.List(fields.UUID(), required=True, validate=validate.Length(max=MOST_POINTS))
    minutes = fields.Integer(required=True)
    remark = short(200, load_default=None, allow_none=True)
    with_ids = fields.List(fields.UUID(), load_default=list, validate=validate.Length(max=4))
