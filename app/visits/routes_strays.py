"""Strays over HTTP: a refused record is handed to the leader, who enters it or drops it."""

from uuid import UUID

from app.core.http import Area, Call, list_of, page_of
from app.identity.guards import SIGNED_IN
from app.visits.models import VisitStray
from app.visits.queries import strays as queries
from app.visits.schemas.strays import HandedInSchema, HandInSchema, StrayQuery, StraySchema
from app.visits.schemas.visits import CallOffSchema
from app.visits.service import strays
from app.visits.service.reports import report_of

area = Area("visit_strays", url_prefix="/visits/strays", title="走访补记")


@area.post(
    "",
    guard=SIGNED_IN,
    body=HandInSchema,
    answer=HandedInSchema,
    status=201,
    summary="Hand a refused record to the leader",
)
def hand_in_stray(call: Call) -> object:
    said = call.body["said"]
    refused = strays.Refused(
        visit_id=call.body["visit_id"],
        household_id=call.body["household_id"],
        code=call.body["code"],
        purpose=said["purpose"],
        report=report_of(said),
    )
    stray = strays.hand_in(call.session, call.actor, refused)
    return {"id": stray.id}


@area.get(
    "",
    guard=SIGNED_IN,
    query=StrayQuery,
    answer=list_of(StraySchema),
    summary="Records handed in that I settle, or with `mine` those that I sent, the latest first",
)
def list_strays(call: Call) -> object:
    page = page_of(
        call.session,
        queries.listed(call.actor, call.query),
        order=(VisitStray.received_at.desc(), VisitStray.id.desc()),
        query=call.query,
        present=lambda stray: stray,
    )
    return page | {"items": queries.rows(call.session, call.actor, page["items"])}


@area.post(
    "/<uuid:stray_id>/enter",
    guard=SIGNED_IN,
    answer=StraySchema,
    summary="Make it a record of its sender",
)
def enter_stray(call: Call, stray_id: UUID) -> object:
    stray = strays.enter(call.session, call.actor, stray_id)
    return queries.rows(call.session, call.actor, [stray])[0]


@area.post(
    "/<uuid:stray_id>/drop",
    guard=SIGNED_IN,
    body=CallOffSchema,
    answer=StraySchema,
    summary="Let it be no record, and say why",
)
def drop_stray(call: Call, stray_id: UUID) -> object:
    stray = strays.drop(call.session, call.actor, stray_id, call.body["reason"])
    return queries.rows(call.session, call.actor, [stray])[0]
