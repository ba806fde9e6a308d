"""The routes of what comes after the work: calls to reporters, and random re-checks."""

from uuid import UUID

from app.core.http import Area, Call, PageQuery, list_of
from app.core.schemas import TelephoneSchema, WhySchema
from app.identity.guards import OFFICE, SIGNED_IN
from app.tickets import present_recheck, schemas_recheck
from app.tickets.queries import rechecks as looking
from app.tickets.rules.rechecks import RecheckResult
from app.tickets.service import callbacks, rechecks
from app.tickets.service.calls import Call as Telephoned
from app.tickets.service.rechecks import Found

area = Area("tickets_after", url_prefix="/tickets", title="回访和抽查")


@area.get(
    "/callbacks",
    guard=SIGNED_IN,
    query=PageQuery,
    answer=list_of(schemas_recheck.CallbackSchema),
    summary="The reporters whom I may call back",
)
def list_callbacks(call: Call) -> object:
    return present_recheck.calls(call.session, call.actor, call.query)


@area.post(
    "/<uuid:ticket_id>/callbacks",
    guard=SIGNED_IN,
    body=schemas_recheck.NewCallSchema,
    answer=schemas_recheck.CallMadeSchema,
    status=201,
    versioned=True,
    summary="Write a call to the reporter down; an answered one closes the ticket",
)
def add_callback(call: Call, ticket_id: UUID) -> object:
    said = Telephoned(**call.body)
    row = callbacks.record(call.session, call.actor, ticket_id, call.version, said)
    return {"reached": row.reached, "at": row.at}


@area.post(
    "/<uuid:ticket_id>/callbacks/phone",
    guard=SIGNED_IN,
    body=WhySchema,
    answer=TelephoneSchema,
    summary="Show the reporter's telephone number, with a reason that is logged",
)
def show_reporter_phone(call: Call, ticket_id: UUID) -> object:
    reason = call.body["reason"]
    return {"phone": callbacks.show_phone(call.session, call.actor, ticket_id, reason)}


@area.get(
    "/rechecks",
    guard=OFFICE,
    query=PageQuery,
    answer=list_of(schemas_recheck.RecheckSchema),
    summary="The closed tickets that I may look at again",
)
def list_rechecks(call: Call) -> object:
    return present_recheck.looks(call.session, call.actor, call.query)


@area.get(
    "/rechecks/<uuid:recheck_id>",
    guard=OFFICE,
    answer=schemas_recheck.RecheckSchema,
    summary="One re-check",
)
def get_recheck(call: Call, recheck_id: UUID) -> object:
    row = looking.get(call.session, call.actor, recheck_id)
    return present_recheck.look(call.session, call.actor, row)


@area.post(
    "/rechecks/<uuid:recheck_id>/result",
    guard=OFFICE,
    body=schemas_recheck.FoundSchema,
    answer=schemas_recheck.RecheckSchema,
    versioned=True,
    summary="Write down what was found",
)
def record_recheck(call: Call, recheck_id: UUID) -> object:
    said = call.body
    found = Found(RecheckResult(said["result"]), said["note"], said["media"])
    row = rechecks.record(call.session, call.actor, recheck_id, call.version, found)
    return present_recheck.look(call.session, call.actor, row)
