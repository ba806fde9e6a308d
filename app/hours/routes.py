"""Service hours over HTTP: one's own, those to confirm, and the committee's ledger."""

from typing import Any
from uuid import UUID

from flask import Response
from sqlalchemy import Select

from app.core.http import Area, Call, PageQuery, list_of, page_of
from app.hours import ledger, present, schemas
from app.hours.models import ServiceHours
from app.hours.queries import visible
from app.hours.service import settling
from app.hours.service.settling import Entry, Said
from app.identity.guards import COMMITTEE, SIGNED_IN

area = Area("hours", url_prefix="/hours", title="服务时长")

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NEWEST = (ServiceHours.on.desc(), ServiceHours.id.desc())
OLDEST = (ServiceHours.on, ServiceHours.id)


@area.get(
    "",
    guard=SIGNED_IN,
    query=PageQuery,
    answer=list_of(schemas.ServiceHoursSchema),
    summary="My own service hours, the latest first",
)
def list_hours(call: Call) -> object:
    return _page(call, visible.mine(call.actor), NEWEST)


@area.get(
    "/summary",
    guard=SIGNED_IN,
    answer=schemas.HoursSummarySchema,
    summary="My own figures, and how many records wait for my word",
)
def get_hours_summary(call: Call) -> object:
    return present.summary(call.session, call.actor)


@area.get(
    "/to-confirm",
    guard=SIGNED_IN,
    query=PageQuery,
    answer=list_of(schemas.ServiceHoursSchema),
    summary="What waits for my word, the oldest first",
)
def list_hours_to_confirm(call: Call) -> object:
    return _page(call, visible.to_confirm(call.actor), OLDEST)


@area.get(
    "/ledger",
    guard=COMMITTEE,
    query=schemas.LedgerQuery,
    answer=list_of(schemas.ServiceHoursSchema),
    summary="The records of my communities one by one, the latest day first",
)
def list_ledger(call: Call) -> object:
    return _page(call, visible.narrowed(visible.ledger(call.actor), call.query), NEWEST)


@area.post(
    "/ledger/file",
    guard=COMMITTEE,
    body=schemas.LedgerFilter,
    idempotent=False,
    summary="The ledger as a spreadsheet, for the official one; who fetched it is logged",
)
def fetch_ledger(call: Call) -> Response:
    return Response(ledger.fetched(call.session, call.actor, call.body), content_type=XLSX)


@area.get(
    "/<uuid:hours_id>", guard=SIGNED_IN, answer=schemas.ServiceHoursSchema, summary="One record"
)
def get_hours(call: Call, hours_id: UUID) -> object:
    return _one(call, visible.get(call.session, call.actor, hours_id))


@area.post(
    "",
    guard=SIGNED_IN,
    body=schemas.EnterHoursSchema,
    answer=schemas.ServiceHoursSchema,
    status=201,
    summary="Enter what no record tells of",
)
def post_hours(call: Call) -> object:
    return _one(call, settling.enter(call.session, call.actor, Entry(**call.body)))


@area.post(
    "/confirm",
    guard=SIGNED_IN,
    body=schemas.ConfirmAllSchema,
    answer=schemas.ConfirmedSchema,
    summary="Confirm records as they were seen",
)
def confirm_hours(call: Call) -> object:
    seen = [(one["id"], one["version"]) for one in call.body["seen"]]
    confirmed = settling.confirm_all(call.session, call.actor, seen)
    return {"confirmed": confirmed, "left": len(dict(seen)) - confirmed}


@area.post(
    "/<uuid:hours_id>/moves",
    guard=SIGNED_IN,
    body=schemas.MoveHoursSchema,
    answer=schemas.ServiceHoursSchema,
    versioned=True,
    summary="Confirm, send back, correct or void a record, or say of one's own how long it was",
)
def move_hours(call: Call, hours_id: UUID) -> object:
    said = Said(minutes=call.body["minutes"], reason=call.body["reason"])
    verb = call.body["verb"]
    return _one(call, settling.move(call.session, call.actor, hours_id, call.version, verb, said))


def _page(call: Call, statement: Select[ServiceHours], order: Any) -> object:
    page = page_of(call.session, statement, order=order, query=call.query, present=lambda row: row)
    return page | {"items": present.rows(call.session, call.actor, page["items"])}


def _one(call: Call, row: ServiceHours) -> object:
    return present.rows(call.session, call.actor, [row])[0]
