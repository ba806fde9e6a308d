"""The routes of categories, contracts and the calendar: everything that changes them can first be
asked what it would move."""

from uuid import UUID

from app.core import jobs
from app.core.http import Area, Call
from app.identity.guards import ADMIN, COMMITTEE, OFFICE
from app.tickets import present_catalogue as present
from app.tickets import schemas_catalogue as schemas
from app.tickets.service import calendar_years, catalogue, recompute

area = Area("catalogue", url_prefix="/tickets", title="事项、时限和工作日历")


@area.get(
    "/catalogue",
    guard=OFFICE,
    answer=schemas.CatalogueSchema,
    summary="Every category of my district with its times",
)
def get_catalogue(call: Call) -> object:
    return present.tree(call.session, call.actor)


@area.get(
    "/catalogue/history",
    guard=OFFICE,
    query=schemas.HistoryQuery,
    answer=schemas.CategoryHistoriesSchema,
    summary="What was changed in a category, newest first",
)
def list_category_history(call: Call) -> object:
    return present.history(call.session, call.actor, call.query["code"])


@area.post(
    "/catalogue/preview",
    guard=ADMIN,
    body=schemas.CategoryPreviewSchema,
    answer=schemas.MovesSchema,
    asks=True,
    summary="Which running clocks a change of a category would move",
)
def preview_category(call: Call) -> object:
    plan = catalogue.plan_category(call.session, call.actor, call.body)
    page = call.body["offset"], call.body["limit"]
    return recompute.preview(call.session, plan.change, *page)


@area.post(
    "/catalogue",
    guard=ADMIN,
    body=schemas.CategoryChangeSchema,
    answer=schemas.AppliedSchema,
    summary="Change a category, or add one",
)
def change_category(call: Call) -> object:
    return present.applied(catalogue.change_category(call.session, call.actor, call.body))


@area.get(
    "/contracts",
    guard=COMMITTEE,
    answer=schemas.ContractsSchema,
    summary="What the contracts of my property companies say",
)
def list_contracts(call: Call) -> object:
    return present.contracts(call.session, call.actor)


@area.post(
    "/contracts/preview",
    guard=COMMITTEE,
    body=schemas.ContractPreviewSchema,
    answer=schemas.MovesSchema,
    asks=True,
    summary="Which running clocks a change of a contract would move",
)
def preview_contract(call: Call) -> object:
    plan = catalogue.plan_contract(call.session, call.actor, call.body)
    page = call.body["offset"], call.body["limit"]
    return recompute.preview(call.session, plan.change, *page)


@area.post(
    "/contracts",
    guard=COMMITTEE,
    body=schemas.ContractChangeSchema,
    answer=schemas.AppliedSchema,
    summary="Enter what a contract says of a category",
)
def change_contract(call: Call) -> object:
    return present.applied(catalogue.change_contract(call.session, call.actor, call.body))


@area.get(
    "/contracts/history",
    guard=COMMITTEE,
    query=schemas.ContractHistoryQuery,
    answer=schemas.ContractHistoriesSchema,
    summary="What a contract has said of a category, newest first",
)
def list_contract_history(call: Call) -> object:
    said = call.query
    return present.contract_history(call.session, call.actor, said["organisation_id"], said["code"])


@area.get(
    "/calendar",
    guard=OFFICE,
    query=schemas.YearQuery,
    answer=schemas.CalendarYearSchema,
    summary="The holidays and makeup days of a year",
)
def get_calendar_year(call: Call) -> object:
    return present.year(call.session, call.actor, call.query["year"])


@area.post(
    "/calendar/preview",
    guard=ADMIN,
    body=schemas.YearPreviewSchema,
    answer=schemas.YearPlanSchema,
    asks=True,
    summary="What a file of a year says, and which running clocks it would move",
)
def preview_calendar_year(call: Call) -> object:
    said = call.body
    planned, moves = calendar_years.preview(
        call.session, said["year"], said["text"], said["offset"], said["limit"]
    )
    return present.year_plan(planned, moves)


@area.post(
    "/calendar",
    guard=ADMIN,
    body=schemas.YearSchema,
    answer=schemas.AppliedSchema,
    summary="Import a year of the calendar",
)
def import_calendar_year(call: Call) -> object:
    said = call.body
    return present.applied(
        calendar_years.import_year(call.session, call.actor, said["year"], said["text"])
    )


@area.get(
    "/retimings/<uuid:job_id>",
    guard=OFFICE,
    answer=schemas.RetimingSchema,
    summary="How far the moving of running clocks is that I have asked for",
)
def get_retiming(call: Call, job_id: UUID) -> object:
    return present.retiming(jobs.get(call.session, call.actor.id, recompute.KIND, job_id))
