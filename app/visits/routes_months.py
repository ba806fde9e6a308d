"""Plans of a month over HTTP: asked for, looked at, changed by hand, mended, sent out."""

from uuid import UUID

from app.core.http import Area, Call, list_of, page_of
from app.identity.guards import COMMITTEE
from app.visits.models_months import MonthPlan
from app.visits.queries import months as queries
from app.visits.schemas.months import (
    AskMonthSchema,
    EditedSchema,
    MendSchema,
    MonthBoardSchema,
    MonthPlanDetailSchema,
    MonthPlanSchema,
    MonthQuery,
    MoveStopsSchema,
    PlacesQuery,
    PlacesSchema,
    SentMonthSchema,
    TakeOutSchema,
)
from app.visits.service.months import editing, making, mending, sending, showing, words

area = Area("month_plans", url_prefix="/month-plans", title="月计划")


@area.get(
    "",
    guard=COMMITTEE,
    query=MonthQuery,
    answer=list_of(MonthPlanSchema),
    summary="Plans of a month, latest first",
)
def list_month_plans(call: Call) -> object:
    statement = queries.visible_to(call.actor)
    if call.query["community_id"] is not None:
        statement = statement.where(MonthPlan.community_id == call.query["community_id"])
    page = page_of(
        call.session,
        statement,
        order=(MonthPlan.month.desc(), MonthPlan.id.desc()),
        query=call.query,
        present=lambda plan: plan,
    )
    return page | {"items": showing.rows(call.session, page["items"])}


@area.post(
    "",
    guard=COMMITTEE,
    body=AskMonthSchema,
    answer=MonthPlanDetailSchema,
    status=201,
    summary="Have a month planned",
)
def ask_month_plan(call: Call) -> object:
    plan = making.make(call.session, call.actor, **call.body)
    return showing.detail(call.session, plan)


@area.get(
    "/<uuid:plan_id>", guard=COMMITTEE, answer=MonthPlanDetailSchema, summary="One month's plan"
)
def show_month_plan(call: Call, plan_id: UUID) -> object:
    return showing.detail(call.session, queries.get(call.session, call.actor, plan_id))


@area.delete("/<uuid:plan_id>", guard=COMMITTEE, status=204, versioned=True, summary="Drop a draft")
def drop_month_plan(call: Call, plan_id: UUID) -> None:
    making.drop(call.session, call.actor, plan_id, call.version)


@area.post(
    "/<uuid:plan_id>/stop",
    guard=COMMITTEE,
    answer=MonthPlanDetailSchema,
    summary="Stop the planner; what it has found stays",
)
def stop_month_plan(call: Call, plan_id: UUID) -> object:
    return showing.detail(call.session, making.stop(call.session, call.actor, plan_id))


@area.post(
    "/<uuid:plan_id>/go-on",
    guard=COMMITTEE,
    answer=MonthPlanDetailSchema,
    versioned=True,
    summary="Plan the grids that the planner was stopped before",
)
def go_on_month_plan(call: Call, plan_id: UUID) -> object:
    plan = making.go_on(call.session, call.actor, plan_id, call.version)
    return showing.detail(call.session, plan)


@area.post(
    "/<uuid:plan_id>/mend",
    guard=COMMITTEE,
    body=MendSchema,
    answer=MonthPlanDetailSchema,
    versioned=True,
    summary="Find out how the plan would be mended now",
)
def mend_month_plan(call: Call, plan_id: UUID) -> object:
    plan = mending.mend(call.session, call.actor, plan_id, call.version, call.body["away"])
    return showing.detail(call.session, plan)


@area.post(
    "/<uuid:plan_id>/publish",
    guard=COMMITTEE,
    answer=SentMonthSchema,
    versioned=True,
    summary="Ask everybody who is to go, and ask anew where something changed",
)
def publish_month_plan(call: Call, plan_id: UUID) -> object:
    plan, sent = sending.publish(call.session, call.actor, plan_id, call.version)
    return {
        "plan": showing.detail(call.session, plan),
        "asked": sum(len(dates) for dates in sent.asked.values()),
        "people": len(sent.asked),
        "withdrawn": sum(sent.withdrawn.values()),
        "held_back": sent.held_back,
    }


