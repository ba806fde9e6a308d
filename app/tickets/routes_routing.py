"""The routes of who leads and who is on duty: a committee's rules, and duty lists."""

from uuid import UUID

from app.core.http import Area, Call
from app.core.schemas import TelephoneSchema
from app.identity.guards import COMMITTEE, SIGNED_IN
from app.tickets import present_duty
from app.tickets import present_routing as present
from app.tickets import schemas_routing as schemas
from app.tickets.service import duty, routing

area = Area("routing", url_prefix="/tickets", title="派单规则和值班")


@area.get(
    "/routing",
    guard=COMMITTEE,
    answer=schemas.RulesSchema,
    summary="Who leads what in my communities",
)
def list_rules(call: Call) -> object:
    return present.rules(call.session, call.actor)


@area.post(
    "/routing",
    guard=COMMITTEE,
    body=schemas.SaveRuleSchema,
    answer=schemas.RuleSchema,
    status=201,
    summary="Say who leads what at a place",
)
def add_rule(call: Call) -> object:
    return present.rule(call.session, routing.save(call.session, call.actor, call.body))


@area.post(
    "/routing/preview",
    guard=COMMITTEE,
    body=schemas.RulePreviewSchema,
    answer=schemas.TouchesSchema,
    asks=True,
    summary="Which open tickets a rule would have touched",
)
def preview_rule(call: Call) -> object:
    rule_id = call.body.pop("rule_id")
    lead_id, found = routing.would_touch(call.session, call.actor, call.body, rule_id)
    return present.touches(call.session, lead_id, found)


@area.get(
    "/routing/choices",
    guard=COMMITTEE,
    query=schemas.PlaceQuery,
    answer=schemas.LeadChoicesSchema,
    summary="Whom a rule for a place may name",
)
def list_lead_choices(call: Call) -> object:
    return present.lead_choices(call.session, call.actor, call.query["place_id"])


@area.put(
    "/routing/<uuid:rule_id>",
    guard=COMMITTEE,
    body=schemas.SaveRuleSchema,
    answer=schemas.RuleSchema,
    versioned=True,
    summary="Change a rule",
)
def change_rule(call: Call, rule_id: UUID) -> object:
    row = routing.save(call.session, call.actor, call.body, rule_id, call.version)
    return present.rule(call.session, row)


@area.delete(
    "/routing/<uuid:rule_id>",
    guard=COMMITTEE,
    versioned=True,
    summary="Take a rule away",
)
def drop_rule(call: Call, rule_id: UUID) -> object:
    routing.drop(call.session, call.actor, rule_id, call.version)
    return None


@area.get(
    "/duty",
    guard=SIGNED_IN,
    answer=schemas.DutyLinesSchema,
    summary="Who is on duty in the organisations that I work with",
)
def list_duty(call: Call) -> object:
    return present_duty.lists(call.session, call.actor)


@area.get(
    "/duty/mine", guard=SIGNED_IN, answer=schemas.MyWatchesSchema, summary="When I am on duty"
)
def list_my_duty(call: Call) -> object:
    return present_duty.mine(call.session, call.actor)


@area.get(
    "/duty/<uuid:organisation_id>",
    guard=SIGNED_IN,
    answer=schemas.DutyListSchema,
    summary="The duty list of an organisation",
)
def get_duty(call: Call, organisation_id: UUID) -> object:
    return present_duty.duty_list(call.session, call.actor, organisation_id)


@area.put(
    "/duty/<uuid:organisation_id>",
    guard=SIGNED_IN,
    body=schemas.SaveDutySchema,
    answer=schemas.DutyListSchema,
    versioned=True,
    summary="Write the duty list of my organisation",
)
def put_duty(call: Call, organisation_id: UUID) -> object:
    duty.save(call.session, call.actor, organisation_id, call.version, call.body)
    return present_duty.duty_list(call.session, call.actor, organisation_id)


@area.post(
    "/duty/<uuid:organisation_id>/phone",
    guard=SIGNED_IN,
    body=schemas.WhosePhoneSchema,
    answer=TelephoneSchema,
    summary="Show the number of who is on duty, with a reason that is logged",
)
def show_duty_phone(call: Call, organisation_id: UUID) -> object:
    asked = call.body["person_id"], call.body["reason"]
    return {"phone": duty.show_phone(call.session, call.actor, organisation_id, *asked)}


@area.get(
    "/<uuid:ticket_id>/duty",
    guard=SIGNED_IN,
    answer=schemas.DutyNowSchema,
    summary="Who is on duty for a ticket, whom to telephone first; nothing (204) without a list",
)
def get_ticket_duty(call: Call, ticket_id: UUID) -> object:
    return present_duty.of_ticket(call.session, call.actor, ticket_id)


@area.post(
    "/<uuid:ticket_id>/duty/phone",
    guard=SIGNED_IN,
    body=schemas.WhosePhoneSchema,
    answer=TelephoneSchema,
    summary="Show the number of who is on duty for a ticket, with a reason that is logged",
)
def show_ticket_duty_phone(call: Call, ticket_id: UUID) -> object:
    asked = call.body["person_id"], call.body["reason"]
    return {"phone": duty.show_ticket_phone(call.session, call.actor, ticket_id, *asked)}


@area.get(
    "/<uuid:ticket_id>/colleagues",
    guard=SIGNED_IN,
    answer=schemas.ColleaguesSchema,
    summary="Who of the lead may see to this ticket; only for those who lead it",
)
def list_colleagues(call: Call, ticket_id: UUID) -> object:
    return present_duty.colleagues(call.session, call.actor, ticket_id)
