"""From a row to the values that the pure rules ask for."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from app.core import clock
from app.identity.rules import Party
from app.tickets import routing
from app.tickets.models import Ticket, TicketCo
from app.tickets.queries import details
from app.tickets.rules import ClockKind, Facts, PhotoPhase, Standing, Work, is_own_work
from app.tickets.rules.routing import Advice, returned_by

NOBODY = Standing(person_id=UUID(int=0), organisations=frozenset(), parties=frozenset())
SHOWS_BEFORE = (PhotoPhase.REPORT, PhotoPhase.BEFORE)


def work_of(ticket: Ticket) -> Work:
    """Whose ticket it is."""
    return Work(
        reporter_id=ticket.reporter_id,
        lead_org_id=ticket.lead_org_id,
        lead_party=ticket.lead_party,
        co_org_ids=details.helping(ticket),
        review_by=ticket.review_by,
        resolved_by_id=ticket.resolved_by_id,
    )


def facts_of(ticket: Ticket, *, who: Standing = NOBODY) -> Facts:
    """What the guards ask about before anything is said."""
    running = details.lead_clocks(ticket)
    return Facts(
        now=clock.now(),
        stage_at=ticket.stage_at,
        lead_party=ticket.lead_party,
        supervised=ticket.supervised,
        returned=ticket.returned > 0,
        bound=ticket.bound,
        reopened=ticket.reopened,
        came_from=ticket.came_from,
        suspension_pending=ticket.suspension_pending,
        arrival_due=ClockKind.ARRIVE in running,
        containment_due=ClockKind.CONTAIN in running,
        part_open=bool(open_parts(ticket, who)),
        own_work=is_own_work(ticket, who),
        joined=ticket.duplicate_of is not None,
    )


def with_evidence(ticket: Ticket, facts: Facts, said: Mapping[str, object]) -> Facts:
    """The facts, with what the photos prove: those there already and those that come with it.

    A report's photo shows the state before; a photo after counts once it is newer than the
    present attempt, so that a second attempt is not proven by the first one's picture.
    """
    due = ticket.lead_party is Party.PROPERTY and ticket.public_area
    if not due:
        return facts
    since = ticket.work_since or ticket.created_at
    after = (PhotoPhase.AFTER,)
    return replace(
        facts,
        evidence_due=True,
        has_before=bool(said.get("media_before")) or details.has_photo(ticket, SHOWS_BEFORE),
        has_after=bool(said.get("media_after")) or details.has_photo(ticket, after, since),
    )


def advise(ticket: Ticket) -> Advice | None:
    """What the committee's rules say of a ticket: who should lead it."""
    returned = returned_by(ticket.entries)
    return routing.advice(ticket.community_id, ticket.place.path, ticket.category, returned)


def open_parts(ticket: Ticket, who: Standing) -> list[TicketCo]:
    """The helping parts of a person's organisations that are not done yet."""
    return [
        part
        for part in ticket.helpers
        if part.done_at is None and part.organisation_id in who.organisations
    ]
