"""Routes of the subdistricts and communities of a district, for its administrators."""

from typing import Any
from uuid import UUID

from flask import Response
from sqlalchemy.orm import Session

from app.core import tables, uploads
from app.core.errors import Invalid
from app.core.http import Area, Call, PageQuery, list_of, page_of
from app.identity.guards import ADMIN
from app.identity.rules import PlaceKind
from app.places import divisions
from app.places import queries_divisions as queries
from app.places.models import Place
from app.places.rules_divisions import HEADINGS, Division, Outcome
from app.places.schemas_divisions import (
    AddDivisionSchema,
    DivisionListFormSchema,
    DivisionPlanSchema,
    DivisionSchema,
    NameDivisionSchema,
)

area = Area("divisions", url_prefix="/places/divisions", title="街道和社区")


@area.get(
    "",
    guard=ADMIN,
    query=PageQuery,
    answer=list_of(DivisionSchema),
    summary="My district with its subdistricts and communities",
)
def list_divisions(call: Call) -> object:
    page = page_of(
        call.session,
        queries.divisions(call.actor),
        order=(Place.path,),
        query=call.query,
        present=lambda place: place,
    )
    return {**page, "items": _shown(call.session, page["items"])}


@area.get("/template.csv", guard=ADMIN, summary="The list to fill in")
def get_template(call: Call) -> Response:
    headings = ",".join(HEADINGS) + "\r\n"
    response = Response(headings.encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="honglin-communities.csv"'
    return response


@area.post(
    "",
    guard=ADMIN,
    body=AddDivisionSchema,
    answer=DivisionSchema,
    status=201,
    summary="Add a subdistrict or a community, with its office",
)
def post_division(call: Call) -> object:
    parent = queries.division(call.session, call.actor, call.body["parent_id"])
    name, code = call.body["name"], call.body["code"]
    return _shown(call.session, [divisions.add(call.session, call.actor, parent, name, code)])[0]


@area.patch(
    "/<uuid:place_id>",
    guard=ADMIN,
    body=NameDivisionSchema,
    answer=DivisionSchema,
    summary="Give one another name or code",
)
def patch_division(call: Call, place_id: UUID) -> object:
    place = queries.division(call.session, call.actor, place_id)
    name, code = call.body["name"], call.body["code"]
    return _shown(call.session, [divisions.change(call.session, call.actor, place, name, code)])[0]


def _read_upload(_body: dict[str, Any]) -> divisions.Lines:
    _, content = uploads.spreadsheet()
    return divisions.lines_of(tables.read(content, most_rows=divisions.MOST_ROWS))


@area.post(
    "/list",
    guard=ADMIN,
    body=DivisionListFormSchema,
    form=True,
    largest_body=tables.MOST_BYTES + 64 * 1024,
    prepare=_read_upload,
    answer=DivisionPlanSchema,
    summary="See what a list of communities would add; with the digest of that, add it",
)
def post_list(call: Call) -> object:
    district = queries.division(call.session, call.actor, call.body["district_id"])
    if district.kind is not PlaceKind.DISTRICT:
        raise Invalid(errors={"district_id": ["请选一个区。"]})
    seen = call.body["digest"]
    if seen is None:
        return _list(divisions.plan(call.session, district, call.prepared), written=False)
    planned = divisions.take_over(call.session, call.actor, district, call.prepared, seen)
    return _list(planned, written=True)


def _list(planned: Division, *, written: bool) -> dict[str, Any]:
    return {
        "written": written,
        "digest": divisions.digest(planned),
        "streets_new": len(planned.streets),
        **{outcome.value: len(planned.of(outcome)) for outcome in Outcome},
        "rows": planned.rows,
    }


def _shown(session: Session, places: list[Place]) -> list[dict[str, Any]]:
    ids = [place.id for place in places]
    sizes, offices = queries.sizes(session, ids), queries.offices(session, ids)
    return [
        {
            "id": place.id,
            "kind": place.kind,
            "name": place.name,
            "code": place.code,
            "parent_id": place.parent_id,
            "households": sizes.get(place.id, 0),
            **offices.get(place.id, {"office_id": None, "people": 0}),
        }
        for place in places
    ]
