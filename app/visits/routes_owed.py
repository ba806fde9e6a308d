"""What is owed over HTTP: the month by door and by place, one door, occasions."""

from uuid import UUID

from app.core import clock
from app.core.errors import NotFound
from app.core.http import Area, Call, list_of, page_of, page_through
from app.identity.guards import COMMITTEE, SIGNED_IN
from app.visits.models_owing import Occasion
from app.visits.queries import owed as queries
from app.visits.schemas.owed import (
    AddOccasionSchema,
    AskStopSchema,
    DoorHoursSchema,
    DoorOwedSchema,
    MonthQuery,
    OccasionQuery,
    OccasionSchema,
    OwedPlacesSchema,
    OwedQuery,
    OwedSchema,
    SayOccasionSchema,
)
from app.visits.service import owed, owed_list, owed_shown, owed_soon
from app.visits.service.owed_list import Line, Narrow

area = Area("visits_owed", url_prefix="/visits/owed", title="该上门的")


@area.get(
    "",
    guard=COMMITTEE,
    query=OwedQuery,
    answer=list_of(OwedSchema),
    summary="What is owed to the doors of a community in a month, soonest first",
)
def list_owed(call: Call) -> object:
    asked = call.query
    community_id = _community(call)
    doors = owed_list.doors_in(community_id, asked["grid_id"], asked["building_id"])
    period = owed_list.month_of(asked["month"] or clock.today())
    to = Narrow(**{name: asked[name] for name in ("care_level", "purpose", "show")})
    part = asked["grid_id"] or asked["building_id"]  # so few doors that all are looked at at once
    enough = None if part else asked["limit"] + 1
    shown: list[Line] = []
    for found in owed_soon.growing(call.session, community_id, doors, period, enough):
        shown, cursor = page_through(owed_list.narrowed(found, to), lambda line: line.rank, asked)
        if cursor is not None:
            break
    return {"items": owed_shown.rows(call.session, shown), "next_cursor": cursor}


@area.get(
    "/places",
    guard=COMMITTEE,
    query=MonthQuery,
    answer=OwedPlacesSchema,
    summary="How much is owed in a month, by grid and building",
)
def list_owed_places(call: Call) -> object:
    community_id = _community(call)
    period = owed_list.month_of(call.query["month"] or clock.today())
    doors = owed_list.doors_in(community_id)
    found = owed_soon.everything(call.session, community_id, doors, period)
    return owed_shown.places(call.session, community_id, found, period)


@area.get(
    "/doors/<uuid:household_id>",
    guard=SIGNED_IN,
    answer=DoorOwedSchema,
    summary="When a door was called at last, when it is next, and why",
)
def show_owed_door(call: Call, household_id: UUID) -> object:
    household = queries.door(call.session, call.actor, household_id)
    return owed_shown.door(call.session, household)


@area.put(
    "/doors/<uuid:household_id>/hours",
    guard=SIGNED_IN,
    body=DoorHoursSchema,
    answer=DoorOwedSchema,
    versioned=True,
    summary="Say in which windows the residents like visits",
)
def put_door_hours(call: Call, household_id: UUID) -> object:
    household = owed.set_hours(
        call.session, call.actor, household_id, call.version, call.body["hours"]
    )
    return owed_shown.door(call.session, household)


@area.post(
    "/doors/<uuid:household_id>/stops",
    guard=COMMITTEE,
    body=AskStopSchema,
    answer=DoorOwedSchema,
    status=201,
    summary="A door is owed a stop of its own: residents ask for somebody, or are new",
)
def post_stop(call: Call, household_id: UUID) -> object:
    owed.ask(call.session, call.actor, household_id, call.body["purpose"])
    return owed_shown.door(call.session, queries.door(call.session, call.actor, household_id))


@area.post(
    "/stops/<uuid:stop_id>/withdraw",
    guard=COMMITTEE,
    answer=DoorOwedSchema,
    summary="Such a stop is not owed any more",
)
def withdraw_stop(call: Call, stop_id: UUID) -> object:
    stop = owed.withdraw(call.session, call.actor, stop_id)
    return owed_shown.door(call.session, queries.door(call.session, call.actor, stop.household_id))


@area.get(
    "/occasions",
    guard=COMMITTEE,
    query=OccasionQuery,
    answer=list_of(OccasionSchema),
    summary="The occasions of a committee, those that end last first",
)
def list_occasions(call: Call) -> object:
    statement = queries.occasions_of(call.actor)
    if call.query["community_id"] is not None:
        statement = statement.where(Occasion.community_id == call.query["community_id"])
    return page_of(
        call.session,
        statement,
        order=(Occasion.ends_on.desc(), Occasion.id.desc()),
        query=call.query,
        present=owed_shown.occasion,
    )


@area.post(
    "/occasions",
    guard=COMMITTEE,
    body=AddOccasionSchema,
    answer=OccasionSchema,
    status=201,
    summary="Call at every door of some care levels between two dates",
)
def post_occasion(call: Call) -> object:
    said = dict(call.body)
    community_id = said.pop("community_id")
    made = owed.add(call.session, call.actor, community_id, owed.Wanted(**said))
    return owed_shown.occasion(made)


@area.put(
    "/occasions/<uuid:occasion_id>",
    guard=COMMITTEE,
    body=SayOccasionSchema,
    answer=OccasionSchema,
    versioned=True,
    summary="Change an occasion",
)
def put_occasion(call: Call, occasion_id: UUID) -> object:
    wanted = owed.Wanted(**call.body)
    kept = owed.change(call.session, call.actor, occasion_id, call.version, wanted)
    return owed_shown.occasion(kept)


@area.delete(
    "/occasions/<uuid:occasion_id>",
    guard=COMMITTEE,
    versioned=True,
    status=204,
    summary="Remove an occasion",
)
def delete_occasion(call: Call, occasion_id: UUID) -> object:
    owed.remove(call.session, call.actor, occasion_id, call.version)
    return None


def _community(call: Call) -> UUID:
    community_id: UUID = call.query["community_id"]
    if community_id not in call.actor.committee_communities:
        raise NotFound
    return community_id
