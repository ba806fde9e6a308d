"""The routes of kept filters, and of moves for several tickets at once."""

from typing import Any
from uuid import UUID

from app.core.http import Area, Call
from app.identity.guards import COMMITTEE, SIGNED_IN
from app.identity.queries import people_named
from app.tickets import schemas_finding as schemas
from app.tickets.models_filters import SavedFilter
from app.tickets.queries import filters
from app.tickets.rules import STATUS_NAMES, Verb
from app.tickets.service import bulk
from app.tickets.service import filters as keeping

area = Area("finding", url_prefix="/tickets", title="工单")


@area.get(
    "/filters", guard=SIGNED_IN, answer=schemas.SavedFiltersSchema, summary="The filters I have"
)
def list_filters(call: Call) -> object:
    found = call.session.scalars(filters.kept(call.actor)).all()
    return {"items": _present(call, *found)}


@area.post(
    "/filters",
    guard=SIGNED_IN,
    body=schemas.NewFilterSchema,
    answer=schemas.SavedFilterSchema,
    status=201,
    summary="Keep a filter",
)
def keep_filter(call: Call) -> object:
    return _present(call, keeping.keep(call.session, call.actor, **call.body))[0]


@area.patch(
    "/filters/<uuid:filter_id>",
    guard=SIGNED_IN,
    body=schemas.ChangeFilterSchema,
    answer=schemas.SavedFilterSchema,
    versioned=True,
    summary="Change a filter of mine",
)
def change_filter(call: Call, filter_id: UUID) -> object:
    changed = keeping.change(call.session, call.actor, filter_id, call.version, call.body)
    return _present(call, changed)[0]


@area.delete("/filters/<uuid:filter_id>", guard=SIGNED_IN, status=204, summary="Take a filter away")
def drop_filter(call: Call, filter_id: UUID) -> None:
    keeping.drop(call.session, call.actor, filter_id)


@area.put(
    "/filters/order",
    guard=SIGNED_IN,
    body=schemas.FilterOrderSchema,
    answer=schemas.SavedFiltersSchema,
    summary="Put my filters in order",
)
def order_filters(call: Call) -> object:
    keeping.put_in_order(call.session, call.actor, call.body["ids"])
    return list_filters(call)


@area.put(
    "/filters/default",
    guard=SIGNED_IN,
    body=schemas.DefaultFilterSchema,
    answer=schemas.SavedFiltersSchema,
    summary="Open the list with this filter",
)
def set_default_filter(call: Call) -> object:
    keeping.set_default(call.session, call.actor, call.body["id"])
    return list_filters(call)


@area.post(
    "/bulk",
    guard=COMMITTEE,
    body=schemas.BulkMoveSchema,
    answer=schemas.BulkOutcomesSchema,
    summary="Accept or dispatch several tickets",
)
def move_tickets(call: Call) -> object:
    chosen = [(one["id"], one["version"]) for one in call.body.pop("items")]
    verb = Verb(call.body.pop("verb"))
    outcomes = bulk.move_each(call.session, call.actor, verb, chosen, call.body)
    return {"items": [_outcome(one) for one in outcomes]}


@area.post(
    "/bulk/leads",
    guard=COMMITTEE,
    body=schemas.ChosenIdsSchema,
    answer=schemas.BulkLeadsSchema,
    asks=True,
    summary="Whom several tickets may be given to",
)
def list_bulk_leads(call: Call) -> object:
    found = bulk.leads_for(call.session, call.actor, call.body["ids"])
    return {
        "items": [
            {"id": one.id, "name": one.name, "party": one.party, "kind": one.kind, "fits": fits}
            for one, fits in found
        ]
    }


def _outcome(one: bulk.Outcome) -> dict[str, Any]:
    ticket, refusal = one.ticket, one.refusal
    said = [sentence for each in (refusal.errors if refusal else {}).values() for sentence in each]
    return {
        "id": one.id,
        "done": ticket is not None,
        "code": refusal.code if refusal else None,
        "why": (said[0] if said else refusal.sentence) if refusal else None,
        "status": ticket.status if ticket else None,
        "status_name": STATUS_NAMES[ticket.status] if ticket else None,
        "version": ticket.version if ticket else None,
    }


def _present(call: Call, *found: SavedFilter) -> list[dict[str, Any]]:
    default = filters.default_of(call.session, call.actor)
    others = {one.owner_id for one in found if one.owner_id != call.actor.id}
    names = people_named(call.session, others)
    return [
        {
            "id": one.id,
            "name": one.name,
            "query": one.query,
            "shared_with": one.shared_with,
            "mine": one.owner_id == call.actor.id,
            "owner_name": names.get(one.owner_id),
            "is_default": one.id == default,
            "version": one.version,
        }
        for one in found
    ]
