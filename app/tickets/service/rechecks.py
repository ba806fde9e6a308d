"""Draws closed tickets to be looked at again, and writes down what was found."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from app.core import clock
from app.core.db import uuid7
from app.core.errors import Stale
from app.core.events import publish
from app.identity.actor import Actor
from app.tickets import queries
from app.tickets.events_recheck import TicketDrawn, TicketRechecked
from app.tickets.models import Ticket
from app.tickets.models_recheck import TicketRecheck
from app.tickets.queries import details, rechecks
from app.tickets.rules import PhotoPhase, Satisfied, Verb, is_own_work
from app.tickets.rules.rechecks import Closed, RecheckResult, draw
from app.tickets.rules.refusals_recheck import OwnRecheck, RecheckDone, RecheckReason
from app.tickets.service import timeline

ENTRY = "recheck"


@dataclass(frozen=True)
class Found:
    """What somebody saw who went to look again."""

    result: RecheckResult
    note: str = ""
    media: Sequence[str] = ()


def draw_month(
    session: Session, month: str, span: tuple[datetime, datetime], percent: int
) -> list[TicketRecheck]:
    """Draw a share of what each organisation closed in a month; a month is drawn once."""
    if rechecks.drawn(session, month):
        return []
    led: dict[UUID, dict[UUID, Ticket]] = {}
    for ticket in rechecks.closed_in(session, span):
        if ticket.lead_org_id:
            led.setdefault(ticket.lead_org_id, {})[ticket.id] = ticket
    made: list[TicketRecheck] = []
    for lead, closed in sorted(led.items()):
        some = [Closed(one.id, one.satisfied is Satisfied.UNRATED) for one in closed.values()]
        chosen = draw(some, percent, f"{month}:{lead}")
        made += [_add(session, closed[one.id], month, unrated=one.unrated) for one in chosen]
    return made


def _add(session: Session, ticket: Ticket, month: str, *, unrated: bool) -> TicketRecheck:
    row = TicketRecheck(
        id=uuid7(),
        ticket_id=ticket.id,
        month=month,
        community_id=ticket.community_id,
        estate_id=ticket.estate_id,
        lead_org_id=ticket.lead_org_id,
        lead_party=ticket.lead_party,
        unrated=unrated,
        resolved_by_id=ticket.resolved_by_id,
        reviewed_by_id=rechecks.hands_on(ticket, Verb.REVIEW),
        closed_by_id=rechecks.hands_on(ticket, Verb.CLOSE),
        drawn_at=clock.now(),
    )
    session.add(row)
    fact = timeline.facts_for_others(ticket, None)
    publish(session, TicketDrawn(recheck_id=row.id, month=month, **fact))
    return row


def record(
    session: Session, actor: Actor, recheck_id: UUID, version: int, found: Found
) -> TicketRecheck:
    """Write down what was found.

    Raises NotFound, Stale, RecheckDone, OwnRecheck, RecheckReason, or what photos raise.
    """
    row = rechecks.get(session, actor, recheck_id)
    if row.done_at is not None:
        raise RecheckDone
    if row.version != version:
        raise Stale
    ticket = session.get_one(Ticket, row.ticket_id)
    if not may_look(session, actor, row, ticket):
        raise OwnRecheck
    if found.result is RecheckResult.UNTRUE and not found.note.strip():
        raise RecheckReason(errors={"note": [RecheckReason.title]})
    row.result, row.note, row.done_at = found.result, found.note.strip(), clock.now()
    row.by_person_id, row.by_org_id = actor.id, timeline.acting_for(ticket, actor)
    timeline.add_photos(session, ticket, actor, PhotoPhase.RECHECK, found.media)
    timeline.add_entry(ticket, ENTRY, actor, {"result": found.result, "note": row.note})
    session.flush()
    fact = timeline.facts_for_others(ticket, actor)
    publish(session, TicketRechecked(recheck_id=row.id, result=found.result, **fact))
    return row


def may_look(session: Session, actor: Actor, row: TicketRecheck, ticket: Ticket) -> bool:
    """Whether this person had no hand in the work: neither led, helped, did, reviewed nor closed
    it, nor reported it."""
    who = queries.standing(actor, ticket)
    hands = {row.resolved_by_id, row.reviewed_by_id, row.closed_by_id, ticket.reporter_id}
    took_part = {row.lead_org_id} | details.helping(ticket)
    return (
        actor.id not in hands
        and not took_part & actor.organisations
        and row.lead_party not in who.parties
        and not is_own_work(ticket, who)
    )
