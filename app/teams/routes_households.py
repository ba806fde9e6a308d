"""Routes of households as the people who look after them see them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from app.core.guards import SIGNED_IN
from app.core.http import Area, Call, list_of, page_of
from app.core.schemas import TelephoneSchema, WhySchema
from app.identity.guards import COMMITTEE
from app.identity.queries import people_named
from app.places.models import Household
from app.places.queries import place_names
from app.places.rules import household_text
from app.teams import assigning, queries
from app.teams.schemas import (
    AssignmentSchema,
    AssignmentsSchema,
    ChangedSchema,
    HouseholdRowSchema,
    HouseholdSchema,
    HouseholdsQuery,
)

area = Area("households", url_prefix="/households", title="住户")


@area.get(
    "",
    guard=SIGNED_IN,
    query=HouseholdsQuery,
    answer=list_of(HouseholdRowSchema),
    summary="The households I may see, as one walks past their doors",
)
def list_households(call: Call) -> object:
    page = page_of(
        call.session,
        queries.narrowed(queries.visible_households(call.actor), call.query),
        order=(Household.community_id, Household.walk_order, Household.id),
        query=call.query,
        present=lambda household: household,
    )
    return page | {"items": _rows(call, page["items"])}


@area.get("/<uuid:household_id>", guard=SIGNED_IN, answer=HouseholdSchema, summary="One household")
def get_household(call: Call, household_id: UUID) -> object:
    return _household(call, queries.household(call.session, call.actor, household_id))


@area.put(
    "/<uuid:household_id>/assignment",
    guard=COMMITTEE,
    body=AssignmentSchema,
    answer=HouseholdSchema,
    versioned=True,
    summary="Say who is the main and the backup person of a household",
)
def put_assignment(call: Call, household_id: UUID) -> object:
    persons = (call.body["main_id"], call.body["backup_id"])
    return _household(
        call, assigning.assign(call.session, call.actor, household_id, call.version, persons)
    )


@area.post(
    "/assignments",
    guard=COMMITTEE,
    body=AssignmentsSchema,
    answer=ChangedSchema,
    summary="The same for many households at once",
)
def post_assignments(call: Call) -> object:
    persons = (call.body["main_id"], call.body["backup_id"])
    ids = call.body["household_ids"]
    return {"changed": assigning.assign_many(call.session, call.actor, ids, persons)}


@area.post(
    "/<uuid:household_id>/phone",
    guard=SIGNED_IN,
    body=WhySchema,
    answer=TelephoneSchema,
    summary="Show the telephone number, with a reason that is logged",
)
def show_household_phone(call: Call, household_id: UUID) -> object:
    reason = call.body["reason"]
    return {"phone": assigning.show_phone(call.session, call.actor, household_id, reason)}


def _household(call: Call, household: Household) -> dict[str, Any]:
    return _rows(call, [household])[0] | {
        "contact_phone_masked": household.contact_phone_masked,
        "care_confirmed_on": household.care_confirmed_on,
    }


def _rows(call: Call, households: Sequence[Household]) -> list[dict[str, Any]]:
    places = place_names(call.session, _places_of(households))
    persons = queries.persons_for(call.session, [household.id for household in households])
    ids = {person_id for pair in persons.values() for person_id in pair if person_id}
    names = people_named(call.session, ids)
    return [_row(one, places, persons.get(one.id, (None, None)), names) for one in households]


def _places_of(households: Sequence[Household]) -> list[UUID]:
    return [
        place_id
        for household in households
        for place_id in (household.estate_id, household.building_id, household.unit_id)
    ]


def _row(
    household: Household,
    places: dict[UUID, str],
    persons: queries.Persons,
    names: dict[UUID, str],
) -> dict[str, Any]:
    estate, building, unit = (
        {"id": place_id, "name": places[place_id]}
        for place_id in (household.estate_id, household.building_id, household.unit_id)
    )
    main, backup = ({"id": one, "name": names[one]} if one else None for one in persons)
    return {
        "id": household.id,
        "door": household.door,
        "floor": household.floor,
        "unit": unit,
        "building": building,
        "estate": estate,
        "place_text": household_text(
            str(estate["name"]), str(building["name"]), str(unit["name"]), household.door
        ),
        "contact_name": household.contact_name,
        "care_level": household.care_level,
        "wish": household.wish,
        "main": main,
        "backup": backup,
        "version": household.version,
    }
