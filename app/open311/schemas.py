"""What other systems may say, as the standard names it, and the shapes of our own key routes.

Whatever the standard or its extensions have beyond this is left unread: see `service/posting.py`.
"""

import re
from typing import Any

from marshmallow import EXCLUDE, Schema, fields, pre_load, validate

from app.core import clock
from app.core.schemas import NamedSchema
from app.open311.rules import services
from app.open311.rules.asking import LONGEST_TEXT

MOST_AT_ONCE = 1000
ATTRIBUTE = re.compile(r"attribute\[(\w+)\](?:\[\])?")


class GeoReportSchema(Schema):
    """Forms of foreign clients: what we do not know is left out, and an empty field is none."""

    class Meta:
        unknown = EXCLUDE

    jurisdiction_id = fields.String(validate=validate.Length(max=64))
    api_key = fields.String(validate=validate.Length(max=200))

    @pre_load
    def drop_empty(self, raw: Any, **_: Any) -> Any:
        """`lat=&long=` says nothing; `attribute[spot]=…` is a field like another."""
        if not isinstance(raw, dict):
            return raw
        named = {_plain(key): value for key, value in raw.items()}
        return {key: value for key, value in named.items() if value != ""}


def _plain(key: Any) -> Any:
    found = ATTRIBUTE.fullmatch(key) if isinstance(key, str) else None
    return f"attribute_{found[1]}" if found else key


class Moment(fields.AwareDateTime):
    """A moment with its zone. A plus sign that nobody escaped arrives as a space."""

    def __init__(self, **options: Any) -> None:
        super().__init__(format="iso", default_timezone=clock.LOCAL, **options)

    def _deserialize(self, value: Any, *rest: Any, **named: Any) -> Any:
        whole = value.replace(" ", "+") if isinstance(value, str) else value
        return super()._deserialize(whole, *rest, **named)


class Words(fields.String):
    """A list with commas in it."""

    def _deserialize(self, value: Any, *rest: Any, **named: Any) -> Any:
        text = super()._deserialize(value, *rest, **named)
        return [word.strip() for word in text.split(",") if word.strip()]


class RequestsQuery(GeoReportSchema):
    service_request_id = Words(validate=validate.Length(max=200))
    service_code = Words()
    status = Words(validate=validate.ContainsOnly(("open", "closed")))
    start_date = Moment()
    end_date = Moment()
    updated_after = Moment()
    updated_before = Moment()
    page = fields.Integer(load_default=1, validate=validate.Range(1, 100_000))
    page_size = fields.Integer(load_default=MOST_AT_ONCE, validate=validate.Range(1, MOST_AT_ONCE))


class ServiceRequestSchema(GeoReportSchema):
    service_code = fields.String(required=True)
    description = fields.String(validate=validate.Length(max=LONGEST_TEXT))
    lat = fields.Float()
    long = fields.Float()
    address_string = fields.String(validate=validate.Length(max=200))
    address_id = fields.UUID()
    media_url = fields.String()
    spot = fields.String(
        data_key=f"attribute_{services.SPOT}",
        validate=validate.Length(max=services.LONGEST_SPOT),
    )
    place = fields.UUID(data_key=f"attribute_{services.PLACE}")


class NewOpen311KeySchema(Schema):
    name = fields.String(required=True, validate=validate.Length(2, 40))
    place_id = fields.UUID(required=True)


class Open311KeySchema(Schema):
    id = fields.UUID(required=True)
    name = fields.String(required=True)
    place = fields.Nested(NamedSchema, required=True)
    created_at = fields.AwareDateTime(required=True)
    last_used_on = fields.Date(required=True, allow_none=True)
    revoked_at = fields.AwareDateTime(required=True, allow_none=True)


class Open311KeyMadeSchema(Open311KeySchema):
    """`key` is shown this once."""

    key = fields.String(required=True)
