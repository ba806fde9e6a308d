"""The routes of hand-overs: upload, columns, rows, take over, and the files that go back."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import quote
from uuid import UUID

from flask import Response

from app.core import clock, tables, uploads
from app.core.errors import NotFound
from app.core.http import Area, Call, PageQuery, list_of, page_of
from app.identity.guards import COMMITTEE
from app.places.queries import place_texts
from app.sheets import book, schemas_imports
from app.sheets.models import TicketImport, TicketImportRow
from app.sheets.queries import imports
from app.sheets.rules import handback
from app.sheets.rules.fields import FIELDS
from app.sheets.rules.incoming import RowState
from app.sheets.service import importing, taking
from app.tickets import catalogue

MOST_ROWS = 1000
CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Rows = Iterable[Sequence[book.Value]]

area = Area("ticket_imports", url_prefix="/tickets/imports", title="工单导入")


def _read_upload(_body: dict[str, Any]) -> tuple[str, tables.Table]:
    filename, content = uploads.spreadsheet()
    return filename, tables.read(content, most_rows=MOST_ROWS)


@area.get(
    "",
    guard=COMMITTEE,
    query=PageQuery,
    answer=list_of(schemas_imports.HandOverSchema),
    summary="What other systems have handed over, newest first",
)
def list_hand_overs(call: Call) -> object:
    found = page_of(
        call.session,
        imports.imports(call.actor),
        order=(TicketImport.created_at.desc(), TicketImport.id.desc()),
        query=call.query,
        present=lambda kept: kept,
    )
    return found | {"items": _present(call, *found["items"])}


@area.post(
    "",
    guard=COMMITTEE,
    body=schemas_imports.HandOverFormSchema,
    form=True,
    largest_body=tables.MOST_BYTES + 64 * 1024,
    prepare=_read_upload,
    answer=schemas_imports.HandOverSchema,
    status=201,
    summary="Read a spreadsheet of tickets; nothing comes in yet",
)
def post_hand_over(call: Call) -> object:
    said = call.body
    return _present(
        call,
        importing.read(
            call.session, call.actor, said["community_id"], said["source"], call.prepared
        ),
    )[0]


@area.get(
    "/sources",
    guard=COMMITTEE,
    answer=schemas_imports.TicketSourcesSchema,
    summary="The systems that have handed tickets over",
)
def list_ticket_sources(call: Call) -> object:
    found = imports.sources(call.session, call.actor)
    return {
        "items": [
            {"id": one.id, "name": one.name, "community_id": one.community_id} for one in found
        ]
    }


@area.get(
    "/sources/<uuid:source_id>/endings.<kind>",
    guard=COMMITTEE,
    query=schemas_imports.EndingsQuery,
    packed=False,
    summary="How what a system handed over ended, as a file",
)
def get_endings(call: Call, source_id: UUID, kind: str) -> Response:
    source = imports.source(call.session, call.actor, source_id)
    since, until = call.query.get("since"), call.query.get("until")
    found = imports.endings(
        call.session,
        source.id,
        _morning(since) if since else None,
        _morning(until + timedelta(days=1)) if until else None,
    )
    lines = handback.ending_lines(found)
    return _file(kind, f"{source.name}-回单", handback.ENDING_HEAD, lines)


@area.get(
    "/<uuid:import_id>",
    guard=COMMITTEE,
    answer=schemas_imports.HandOverSchema,
    summary="One hand-over",
)
def get_hand_over(call: Call, import_id: UUID) -> object:
    return _present(call, imports.one(call.session, call.actor, import_id))[0]


@area.delete("/<uuid:import_id>", guard=COMMITTEE, status=204, summary="Throw a hand-over away")
def drop_hand_over(call: Call, import_id: UUID) -> None:
    importing.drop(call.session, call.actor, import_id)


@area.put(
    "/<uuid:import_id>/mapping",
    guard=COMMITTEE,
    body=schemas_imports.MappingSchema,
    answer=schemas_imports.HandOverSchema,
    summary="Say under which column each field stands",
)
def point_columns(call: Call, import_id: UUID) -> object:
    return _present(call, importing.point(call.session, call.actor, import_id, call.body))[0]


@area.get(
    "/<uuid:import_id>/rows",
    guard=COMMITTEE,
    query=schemas_imports.HandOverRowsQuery,
    answer=list_of(schemas_imports.HandOverRowSchema),
    summary="What each row would become, or became",
)
def list_hand_over_rows(call: Call, import_id: UUID) -> object:
    kept = imports.one(call.session, call.actor, import_id)
    state = call.query.get("state")
    found = page_of(
        call.session,
        imports.rows(kept.id, RowState(state) if state else None),
        order=(TicketImportRow.row,),
        query=call.query,
        present=lambda row: row,
    )
    return found | {"items": _present_rows(call, kept, found["items"])}


@area.patch(
    "/<uuid:import_id>/rows/<int:number>",
    guard=COMMITTEE,
    body=schemas_imports.MendRowSchema,
    answer=schemas_imports.HandOverRowSchema,
    summary="Give a row a place or a category",
)
def mend_row(call: Call, import_id: UUID, number: int) -> object:
    row = importing.mend(call.session, call.actor, import_id, number, call.body)
    kept = imports.one(call.session, call.actor, import_id)
    return _present_rows(call, kept, [row])[0]


@area.post(
    "/<uuid:import_id>/take",
    guard=COMMITTEE,
    body=schemas_imports.ChosenRowsSchema,
    answer=schemas_imports.HandOverSchema,
    summary="Make tickets of the chosen rows",
)
def take_rows(call: Call, import_id: UUID) -> object:
    chosen = frozenset(call.body["rows"])
    return _present(call, taking.take(call.session, call.actor, import_id, chosen))[0]


@area.get(
    "/<uuid:import_id>/result.<kind>",
    guard=COMMITTEE,
    packed=False,
    summary="The return code of each row, as a file",
)
def get_result(call: Call, import_id: UUID, kind: str) -> Response:
    kept = imports.one(call.session, call.actor, import_id)
    rows = call.session.scalars(imports.rows(kept.id).order_by(TicketImportRow.row)).all()
    name = f"{kept.filename.rpartition('.')[0]}-接收结果"
    return _file(kind, name, handback.RESULT_HEAD, handback.result_lines(rows))


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(), clock.LOCAL)


def _file(kind: str, name: str, head: Sequence[str], rows: Rows) -> Response:
    write: dict[str, Callable[[], tuple[bytes, str]]] = {
        "xlsx": lambda: (book.as_xlsx("结果", head, rows), XLSX),
        "csv": lambda: (book.as_csv(head, rows), CSV),
    }
    if kind not in write:
        raise NotFound
    content, mime = write[kind]()
    response = Response(content, content_type=mime)
    named = f"attachment; filename*=UTF-8''{quote(f'{name}.{kind}')}"
    response.headers["Content-Disposition"] = named
    return response


def _present(call: Call, *found: TicketImport) -> list[dict[str, Any]]:
    counts = imports.counts(call.session, [kept.id for kept in found])
    names = imports.source_names(call.session, {kept.source_id for kept in found})
    return [
        {
            "id": kept.id,
            "community_id": kept.community_id,
            "source": {"id": kept.source_id, "name": names[kept.source_id]},
            "filename": kept.filename,
            "state": kept.state,
            "headings": kept.headings,
            "columns": [
                {
                    "key": key,
                    "name": known.name,
                    "required": known.required,
                    "column": kept.mapping.get(key),
                }
                for key, known in FIELDS.items()
            ],
            "counts": {state.value: counts[kept.id][state.value] for state in RowState},
            "created_at": kept.created_at,
        }
        for kept in found
    ]


def _present_rows(
    call: Call, kept: TicketImport, rows: Sequence[TicketImportRow]
) -> list[dict[str, Any]]:
    places = place_texts(call.session, importing.places_of(rows))
    held = catalogue.of(kept.community_id)
    return [
        importing.texts_of(row)
        | {
            "row": row.row,
            "state": row.state,
            "number": row.number,
            "category": row.category,
            "category_name": held.name(row.category) if row.category else None,
            "place_id": row.place_id,
            "place_text": places.get(row.place_id) if row.place_id else None,
            "ours": row.ours,
            "errors": row.errors,
            "doubts": row.doubts,
        }
        for row in rows
    ]
