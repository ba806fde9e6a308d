"""Round sheets on paper: how they are asked for, printed and entered."""

from marshmallow import Schema, fields, validate

from app.core.http import PageQuery
from app.core.schemas import HoursSchema, NamedSchema
from app.places.rules import VisitWish
from app.visits.rules import Method, Need, Outcome, VisitState
from app.visits.rules.paper import SheetKind
from app.visits.schemas.visits import RecordVisitSchema
from app.visits.schemas.words import word

MOST_SHEETS = 60
MANY = validate.Length(1, MOST_SHEETS, error=f"一次最多 {MOST_SHEETS} 张。")


class PaperQuery(PageQuery):
    """The list of sheets, the latest first."""


class PaperDaysQuery(Schema):
    first = fields.Date(required=True)
    last = fields.Date(required=True)


class PaperCodeQuery(Schema):
    """What was typed or scanned: eight digits, or the link of a printed code."""

    code = fields.String(required=True, validate=validate.Length(1, 300))


class MakePaperSchema(PaperDaysQuery):
    """`whose` narrows to people or buildings; nobody named means all."""

    kind = word(SheetKind, required=True)
    whose = fields.List(fields.UUID(), load_default=list, validate=validate.Length(max=100))
    round_id = fields.UUID(load_default=None, allow_none=True)


class PrintPaperSchema(Schema):
    ids = fields.List(fields.UUID(), required=True, validate=MANY)


class PaperChoiceSchema(NamedSchema):
    visits = fields.Integer(required=True)


class PaperChoicesSchema(Schema):
    people = fields.List(fields.Nested(PaperChoiceSchema), required=True)
    buildings = fields.List(fields.Nested(PaperChoiceSchema), required=True)


class PaperRecordSchema(Schema):
    by = fields.String(required=True)
    on = fields.Date(required=True)
    method = word(Method, required=True)
    outcome = word(Outcome, required=True)
    needs = fields.List(word(Need), required=True)


class PaperDoorSchema(Schema):
    """One row: a door without a name. `same_day`: tell the community that day if nobody answers."""

    number = fields.Integer(required=True)
    building = fields.String(required=True)
    door = fields.String(required=True)
    floor = fields.Integer(required=True, allow_none=True)
    same_day = fields.Boolean(required=True)
    wish = word(VisitWish, required=True)
    person = fields.Nested(NamedSchema, required=True)
    on = fields.Date(required=True)
    window = fields.Nested(HoursSchema, required=True, allow_none=True)
    accepted = fields.Boolean(required=True)
    state = word(VisitState, required=True)
    record = fields.Nested(PaperRecordSchema, required=True, allow_none=True)


class PaperSheetSchema(Schema):
    id = fields.UUID(required=True)
    code = fields.String(required=True)
    kind = word(SheetKind, required=True)
    title = fields.String(required=True)
    first_on = fields.Date(required=True)
    last_on = fields.Date(required=True)
    rows = fields.Integer(required=True)
    recorded = fields.Integer(required=True)
    version = fields.Integer(required=True)


class PaperDetailSchema(PaperSheetSchema):
    community = fields.String(required=True)
    doors = fields.List(fields.Nested(PaperDoorSchema), required=True)


class PaperMadeSchema(Schema):
    items = fields.List(fields.Nested(PaperSheetSchema), required=True)


class PrintedDoorRowSchema(PaperDoorSchema):
    picture = fields.String(required=True)


class PrintedPaperSchema(PaperDetailSchema):
    """As it goes on paper; pictures are data addresses of codes that hold a link, no door."""

    picture = fields.String(required=True)
    doors = fields.List(fields.Nested(PrintedDoorRowSchema), required=True)


class PrintedPapersSchema(Schema):
    items = fields.List(fields.Nested(PrintedPaperSchema), required=True)


class PaperEntrySchema(RecordVisitSchema):
    """A row as it was ticked: a record of the visit that stands there."""

    number = fields.Integer(required=True)


class EnterPaperSchema(Schema):
    entries = fields.List(
        fields.Nested(PaperEntrySchema), required=True, validate=validate.Length(1, 300)
    )
