"""Round sheets on paper over HTTP: made, printed, found by their code, entered."""

from uuid import UUID

from flask import current_app

from app.core.http import Area, Call, list_of, page_of
from app.core.qr import picture_of
from app.identity.guards import SIGNED_IN
from app.visits.models_paper import PaperSheet
from app.visits.queries import paper as queries
from app.visits.rules.paper import code_in
from app.visits.schemas.paper import (
    EnterPaperSchema,
    MakePaperSchema,
    PaperChoicesSchema,
    PaperCodeQuery,
    PaperDaysQuery,
    PaperDetailSchema,
    PaperMadeSchema,
    PaperQuery,
    PaperSheetSchema,
    PrintedPapersSchema,
    PrintPaperSchema,
)
from app.visits.service import paper
from app.visits.service.reports import report_of

area = Area("paper", url_prefix="/paper-sheets", title="纸质走访单")


@area.get(
    "",
    guard=SIGNED_IN,
    query=PaperQuery,
    answer=list_of(PaperSheetSchema),
    summary="Sheets that I may enter, the latest first",
)
def list_sheets(call: Call) -> object:
    page = page_of(
        call.session,
        queries.sheets(call.actor),
        order=(PaperSheet.id.desc(),),
        query=call.query,
        present=lambda sheet: sheet,
    )
    return page | {"items": queries.shown(call.session, page["items"])}


@area.get(
    "/choices",
    guard=SIGNED_IN,
    query=PaperDaysQuery,
    answer=PaperChoicesSchema,
    summary="Whose visits of these days I may print",
)
def list_choices(call: Call) -> object:
    return queries.choices(call.session, call.actor, call.query["first"], call.query["last"])


@area.get(
    "/find",
    guard=SIGNED_IN,
    query=PaperCodeQuery,
    answer=PaperDetailSchema,
    summary="The sheet whose code was typed or scanned",
)
def find_sheet(call: Call) -> object:
    found = queries.with_code(call.session, call.actor, code_in(call.query["code"]))
    return queries.details(call.session, [found])[0]


@area.post(
    "",
    guard=SIGNED_IN,
    body=MakePaperSchema,
    answer=PaperMadeSchema,
    status=201,
    summary="Make sheets of the open visits of some days",
)
def make_sheets(call: Call) -> object:
    made = paper.make(call.session, call.actor, call.body["kind"], call.body)
    return {"items": queries.shown(call.session, made)}


@area.post(
    "/print",
    guard=SIGNED_IN,
    body=PrintPaperSchema,
    answer=PrintedPapersSchema,
    summary="Sheets as they go on paper; that they were printed is logged",
)
def print_sheets(call: Call) -> object:
    root = str(current_app.config["PUBLIC_URL"]).rstrip("/")
    items = queries.details(call.session, paper.printed(call.session, call.actor, call.body["ids"]))
    for sheet in items:
        link = f"{root}/app/paper/{sheet['code']}"
        sheet["picture"] = picture_of(link)
        for door in sheet["doors"]:
            door["picture"] = picture_of(f"{link}?row={door['number']}")
    return {"items": items}


@area.get(
    "/<uuid:sheet_id>", guard=SIGNED_IN, answer=PaperDetailSchema, summary="One sheet to be entered"
)
def show_sheet(call: Call, sheet_id: UUID) -> object:
    found = queries.sheet(call.session, call.actor, sheet_id)
    return queries.details(call.session, [found])[0]


@area.post(
    "/<uuid:sheet_id>/entries",
    guard=SIGNED_IN,
    body=EnterPaperSchema,
    answer=PaperDetailSchema,
    versioned=True,
    summary="Enter rows of a sheet, each a record of who made the visit",
)
def enter_sheet(call: Call, sheet_id: UUID) -> object:
    entries = [(one["number"], report_of(one)) for one in call.body["entries"]]
    entered = paper.enter(call.session, call.actor, sheet_id, call.version, entries)
    return queries.details(call.session, [entered])[0]
