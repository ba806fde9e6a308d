"""The routes of tickets: parse, one verb, dump."""

from uuid import UUID

from app.core.http import Area, Call
from app.identity.guards import COMMITTEE, SIGNED_IN
from app.tickets import (
    catalogue,
    present,
    present_catalogue,
    present_routing,
    queries,
    schemas,
    schemas_lists,
    service,
)
from app.tickets.queries import learning
from app.tickets.rules import PhotoPhase, Verb
from app.tickets.rules.suggest import suggest

area = Area("tickets", url_prefix="/tickets", title="工单")


@area.get(
    "/categories",
    guard=SIGNED_IN,
    answer=schemas.CategoriesSchema,
    summary="What a ticket can be about, and whom to telephone first",
)
def list_categories(call: Call) -> object:
    return {"items": present_catalogue.offered(catalogue.of_actor(call.actor))}


@area.post(
    "/suggest",
    guard=SIGNED_IN,
    body=schemas.SuggestCategorySchema,
    answer=schemas.SuggestedCategoriesSchema,
    asks=True,
    summary="What a text seems to be about",
)
def suggest_categories(call: Call) -> object:
    held = catalogue.of_actor(call.actor)
    found = suggest(call.body["text"], learning.learnt(call.session), held.names())
    return {
        "items": [
            {
                "category": one.category,
                "name": held.name(one.category),
                "emergency": one.emergency,
                "lead_party": held.category(one.category).lead,
                "why": one.why,
            }
            for one in found
        ]
    }


@area.get(
    "/queues", guard=SIGNED_IN, answer=schemas.QueuesSchema, summary="My queues with their counts"
)
def list_queues(call: Call) -> object:
    return present.queues(call.session, call.actor)


@area.get(
    "",
    guard=SIGNED_IN,
    query=schemas_lists.TicketQuery,
    answer=schemas_lists.TicketListSchema,
    summary="The tickets that I may see",
)
def list_tickets(call: Call) -> object:
    return present.page(call.session, call.actor, call.query)


@area.post(
    "",
    guard=SIGNED_IN,
    body=schemas.OpenTicketSchema,
    answer=schemas.TicketSchema,
    status=201,
    summary="Report a matter",
)
def open_ticket(call: Call) -> object:
    ticket = service.draft(call.session, call.actor, **call.body)
    answer = present.detail(call.session, call.actor, ticket, fresh=True)
    service.write(call.session, call.actor, ticket)  # others wait from here on
    return answer | {"number": ticket.number}


@area.get("/<uuid:ticket_id>", guard=SIGNED_IN, answer=schemas.TicketSchema, summary="One ticket")
def get_ticket(call: Call, ticket_id: UUID) -> object:
    ticket = queries.shown(call.session, call.actor, ticket_id)
    return present.detail(call.session, call.actor, ticket)


@area.post(
    "/<uuid:ticket_id>/moves",
    guard=SIGNED_IN,
    body=schemas.MoveTicketSchema,
    answer=schemas.TicketSchema,
    versioned=True,
    summary="Move a ticket",
)
def move_ticket(call: Call, ticket_id: UUID) -> object:
    verb = Verb(call.body.pop("verb"))
    ticket = service.move(call.session, call.actor, ticket_id, call.version, verb, call.body)
    return present.detail(call.session, call.actor, ticket)


@area.get(
    "/<uuid:ticket_id>/dispatch-options",
    guard=COMMITTEE,
    answer=schemas.DispatchChoicesSchema,
    summary="Whom this ticket may be given to",
)
def list_dispatch_options(call: Call, ticket_id: UUID) -> object:
    ticket = queries.get(call.session, call.actor, ticket_id)
    return present_routing.dispatch_options(call.session, ticket)


@area.post(
    "/<uuid:ticket_id>/photos",
    guard=SIGNED_IN,
    body=schemas.AddPhotosSchema,
    answer=schemas.TicketSchema,
    summary="Add photos of public parts",
)
def add_photos(call: Call, ticket_id: UUID) -> object:
    phase = PhotoPhase(call.body["phase"])
    hashes = call.body.get("media", [])
    ticket = service.add_photos(call.session, call.actor, ticket_id, phase, hashes)
    return present.detail(call.session, call.actor, ticket)


@area.post(
    "/<uuid:ticket_id>/notes",
    guard=SIGNED_IN,
    body=schemas.AddNoteSchema,
    answer=schemas.TicketSchema,
    summary="Add a note to the timeline",
)
def add_note(call: Call, ticket_id: UUID) -> object:
    text, hashes = call.body["text"], call.body.get("media", [])
    ticket = service.add_note(call.session, call.actor, ticket_id, text, hashes)
    return present.detail(call.session, call.actor, ticket)
