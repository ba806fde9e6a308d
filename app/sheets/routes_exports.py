"""The routes of exports: ask, look how far it is, cancel, fetch the file."""

from typing import Any
from uuid import UUID

from flask import Response, send_file

from app.core import jobs
from app.core.http import Area, Call, list_of
from app.core.jobs import JobRow
from app.identity.guards import OFFICE
from app.sheets.schemas import ExportSchema
from app.sheets.service import exporting
from app.sheets.service.exporting import EXPORT
from app.tickets.schemas_lists import TicketFilterSchema

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

area = Area("exports", url_prefix="/tickets/exports", title="导出")


@area.post(
    "",
    guard=OFFICE,
    query=TicketFilterSchema,
    answer=ExportSchema,
    status=202,
    summary="Have a list of tickets written into a spreadsheet",
)
def ask_export(call: Call) -> object:
    return _present(exporting.ask(call.session, call.actor, call.query))


@area.get("", guard=OFFICE, answer=list_of(ExportSchema), summary="My exports of today")
def list_exports(call: Call) -> object:
    found = jobs.mine(call.session, call.actor.id, EXPORT)
    return {"items": [_present(row) for row in found], "next_cursor": None}


@area.get("/<uuid:job_id>", guard=OFFICE, answer=ExportSchema, summary="How far an export is")
def get_export(call: Call, job_id: UUID) -> object:
    return _present(jobs.get(call.session, call.actor.id, EXPORT, job_id))


@area.delete("/<uuid:job_id>", guard=OFFICE, status=204, summary="Cancel an export, or remove it")
def drop_export(call: Call, job_id: UUID) -> None:
    jobs.drop(call.session, jobs.get(call.session, call.actor.id, EXPORT, job_id))


@area.get("/<uuid:job_id>/file", guard=OFFICE, packed=False, summary="The file of an export")
def get_export_file(call: Call, job_id: UUID) -> Response:
    row = jobs.get(call.session, call.actor.id, EXPORT, job_id)
    return send_file(
        jobs.file_of(row),
        mimetype=XLSX,
        as_attachment=True,
        download_name=row.result["filename"],
        etag=False,
    )


def _present(row: JobRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "state": row.state,
        "done": row.done,
        "total": row.total,
        "filename": row.result.get("filename"),
        "bytes": row.result.get("bytes"),
        "why": row.why,
        "created_at": row.created_at,
        "expires_at": row.expires_at,
    }