@area.get(
    "/grids/<uuid:part_id>",
    guard=COMMITTEE,
    answer=MonthBoardSchema,
    summary="The board of one grid",
)
def show_month_board(call: Call, part_id: UUID) -> object:
    return showing.board(call.session, *queries.part(call.session, call.actor, part_id))


@area.get(
    "/grids/<uuid:part_id>/places",
    guard=COMMITTEE,
    query=PlacesQuery,
    answer=PlacesSchema,
    summary="Where a stop could be put, and what stands against it",
)
def list_places_for_stop(call: Call, part_id: UUID) -> object:
    parts = queries.part(call.session, call.actor, part_id)
    return showing.places(call.session, *parts, call.query["stop_id"])


@area.post(
    "/grids/<uuid:part_id>/enough",
    guard=COMMITTEE,
    answer=MonthPlanDetailSchema,
    summary="This grid's plan will do: the planner looks for no better one",
)
def settle_month_grid(call: Call, part_id: UUID) -> object:
    plan, _ = making.enough(call.session, call.actor, part_id)
    return showing.detail(call.session, plan)


@area.post(
    "/grids/<uuid:part_id>/move",
    guard=COMMITTEE,
    body=MoveStopsSchema,
    answer=EditedSchema,
    versioned=True,
    summary="Put stops somewhere else",
)
def move_month_stops(call: Call, part_id: UUID) -> object:
    wanted = editing.Wanted(
        stop_ids=call.body["stop_ids"],
        day=call.body["date"],
        person_id=call.body["person_id"],
        window=call.body["window"],
    )
    return _edited(call, editing.move(call.session, call.actor, part_id, call.version, wanted))


@area.post(
    "/grids/<uuid:part_id>/take-out",
    guard=COMMITTEE,
    body=TakeOutSchema,
    answer=EditedSchema,
    versioned=True,
    summary="Take stops out of the plan",
)
def take_out_month_stops(call: Call, part_id: UUID) -> object:
    stops = call.body["stop_ids"]
    return _edited(call, editing.take_out(call.session, call.actor, part_id, call.version, stops))


@area.post(
    "/grids/<uuid:part_id>/undo",
    guard=COMMITTEE,
    answer=EditedSchema,
    versioned=True,
    summary="Take back the latest change",
)
def undo_month_edit(call: Call, part_id: UUID) -> object:
    return _edited(call, editing.undo(call.session, call.actor, part_id, call.version))


@area.post(
    "/grids/<uuid:part_id>/redo",
    guard=COMMITTEE,
    answer=EditedSchema,
    versioned=True,
    summary="Make the change again that was taken back",
)
def redo_month_edit(call: Call, part_id: UUID) -> object:
    return _edited(call, editing.redo(call.session, call.actor, part_id, call.version))


@area.post(
    "/grids/<uuid:part_id>/difference",
    guard=COMMITTEE,
    answer=EditedSchema,
    versioned=True,
    summary="Apply what mending would change",
)
def apply_month_difference(call: Call, part_id: UUID) -> object:
    return _edited(call, mending.apply(call.session, call.actor, part_id, call.version))


@area.delete(
    "/grids/<uuid:part_id>/difference",
    guard=COMMITTEE,
    status=204,
    versioned=True,
    summary="Leave the plan as it is",
)
def leave_month_difference(call: Call, part_id: UUID) -> None:
    mending.leave(call.session, call.actor, part_id, call.version)


def _edited(call: Call, edited: editing.Edited) -> object:
    texts = [words.sentence(call.session, found) for _, found in edited.found]
    return {"version": edited.part.version, "texts": list(dict.fromkeys(texts))}
