"""Routes of the tree, grids and single households; imports are in `routes_imports.py`."""

from typing import Any
from uuid import UUID

from app.core.guards import SIGNED_IN
from app.core.http import Area, Call, PageQuery, list_of, page_of
from app.identity.guards import COMMITTEE
from app.identity.rules import PlaceKind
from app.places import queries, service
from app.places.models import Grid, Household, Place
from app.places.schemas import (
    ChangeHouseholdSchema,
    CommunityQuery,
    CommunitySchema,
    GridSchema,
    KeptHouseholdSchema,
    TreeQuery,
    TreeSchema,
)

area = Area("places", url_prefix="/places", title="地点")


@area.get(
    "/communities",
    guard=SIGNED_IN,
    query=PageQuery,
    answer=list_of(CommunitySchema),
    summary="My communities",
)
def list_communities(call: Call) -> object:
    return page_of(
        call.session,
        queries.communities(call.actor),
        order=(Place.sort, Place.id),
        query=call.query,
        present=lambda place: {"id": place.id, "name": place.name, "code": place.code},
    )


@area.get(
    "/tree",
    guard=SIGNED_IN,
    query=TreeQuery,
    answer=TreeSchema,
    summary="Estates, buildings and units of a community",
)
def get_tree(call: Call) -> object:
    community = queries.community(call.session, call.actor, call.query["community_id"])
    counts = queries.household_counts(call.session, community.id)
    return _tree(community, queries.places_below(call.session, community.id), counts)


def _tree(community: Place, below: list[Place], counts: dict[UUID, int]) -> dict[str, Any]:
    nodes = {place.id: _node(place, counts) for place in (community, *below)}
    for place in below:
        if place.parent_id in nodes:
            nodes[place.parent_id]["children"].append(nodes[place.id])
    return nodes[community.id]


def _node(place: Place, counts: dict[UUID, int]) -> dict[str, Any]:
    node: dict[str, Any] = {"id": place.id, "kind": place.kind, "name": place.name}
    if place.kind is PlaceKind.UNIT:
        return node | {"households": counts.get(place.id, 0)}
    if place.kind is PlaceKind.BUILDING:
        node["grid_id"] = place.grid_id
    return node | {"children": []}


@area.get(
    "/grids",
    guard=SIGNED_IN,
    query=CommunityQuery,
    answer=list_of(GridSchema),
    summary="The grids of a community",
)
def list_grids(call: Call) -> object:
    community = queries.community(call.session, call.actor, call.query["community_id"])
    sizes = queries.grid_sizes(call.session, community.id)
    buildings = queries.grid_buildings(call.session, community.id)

    def present(grid: Grid) -> dict[str, Any]:
        return {
            "id": grid.id,
            "name": grid.name,
            "building_ids": buildings.get(grid.id, []),
            "households": sizes.get(grid.id, 0),
        }

    return page_of(
        call.session,
        queries.grids(community.id),
        order=(Grid.sort, Grid.id),
        query=call.query,
        present=present,
    )


@area.get(
    "/households/<uuid:household_id>",
    guard=COMMITTEE,
    answer=KeptHouseholdSchema,
    summary="A household as its committee keeps it",
)
def get_kept_household(call: Call, household_id: UUID) -> object:
    return _kept(queries.kept_household(call.session, call.actor, household_id))


@area.patch(
    "/households/<uuid:household_id>",
    guard=COMMITTEE,
    body=ChangeHouseholdSchema,
    answer=KeptHouseholdSchema,
    versioned=True,
    summary="Change how a household is addressed, called on and reached",
)
def patch_household(call: Call, household_id: UUID) -> object:
    return _kept(
        service.change_household(call.session, call.actor, household_id, call.version, call.body)
    )


def _kept(household: Household) -> dict[str, Any]:
    return {
        "id": household.id,
        "unit_id": household.unit_id,
        "door": household.door,
        "floor": household.floor,
        "contact_name": household.contact_name,
        "contact_phone_masked": household.contact_phone_masked,
        "care_level": household.care_level,
        "care_confirmed_on": household.care_confirmed_on,
        "wish": household.wish,
        "version": household.version,
    }
