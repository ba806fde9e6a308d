"""Routes of the spreadsheet import: template, preview, rows, confirm, drop."""

from typing import Any
from uuid import UUID

from flask import Response

from app.core import uploads
from app.core.http import Area, Call, PageQuery, list_of, page_of
from app.identity.guards import ADMIN, COMMITTEE, any_of
from app.places import imports, queries, sheets
from app.places.columns import Line
from app.places.models import HouseholdImport, HouseholdImportRow
from app.places.schemas import ImportFormSchema, ImportRowSchema, ImportRowsQuery, ImportSchema

area = Area("imports", url_prefix="/places/imports", title="住户导入")
KEEPERS = any_of(COMMITTEE, ADMIN)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"


def _download(content: bytes, kind: str, name: str) -> Response:
    response = Response(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _read_upload(_body: dict[str, Any]) -> tuple[str, list[Line]]:
    filename, content = uploads.spreadsheet()
    return filename, sheets.read(content)


@area.get("/template.xlsx", guard=KEEPERS, summary="The spreadsheet to fill in")
def get_template_xlsx(call: Call) -> Response:
    return _download(sheets.template_xlsx(), XLSX, "honglin-households.xlsx")


@area.get("/template.csv", guard=KEEPERS, summary="The same as CSV")
def get_template_csv(call: Call) -> Response:
    return _download(sheets.template_csv(), CSV, "honglin-households.csv")


@area.get(
    "",
    guard=KEEPERS,
    query=PageQuery,
    answer=list_of(ImportSchema),
    summary="Imports of my communities, newest first",
)
def list_imports(call: Call) -> object:
    return page_of(
        call.session,
        queries.imports(call.actor),
        order=(HouseholdImport.created_at.desc(), HouseholdImport.id.desc()),
        query=call.query,
        present=_import,
    )


@area.post(
    "",
    guard=KEEPERS,
    body=ImportFormSchema,
    form=True,
    largest_body=sheets.MOST_BYTES + 64 * 1024,
    prepare=_read_upload,
    answer=ImportSchema,
    status=201,
    summary="Preview a spreadsheet of households; nothing is written yet",
)
def post_import(call: Call) -> object:
    filename, lines = call.prepared
    community_id = call.body["community_id"]
    return _import(imports.preview(call.session, call.actor, community_id, filename, lines))


@area.get("/<uuid:import_id>", guard=KEEPERS, answer=ImportSchema, summary="One import")
def get_import(call: Call, import_id: UUID) -> object:
    return _import(queries.household_import(call.session, call.actor, import_id))


@area.get(
    "/<uuid:import_id>/rows",
    guard=KEEPERS,
    query=ImportRowsQuery,
    answer=list_of(ImportRowSchema),
    summary="What the import says about each row",
)
def list_import_rows(call: Call, import_id: UUID) -> object:
    kept = queries.household_import(call.session, call.actor, import_id)
    return page_of(
        call.session,
        queries.import_rows(kept.id, call.query["action"]),
        order=(HouseholdImportRow.row,),
        query=call.query,
        present=_row,
    )


@area.post(
    "/<uuid:import_id>/confirm",
    guard=KEEPERS,
    answer=ImportSchema,
    summary="Carry the plan out, as a whole",
)
def confirm_import(call: Call, import_id: UUID) -> object:
    return _import(imports.confirm(call.session, call.actor, import_id))


@area.delete("/<uuid:import_id>", guard=KEEPERS, status=204, summary="Throw a preview away")
def drop_import(call: Call, import_id: UUID) -> None:
    imports.drop(call.session, call.actor, import_id)


def _import(kept: HouseholdImport) -> dict[str, Any]:
    return {
        "id": kept.id,
        "community_id": kept.community_id,
        "filename": kept.filename,
        "state": kept.state,
        "counts": kept.counts,
        "estates_new": kept.news["estates"],
        "buildings_new": kept.news["buildings"],
        "grids_new": kept.news["grids"],
        "created_at": kept.created_at,
    }


def _row(row: HouseholdImportRow) -> dict[str, Any]:
    return {
        "row": row.row,
        "action": row.action,
        "door_text": row.door_text,
        "reasons": row.reasons,
        "changes": row.changes,
    }
