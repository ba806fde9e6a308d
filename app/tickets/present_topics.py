"""Topics as plain data: of their tickets, each one sees those that are theirs to see."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app.identity.actor import Actor, Named
from app.identity.queries import organisations_named
from app.places.models import Place
from app.tickets import catalogue
from app.tickets.models import Ticket
from app.tickets.models_doubles import Topic
from app.tickets.present_doubles import status_name
from app.tickets.queries import details, doubles, parties, topics
from app.tickets.rules import Verb, title_of


def rows(session: Session, found: Sequence[Topic]) -> list[dict[str, Any]]:
    """Lines of the list of topics."""
    still = topics.open_counts(session, [one.id for one in found])
    owners = {one.cure_org_id for one in found if one.cure_org_id}
    names = organisations_named(session, owners)
    return [_row(one, still.get(one.id, 0), names) for one in found]


def _row(topic: Topic, still_open: int, names: dict[UUID, Named]) -> dict[str, Any]:
    owner = names.get(topic.cure_org_id) if topic.cure_org_id else None
    return {
        "id": topic.id,
        "place_text": topic.place_text,
        "category": topic.category,
        "category_name": catalogue.name_of(topic),
        "count": topic.count,
        "still_open": still_open,
        "first_at": topic.first_at,
        "last_at": topic.last_at,
        "closed_at": topic.closed_at,
        "cure": topic.cure,
        "cure_owner": {"id": owner.id, "name": owner.name} if owner else None,
        "cure_on": topic.cure_on,
        "version": topic.version,
    }


def detail(session: Session, actor: Actor, topic: Topic) -> dict[str, Any]:
    """One topic with what happened."""
    tickets = topics.tickets_of(session, topic.id)
    seen = doubles.seen_of(session, actor, [one.id for one in tickets])
    leads = organisations_named(session, {one.lead_org_id for one in tickets if one.lead_org_id})
    shown = [one for one in tickets if one.id in seen]
    desk = topic.community_id in actor.committee_communities
    building = session.get_one(Place, topic.building_id)
    here = parties.at_place(session, building) if desk else []
    return rows(session, [topic])[0] | {
        "tickets": [_ticket(one, leads) for one in shown],
        "hidden": len(tickets) - len(shown),
        "may_cure": desk,
        "owners": [{"id": one.id, "name": one.name} for one in here],
    }


def _ticket(ticket: Ticket, leads: dict[UUID, Named]) -> dict[str, Any]:
    lead = leads.get(ticket.lead_org_id) if ticket.lead_org_id else None
    told = details.timeline_of(ticket)
    return {
        "id": ticket.id,
        "number": ticket.number,
        "title": title_of(ticket.text),
        "place_text": ticket.place_text,
        "status": ticket.status,
        "status_name": status_name(ticket),
        "created_at": ticket.created_at,
        "closed_at": ticket.closed_at,
        "lead_name": lead.name if lead else None,
        "result": next((one.text for one in told if one.verb == Verb.RESOLVE), None),
    }
