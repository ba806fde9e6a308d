"""Moves a ticket: may it be done, what does it write, whom does it concern."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app.core.errors import Invalid, Stale
from app.core.events import publish
from app.identity.actor import Actor
from app.tickets import catalogue, queries
from app.tickets.events import TicketMoved
from app.tickets.models import Ticket
from app.tickets.queries import parties
from app.tickets.queries.parties import Choice
from app.tickets.rules import (
    MOVES,
    Move,
    Seat,
    TicketStatus,
    Verb,
    When,
    landing,
    next_move,
    open_moves,
    seats_of,
)
from app.tickets.rules.categories import is_emergency
from app.tickets.rules.routing import last_lead
from app.tickets.service import clocks, timeline
from app.tickets.service.effects import EFFECTS, Change
from app.tickets.service.facts import NOBODY, advise, facts_of, with_evidence, work_of

Said = Mapping[str, Any]


def move(
    session: Session, actor: Actor, ticket_id: UUID, version: int, verb: Verb, said: Said
) -> Ticket:
    """Make a move. Raises NotFound, Stale, Invalid, or the refusal of the table or its guard."""
    ticket = queries.get(session, actor, ticket_id)
    if ticket.version != version:
        raise Stale
    _check_fields(verb, said)
    who = queries.standing(actor, ticket)
    seats = seats_of(work_of(ticket), who)
    moved = make(session, ticket, verb, seats, Change(session, ticket, actor, who, said))
    return _by_rule(session, moved) if verb is Verb.ACCEPT else moved


def _by_rule(session: Session, ticket: Ticket) -> Ticket:
    """What was accepted goes on at once where the committee's rule decides."""
    advice = advise(ticket) if ticket.status is TicketStatus.ACCEPTED else None
    if advice is None or not advice.decides:
        return ticket
    takers = parties.by_rule(parties.at_place(session, ticket.place), advice.rule)
    if not takers:
        return ticket
    lead, *helpers = takers
    said = {"lead_org_id": lead.id, "co_org_ids": [one.id for one in helpers], "by_rule": True}
    return move_by_system(session, ticket, Verb.DISPATCH, said)


def move_by_system(
    session: Session, ticket: Ticket, verb: Verb, said: Said = MappingProxyType({})
) -> Ticket:
    """A move that time or a rule makes. Raises the refusal of the table or its guard."""
    change = Change(session, ticket, None, NOBODY, said)
    return make(session, ticket, verb, frozenset({Seat.SYSTEM}), change)


def moves_for(session: Session, actor: Actor, ticket: Ticket) -> list[Move]:
    """What the actor may do with a ticket now."""
    who = queries.standing(actor, ticket)
    seats = seats_of(work_of(ticket), who)
    facts = facts_of(ticket, who=who)
    return open_moves(ticket.status, seats, facts)


def make(
    session: Session, ticket: Ticket, verb: Verb, seats: frozenset[Seat], change: Change
) -> Ticket:
    """Make a move from these seats. Raises the refusal of the table or its guard."""
    before, lead_before = ticket.status, ticket.lead_org_id or last_lead(ticket.entries)
    if verb is Verb.ACCEPT:
        change.takers = _takers(session, ticket, change.said)
    facts = replace(facts_of(ticket, who=change.who), emergency=bool(change.takers))
    if verb is Verb.RESOLVE:
        facts = with_evidence(ticket, facts, change.said)
    line = next_move(before, verb, seats, change.said, facts)
    after = landing(line, before, facts)
    change.emergency = line.when is When.EMERGENCY
    if verb in EFFECTS:
        EFFECTS[verb](change)
    ticket.moved_at = change.now
    if after is not before:
        ticket.status, ticket.stage_at = after, change.now
    timeline.add_entry(ticket, verb, change.actor, {**change.said, **change.shown})
    clocks.keep(session, ticket)
    session.flush()
    publish(
        session,
        TicketMoved(
            move=verb,
            before=before,
            after=after,
            lead_org_before=lead_before,
            supervised=ticket.supervised,
            **timeline.facts_for_others(ticket, change.actor),
        ),
    )
    return ticket


def _takers(session: Session, ticket: Ticket, said: Said) -> list[Choice]:
    """Who takes the ticket at once if it is, or is now said to be, an emergency."""
    category = said.get("category") or ticket.category
    if said.get("category") and not catalogue.of(ticket.community_id).offers(category):
        raise Invalid(errors={"category": ["请选一个类别。"]})
    if not is_emergency(category):
        return []
    return parties.for_emergency(session, ticket.place, category)


def _check_fields(verb: Verb, said: Said) -> None:
    """Only what this move asks for may be said with it."""
    asked = {name for line in MOVES if line.verb is verb for name in (*line.needs, *line.may)}
    strangers = {name: ["这一步不用填这一项。"] for name in said if name not in asked}
    if strangers:
        raise Invalid(errors=strangers)
