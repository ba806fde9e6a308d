"""A committee says who leads what, where: first seen, then kept. No open ticket moves by it; a rule
speaks when the next one is accepted."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock, known
from app.core.db import uuid7
from app.core.errors import Invalid, Stale
from app.core.events import publish
from app.identity.actor import Actor
from app.places.models import Place
from app.tickets import catalogue, routing
from app.tickets.events_routing import RuleChanged, RuleDropped
from app.tickets.models import Ticket
from app.tickets.models_routing import RoutingRule
from app.tickets.queries import routing as queries
from app.tickets.rules import GROUP_NAMES
from app.tickets.rules.routing import best
from app.tickets.service import leading

Said = Mapping[str, Any]
TAKEN = "这个地点的这类事已经有一条规则，请改那一条。"


def save(
    session: Session, actor: Actor, said: Said, rule_id: UUID | None = None, version: int = 0
) -> RoutingRule:
    """Make a rule, or change one. Raises NotFound, Stale, Invalid."""
    row = queries.rule(session, actor, rule_id) if rule_id else None
    if row and row.version != version:
        raise Stale
    values = _checked(session, actor, said)
    same = select(RoutingRule.id).where(
        RoutingRule.place_id == values["place_id"], RoutingRule.about == values["about"]
    )
    if session.scalar(same) not in (None, rule_id):
        raise Invalid(errors={"about": [TAKEN]})
    if row is None:
        row = RoutingRule(id=uuid7(), **values)
        session.add(row)
    for name, value in values.items():
        setattr(row, name, value)
    session.flush()
    known.changed(session, routing.KNOWN)
    publish(session, RuleChanged(**_fact(row, actor)))
    return row


def drop(session: Session, actor: Actor, rule_id: UUID, version: int) -> None:
    """Take a rule away. Raises NotFound, Stale."""
    row = queries.rule(session, actor, rule_id)
    if row.version != version:
        raise Stale
    session.delete(row)
    session.flush()
    known.changed(session, routing.KNOWN)
    publish(session, RuleDropped(**_fact(row, actor)))


def would_touch(
    session: Session, actor: Actor, said: Said, rule_id: UUID | None
) -> tuple[UUID, list[Ticket]]:
    """The lead of a rule that is not kept yet, and the open tickets for which it would speak: one
    that is nearer, or about one category, speaks before it. Raises NotFound, Invalid."""
    values = _checked(session, actor, said)
    place = queries.ruled_place(session, actor, values["place_id"])
    rule = routing.as_rule(RoutingRule(id=rule_id or uuid7(), **values))
    held = routing.fresh(session).rules.get(values["community_id"], ())
    others = [
        one
        for one in held
        if one.id != rule.id and (one.place_id, one.about) != (rule.place_id, rule.about)
    ]
    found = [
        ticket
        for ticket in queries.touched(session, place, rule.about)
        if best([rule, *others], ticket.place.path, ticket.category) is rule
    ]
    return rule.lead_org_id, found


def _checked(session: Session, actor: Actor, said: Said) -> dict[str, Any]:
    """What a rule says, as its row keeps it. The lead and the helpers have to work there."""
    place = queries.ruled_place(session, actor, said["place_id"])
    _check_about(place, said["about"])
    lead, helpers = leading.choose(session, place, said["lead_org_id"], said["co_org_ids"])
    return {
        "community_id": place.community_id,
        "place_id": place.id,
        "about": said["about"],
        "lead_org_id": lead.id,
        "co_org_ids": [str(one.id) for one in helpers],
        "decides": said["decides"],
        "changed_at": clock.now(),
        "changed_by": actor.id,
    }


def _check_about(place: Place, about: str) -> None:
    if about not in GROUP_NAMES and not catalogue.of_place(place.path).offers(about):
        raise Invalid(errors={"about": ["请选一类事。"]})


def _fact(row: RoutingRule, actor: Actor) -> dict[str, Any]:
    return {
        "subject_id": row.id,
        "actor_id": actor.id,
        "place_id": row.place_id,
        "about": row.about,
        "lead_org_id": row.lead_org_id,
        "decides": row.decides,
    }
