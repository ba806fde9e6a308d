"""The shapes of kept filters, and of moves for several tickets at once."""

from typing import Any
from urllib.parse import parse_qsl, urlencode

from marshmallow import Schema, ValidationError, fields, post_load, validate

from app.identity.rules import OrganisationKind, Party
from app.tickets.rules import TicketStatus, Verb
from app.tickets.schemas_lists import TicketFilterSchema

MOST_AT_ONCE = 100
BULK = (Verb.ACCEPT, Verb.DISPATCH)
TOO_MANY = f"一次最多 {MOST_AT_ONCE} 件。"


class FilterAddress(fields.String):
    """A filter as it stands in an address: `q=…&status=…`. Only what a list understands."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        said = super()._deserialize(value, attr, data, **kwargs) or ""
        pairs = [(name, each) for name, each in parse_qsl(said) if each]
        wrong = TicketFilterSchema().validate(dict(pairs))
        if wrong or not pairs or len(said) > 600:
            raise ValidationError("这个筛选现在用不了，请重新选条件。")
        return urlencode(sorted(dict(pairs).items()))


def _name(*, required: bool) -> fields.String:
    return fields.String(
        required=required, validate=validate.Length(1, 20, error="名称要写 1 到 20 个字。")
    )


class NewFilterSchema(Schema):
    """`id`: made on the device, or that of one just taken away."""

    id = fields.UUID()
    name = _name(required=True)
    query = FilterAddress(required=True)
    shared_with = fields.UUID(allow_none=True)

    @post_load
    def rename(self, loaded: dict[str, Any], **_: Any) -> dict[str, Any]:
        """`id` is a builtin's name."""
        return {"filter_id" if name == "id" else name: each for name, each in loaded.items()}


class ChangeFilterSchema(Schema):
    name = _name(required=False)
    query = FilterAddress()
    shared_with = fields.UUID(allow_none=True)


class SavedFilterSchema(Schema):
    id = fields.UUID(required=True)
    name = fields.String(required=True)
    query = fields.String(required=True)
    shared_with = fields.UUID(required=True, allow_none=True)
    mine = fields.Boolean(required=True)
    owner_name = fields.String(required=True, allow_none=True)
    is_default = fields.Boolean(required=True)
    version = fields.Integer(required=True)


class SavedFiltersSchema(Schema):
    items = fields.List(fields.Nested(SavedFilterSchema), required=True)


class FilterOrderSchema(Schema):
    ids = fields.List(fields.UUID(), required=True, validate=validate.Length(max=50))


class DefaultFilterSchema(Schema):
    id = fields.UUID(required=True, allow_none=True)


class ChosenTicketSchema(Schema):
    """A ticket with the version that was seen."""

    id = fields.UUID(required=True)
    version = fields.Integer(required=True)


class BulkMoveSchema(Schema):
    verb = fields.String(required=True, validate=validate.OneOf(list(BULK), error="不能成批办。"))
    lead_org_id = fields.UUID()
    items = fields.List(
        fields.Nested(ChosenTicketSchema),
        required=True,
        validate=validate.Length(1, MOST_AT_ONCE, error=TOO_MANY),
    )


class BulkOutcomeSchema(Schema):
    """`done`, or the code of the refusal and why not in a sentence."""

    id = fields.UUID(required=True)
    done = fields.Boolean(required=True)
    code = fields.String(required=True, allow_none=True)
    why = fields.String(required=True, allow_none=True)
    status = fields.String(
        required=True, allow_none=True, validate=validate.OneOf(list(TicketStatus))
    )
    status_name = fields.String(required=True, allow_none=True)
    version = fields.Integer(required=True, allow_none=True)


class BulkOutcomesSchema(Schema):
    items = fields.List(fields.Nested(BulkOutcomeSchema), required=True)


class ChosenIdsSchema(Schema):
    ids = fields.List(
        fields.UUID(), required=True, validate=validate.Length(1, MOST_AT_ONCE, error=TOO_MANY)
    )


class BulkLeadSchema(Schema):
    """`fits`: at how many of the chosen tickets it works."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    party = fields.String(required=True, validate=validate.OneOf(list(Party)))
    kind = fields.String(required=True, validate=validate.OneOf(list(OrganisationKind)))
    fits = fields.Integer(required=True)


class BulkLeadsSchema(Schema):
    items = fields.List(fields.Nested(BulkLeadSchema), required=True)
