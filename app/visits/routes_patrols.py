"""Patrols over HTTP for those who walk them, and the committee's look at them."""

from uuid import UUID

from app.core.http import Area, Call, list_of, page_of
from app.identity.guards import COMMITTEE, SIGNED_IN
from app.visits.models_patrols import Patrol
from app.visits.queries import findings
from app.visits.queries import patrols as queries
from app.visits.rules.patrols import PatrolAnswer
from app.visits.schemas.patrols import (
    AnswerPatrolSchema,
    FindingsSchema,
    MarkedPatrolPointSchema,
    OfficePatrolSchema,
    PatrolMarkQuery,
    PatrolQuery,
    PatrolSchema,
    ReportFindingSchema,
    WalkedPatrolSchema,
)
from app.visits.schemas.visits import CallOffSchema, OpenedTicketSchema
from app.visits.service import findings as finding
from app.visits.service import patrols

area = Area("patrols", url_prefix="/patrols", title="巡查")


@area.get(
    "",
    guard=SIGNED_IN,
    query=PatrolQuery,
    answer=list_of(PatrolSchema),
    summary="The patrols to which I am asked or that I walked lately",
)
def list_patrols(call: Call) -> object:
    page = page_of(
        call.session,
        queries.mine(call.actor),
        order=(Patrol.on.desc(), Patrol.id.desc()),
        query=call.query,
        present=lambda patrol: patrol,
    )
    return page | {"items": queries.cards(call.session, call.actor, page["items"])}


@area.get(
    "/office",
    guard=COMMITTEE,
    query=PatrolQuery,
    answer=list_of(OfficePatrolSchema),
    summary="The patrols of my communities, with what was found on them",
)
def list_office_patrols(call: Call) -> object:
    page = page_of(
        call.session,
        queries.kept(call.actor),
        order=(Patrol.on.desc(), Patrol.id.desc()),
        query=call.query,
        present=lambda patrol: patrol,
    )
    cards = queries.cards(call.session, call.actor, page["items"])
    found = findings.of_patrols(call.session, call.actor, [one["id"] for one in cards])
    return page | {"items": [one | {"findings": found[one["id"]]} for one in cards]}


@area.get(
    "/at",
    guard=SIGNED_IN,
    query=PatrolMarkQuery,
    answer=MarkedPatrolPointSchema,
    summary="The point whose code was scanned",
)
def show_marked_point(call: Call) -> object:
    return queries.point_marked(call.session, call.actor, call.query["mark"])


@area.get("/<uuid:patrol_id>", guard=SIGNED_IN, answer=PatrolSchema, summary="One patrol")
def show_patrol(call: Call, patrol_id: UUID) -> object:
    found = queries.get(call.session, call.actor, patrol_id)
    return queries.cards(call.session, call.actor, [found])[0]


@area.get(
    "/<uuid:patrol_id>/findings",
    guard=SIGNED_IN,
    answer=FindingsSchema,
    summary="The tickets that were reported on a patrol, as far as I may see them",
)
def list_findings(call: Call, patrol_id: UUID) -> object:
    found = queries.get(call.session, call.actor, patrol_id)
    return {"items": findings.of_patrols(call.session, call.actor, [found.id])[found.id]}


@area.post(
    "/<uuid:patrol_id>/findings",
    guard=SIGNED_IN,
    body=ReportFindingSchema,
    answer=OpenedTicketSchema,
    status=201,
    summary="Report what I saw at a point of a patrol",
)
def report_finding(call: Call, patrol_id: UUID) -> object:
    point_id = call.body.pop("point_id")
    ticket = finding.report(call.session, call.actor, patrol_id, point_id, call.body)
    return {"id": ticket.id, "number": ticket.number}


@area.post(
    "/<uuid:patrol_id>/answer",
    guard=SIGNED_IN,
    body=AnswerPatrolSchema,
    answer=PatrolSchema,
    summary="Accept or decline for myself",
)
def answer_patrol(call: Call, patrol_id: UUID) -> object:
    said = PatrolAnswer(call.body["answer"])
    answered = patrols.answer(call.session, call.actor, patrol_id, said)
    return queries.cards(call.session, call.actor, [answered])[0]


@area.post(
    "/<uuid:patrol_id>/walk",
    guard=SIGNED_IN,
    body=WalkedPatrolSchema,
    answer=PatrolSchema,
    summary="Say that a patrol was walked; what several of us saw is put together",
)
def walk_patrol(call: Call, patrol_id: UUID) -> object:
    walked = patrols.end(call.session, call.actor, patrol_id, patrols.Walk(**call.body))
    return queries.cards(call.session, call.actor, [walked])[0]


@area.post(
    "/<uuid:patrol_id>/cancel",
    guard=COMMITTEE,
    body=CallOffSchema,
    answer=PatrolSchema,
    versioned=True,
    summary="Call one patrol off",
)
def cancel_patrol(call: Call, patrol_id: UUID) -> object:
    reason = call.body["reason"]
    off = patrols.cancel(call.session, call.actor, patrol_id, call.version, reason)
    return queries.cards(call.session, call.actor, [off])[0]
