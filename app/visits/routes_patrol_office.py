"""The committee's points, printed codes and routes of patrols over HTTP."""

from uuid import UUID

from flask import current_app

from app.core.http import Area, Call, PageQuery, list_of, page_of
from app.core.qr import picture_of
from app.identity.guards import COMMITTEE
from app.visits.marks import mark_of
from app.visits.models_patrols import PatrolPoint, PatrolRoute
from app.visits.queries import patrols as queries
from app.visits.schemas.patrols import (
    EditPatrolPointSchema,
    NewPatrolPointSchema,
    NewPatrolRouteSchema,
    PatrolPointSchema,
    PatrolRouteSchema,
    PatrolSheetSchema,
    PrintedPatrolPointsSchema,
    SavePatrolRouteSchema,
)
from app.visits.service import patrol_routes

area = Area("patrol_office", url_prefix="", title="巡查路线")


@area.get(
    "/patrol-points",
    guard=COMMITTEE,
    query=PageQuery,
    answer=list_of(PatrolPointSchema),
    summary="Points of public area to look at",
)
def list_points(call: Call) -> object:
    page = page_of(
        call.session,
        queries.points_kept(call.actor),
        order=(PatrolPoint.id,),
        query=call.query,
        present=lambda point: point,
    )
    return page | {"items": queries.points_shown(call.session, page["items"])}


@area.post(
    "/patrol-points",
    guard=COMMITTEE,
    body=NewPatrolPointSchema,
    answer=PatrolPointSchema,
    status=201,
    summary="Add a point",
)
def add_point(call: Call) -> object:
    made = patrol_routes.add_point(call.session, call.actor, call.body)
    return queries.points_shown(call.session, [made])[0]


@area.put(
    "/patrol-points/<uuid:point_id>",
    guard=COMMITTEE,
    body=EditPatrolPointSchema,
    answer=PatrolPointSchema,
    versioned=True,
    summary="Name a point anew",
)
def edit_point(call: Call, point_id: UUID) -> object:
    kept = patrol_routes.edit_point(call.session, call.actor, point_id, call.version, call.body)
    return queries.points_shown(call.session, [kept])[0]


@area.post(
    "/patrol-points/<uuid:point_id>/renewals",
    guard=COMMITTEE,
    answer=PatrolPointSchema,
    versioned=True,
    summary="Replace the printed code of a point",
)
def renew_point_code(call: Call, point_id: UUID) -> object:
    kept = patrol_routes.renew_code(call.session, call.actor, point_id, call.version)
    return queries.points_shown(call.session, [kept])[0]


@area.delete(
    "/patrol-points/<uuid:point_id>",
    guard=COMMITTEE,
    status=204,
    versioned=True,
    summary="Look at a point no more",
)
def retire_point(call: Call, point_id: UUID) -> None:
    patrol_routes.retire_point(call.session, call.actor, point_id, call.version)


@area.post(
    "/patrol-points/sheet",
    guard=COMMITTEE,
    body=PatrolSheetSchema,
    answer=PrintedPatrolPointsSchema,
    asks=True,
    summary="Codes of points as pictures, to be printed",
)
def print_points(call: Call) -> object:
    wanted = call.body["ids"]
    statement = queries.points_kept(call.actor).where(PatrolPoint.id.in_(wanted))
    points = sorted(call.session.scalars(statement), key=lambda point: wanted.index(point.id))
    root = str(current_app.config["PUBLIC_URL"]).rstrip("/")
    shown = queries.points_shown(call.session, points)
    for one, point in zip(shown, points, strict=True):
        one["link"] = f"{root}/app/patrols/at/{mark_of(point)}"
        one["picture"] = picture_of(one["link"])
    return {"items": shown}


@area.get(
    "/patrol-routes",
    guard=COMMITTEE,
    query=PageQuery,
    answer=list_of(PatrolRouteSchema),
    summary="Routes of patrols",
)
def list_routes(call: Call) -> object:
    page = page_of(
        call.session,
        queries.routes_kept(call.actor),
        order=(PatrolRoute.id,),
        query=call.query,
        present=lambda route: route,
    )
    return page | {"items": queries.routes_shown(call.session, page["items"])}


@area.post(
    "/patrol-routes",
    guard=COMMITTEE,
    body=NewPatrolRouteSchema,
    answer=PatrolRouteSchema,
    status=201,
    summary="Add a route, and ask for its coming week",
)
def add_route(call: Call) -> object:
    community_id = call.body.pop("community_id")
    made = patrol_routes.add_route(call.session, call.actor, community_id, call.body)
    return queries.routes_shown(call.session, [made])[0]


@area.put(
    "/patrol-routes/<uuid:route_id>",
    guard=COMMITTEE,
    body=SavePatrolRouteSchema,
    answer=PatrolRouteSchema,
    versioned=True,
    summary="Change or end a route, and ask for what is new of its coming week",
)
def edit_route(call: Call, route_id: UUID) -> object:
    kept = patrol_routes.edit_route(call.session, call.actor, route_id, call.version, call.body)
    return queries.routes_shown(call.session, [kept])[0]
