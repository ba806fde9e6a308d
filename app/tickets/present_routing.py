"""Rules and duty lists as plain data for the wire."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app.identity.actor import Actor, Named
from app.identity.queries import organisations_named, people_named
from app.places.queries import place_texts
from app.tickets import catalogue, routing
from app.tickets.models import Ticket
from app.tickets.models_routing import RoutingRule
from app.tickets.queries import parties
from app.tickets.queries import routing as queries
from app.tickets.rules import GROUP_NAMES, STATUS_NAMES, title_of
from app.tickets.rules.duty import Now
from app.tickets.rules.routing import NOT_HERE, returned_by
from app.tickets.service.facts import advise

MINE_AHEAD = timedelta(days=14)
SHOWN = 50
NOBODY = Now((), None, None)


def rules(session: Session, actor: Actor) -> dict[str, Any]:
    """The rules of the actor's committee, place by place."""
    rows = session.scalars(queries.rules(actor).order_by(RoutingRule.about, RoutingRule.id)).all()
    return {"items": sorted(_rules(session, rows), key=lambda one: str(one["place_text"]))}


def rule(session: Session, row: RoutingRule) -> dict[str, Any]:
    return _rules(session, [row])[0]


def _rules(session: Session, rows: Sequence[RoutingRule]) -> list[dict[str, Any]]:
    helpers = {row.id: [UUID(one) for one in row.co_org_ids] for row in rows}
    wanted = {one for own in helpers.values() for one in own} | {row.lead_org_id for row in rows}
    names = organisations_named(session, wanted)
    texts = place_texts(session, {row.place_id for row in rows})
    people = people_named(session, {row.changed_by for row in rows})
    return [
        {
            "id": row.id,
            "place_id": row.place_id,
            "place_text": texts[row.place_id],
            "about": row.about,
            "about_name": about_name(row.community_id, row.about),
            "lead": _named(names[row.lead_org_id]),
            "co": [_named(names[one]) for one in helpers[row.id]],
            "decides": row.decides,
            "changed_at": row.changed_at,
            "changed_by_name": people[row.changed_by],
            "version": row.version,
        }
        for row in rows
    ]


def about_name(community_id: UUID, about: str) -> str:
    """What a rule is about: one category, or all of a group."""
    held = catalogue.of(community_id)
    return held.name(about) if about in held else f"{GROUP_NAMES[about]}（整类）"


def _named(one: Named) -> dict[str, Any]:
    return {"id": one.id, "name": one.name}


def touches(session: Session, lead_id: UUID, found: Sequence[Ticket]) -> dict[str, Any]:
    """Which open tickets a rule would have touched."""
    names = organisations_named(session, {one.lead_org_id for one in found if one.lead_org_id})
    same = sum(1 for one in found if one.lead_org_id == lead_id)
    waiting = sum(1 for one in found if one.lead_org_id is None)
    return {
        "count": len(found),
        "waiting": waiting,
        "same": same,
        "other": len(found) - same - waiting,
        "items": [
            {
                "ticket_id": one.id,
                "number": one.number,
                "title": title_of(one.text),
                "place_text": one.place_text,
                "status": one.status,
                "status_name": STATUS_NAMES[one.status],
                "lead_name": names[one.lead_org_id].name if one.lead_org_id else None,
                "same": one.lead_org_id == lead_id,
            }
            for one in found[:SHOWN]
        ],
    }


def lead_choices(session: Session, actor: Actor, place_id: UUID) -> dict[str, Any]:
    """Who works at a place, so that a rule may name them."""
    place = queries.ruled_place(session, actor, place_id)
    return {
        "items": [
            {
                "id": one.id,
                "name": one.name,
                "party": one.party,
                "has_list": routing.duty_list(one.id) is not None,
            }
            for one in parties.at_place(session, place)
        ]
    }


def dispatch_options(session: Session, ticket: Ticket) -> dict[str, Any]:
    """Whom a ticket may be given to, and what the rules say of it."""
    wanted = parties.suggested(ticket.place, ticket.category)
    here = parties.at_place(session, ticket.place)
    returned = returned_by(ticket.entries)
    return {
        "advice": _advice(ticket, {one.id for one in here}),
        "items": [
            {
                "id": one.id,
                "name": one.name,
                "party": one.party,
                "kind": one.kind,
                "suggested": one.party in wanted,
                "returned": one.id in returned,
            }
            for one in here
        ],
    }


def _advice(ticket: Ticket, here: set[UUID]) -> dict[str, Any] | None:
    advice = advise(ticket)
    if advice is None:
        return None
    rule = advice.rule
    gone = (
        "" if rule.lead_org_id in here else NOT_HERE.format(name=routing.name_of(rule.lead_org_id))
    )
    return {
        "lead_org_id": rule.lead_org_id,
        "co_org_ids": [one for one in rule.co_org_ids if one in here],
        "decides": advice.decides and not gone,
        "objection": advice.objection or gone,
    }
