"""Emergency calls over HTTP: going out, being answered, the board, the end."""

from urllib.parse import quote
from uuid import UUID

from flask import Response

from app.calls import present, schemas, sheet
from app.calls.models import Summons
from app.calls.queries import reach, visible
from app.calls.rules.states import is_night
from app.calls.service import answering, ending, opening
from app.calls.service.opening import Wanted
from app.core import clock
from app.core.http import Area, Call, list_of, page_of
from app.identity.guards import OFFICE, SIGNED_IN
from app.visits.service import aside

area = Area("summons", url_prefix="/summons", title="紧急召集")

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _detail(call: Call, found: Summons) -> object:
    return present.detail(call.session, call.actor, found)


@area.get(
    "",
    guard=SIGNED_IN,
    query=schemas.CallsQuery,
    answer=list_of(schemas.SummonsSchema),
    summary="The calls that I may open, the latest first",
)
def list_calls(call: Call) -> object:
    found = visible.visible_to(call.actor)
    if call.query["state"]:
        found = found.where(Summons.state == call.query["state"])
    order = (Summons.opened_at.desc(), Summons.id.desc())
    page = page_of(call.session, found, order=order, query=call.query, present=lambda one: one)
    return page | {"items": present.lines(call.session, page["items"])}


@area.get(
    "/reach",
    guard=OFFICE,
    query=schemas.CallTargetSchema,
    answer=schemas.CallReachSchema,
    summary="Whom a call would reach, and which visits would wait",
)
def show_reach(call: Call) -> object:
    said = call.query
    target = reach.target(call.session, call.actor, said["place_id"], said["team_id"])
    found = reach.of(call.session, target)
    waiting = aside.waiting(call.session, reach.put_off(target), clock.today(), said["until"])
    return {
        "people": len(found.people),
        "members": len(found.members - found.duty.keys()),
        "duty": len(found.duty),
        "visits": len(waiting),
        "night": is_night(clock.local_now().time()),
    }


@area.post(
    "",
    guard=OFFICE,
    body=schemas.NewSummonsSchema,
    answer=schemas.CallDetailSchema,
    status=201,
    summary="Call everybody concerned",
)
def open_call(call: Call) -> object:
    return _detail(call, opening.open_call(call.session, call.actor, Wanted(**call.body)))


@area.get("/<uuid:call_id>", guard=SIGNED_IN, answer=schemas.CallDetailSchema, summary="One call")
def show_call(call: Call, call_id: UUID) -> object:
    return _detail(call, visible.get(call.session, call.actor, call_id))


@area.put(
    "/<uuid:call_id>/answer",
    guard=SIGNED_IN,
    body=schemas.CallAnswerSchema,
    answer=schemas.CallDetailSchema,
    summary="Say whether I come",
)
def answer_call(call: Call, call_id: UUID) -> object:
    return _detail(call, answering.answer(call.session, call.actor, call_id, call.body["answer"]))


@area.get(
    "/<uuid:call_id>/board",
    guard=SIGNED_IN,
    answer=schemas.CallBoardSchema,
    summary="Who comes, and how the buildings stand, as far as I may see it",
)
def show_board(call: Call, call_id: UUID) -> object:
    return present.board(call.session, call.actor, _with_board(call, call_id))


@area.post(
    "/<uuid:call_id>/close",
    guard=OFFICE,
    body=schemas.CloseCallSchema,
    answer=schemas.CallDetailSchema,
    versioned=True,
    summary="Close a call and sum it up",
)
def close_call(call: Call, call_id: UUID) -> object:
    words = call.body["words"]
    return _detail(call, ending.close(call.session, call.actor, call_id, call.version, words))


@area.post(
    "/<uuid:call_id>/call-off",
    guard=OFFICE,
    body=schemas.CallOffCallSchema,
    answer=schemas.CallDetailSchema,
    versioned=True,
    summary="Take a call back within its first day",
)
def call_off(call: Call, call_id: UUID) -> object:
    reason = call.body["reason"]
    return _detail(call, ending.call_off(call.session, call.actor, call_id, call.version, reason))


@area.get(
    "/<uuid:call_id>/sheet.xlsx",
    guard=OFFICE,
    packed=False,
    summary="The summary of a call as a spreadsheet",
)
def get_sheet(call: Call, call_id: UUID) -> Response:
    found = _with_board(call, call_id)
    response = Response(sheet.as_file(call.session, call.actor, found), content_type=XLSX)
    name = quote(sheet.name_of(call.session, found))
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return response


def _with_board(call: Call, call_id: UUID) -> Summons:
    found = visible.get(call.session, call.actor, call_id)
    present.has_board(call.session, call.actor, found)
    return found
