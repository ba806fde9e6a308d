"""Routes of the plans of estates: a picture, and where the buildings stand on it."""

from typing import Any
from uuid import UUID

from app.core.guards import SIGNED_IN
from app.core.http import Area, Call, PageQuery, list_of, page_of
from app.identity.actor import Actor
from app.identity.guards import COMMITTEE
from app.places import queries_plans, service_plans
from app.places.models import Place
from app.places.schemas_plans import EstateLineSchema, PlanSchema, SavePlanSchema

area = Area("plans", url_prefix="/places/estates", title="小区平面图")


@area.get(
    "",
    guard=SIGNED_IN,
    query=PageQuery,
    answer=list_of(EstateLineSchema),
    summary="The estates that I work for",
)
def list_estates(call: Call) -> object:
    return page_of(
        call.session,
        queries_plans.estates(call.actor),
        order=(Place.sort, Place.id),
        query=call.query,
        present=lambda estate: {"id": estate.id, "name": estate.name},
    )


@area.get(
    "/<uuid:estate_id>/plan",
    guard=SIGNED_IN,
    answer=PlanSchema,
    summary="The plan of an estate with its buildings",
)
def get_plan(call: Call, estate_id: UUID) -> object:
    return _shown(call, queries_plans.estate(call.session, call.actor, estate_id))


@area.put(
    "/<uuid:estate_id>/plan",
    guard=COMMITTEE,
    body=SavePlanSchema,
    answer=PlanSchema,
    versioned=True,
    summary="Lay down the picture and where the buildings stand",
)
def put_plan(call: Call, estate_id: UUID) -> object:
    service_plans.save_plan(call.session, call.actor, estate_id, call.version, call.body)
    return _shown(call, queries_plans.estate(call.session, call.actor, estate_id))


def _shown(call: Call, estate: Place) -> dict[str, Any]:
    plan = queries_plans.plan(call.session, estate.id)
    spots = {spot["building_id"]: spot for spot in plan.spots} if plan else {}
    size = queries_plans.picture(call.session, plan.picture) if plan else None
    return {
        "estate_id": estate.id,
        "name": estate.name,
        "picture": plan.picture if plan else None,
        "width": size.width if size else None,
        "height": size.height if size else None,
        "buildings": [
            _building(one, spots.get(str(one.id)))
            for one in queries_plans.buildings(call.session, estate.id)
        ],
        "may_change": _may_change(call.actor, estate),
        "version": plan.version if plan else 0,
    }


def _building(building: queries_plans.Building, spot: Any) -> dict[str, Any]:
    return {
        "id": building.id,
        "name": building.name,
        "x": spot["x"] if spot else None,
        "y": spot["y"] if spot else None,
    }


def _may_change(actor: Actor, estate: Place) -> bool:
    return estate.community_id in actor.committee_communities
