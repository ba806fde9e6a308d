"""Call-backs and re-checks as plain data for the wire."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from app.core.paging import Page, page_of
from app.identity.actor import Actor
from app.identity.models import Organisation
from app.identity.queries import organisations_named, people_shown
from app.tickets import catalogue, queries
from app.tickets.models import Ticket
from app.tickets.models_recheck import TicketCallback, TicketRecheck
from app.tickets.queries import callbacks, details, rechecks
from app.tickets.rules import Seat, Verb, seats_of, title_of
from app.tickets.rules.rechecks import RECHECK_RESULT_NAMES, RecheckResult
from app.tickets.service.facts import work_of
from app.tickets.service.rechecks import may_look


def calls(session: Session, actor: Actor, query: dict[str, Any]) -> Page:
    """The tickets about which the actor may call, those that wait longest first."""
    found = page_of(
        session,
        callbacks.waiting(actor),
        order=(Ticket.stage_at, Ticket.id),
        query=query,
        present=lambda ticket: ticket,
    )
    waiting: list[Ticket] = found["items"]
    tries = callbacks.tries_of(session, [one.id for one in waiting])
    named = people_shown(
        session,
        {one.reporter_id for one in waiting}
        | {one.by_person_id for row in tries.values() for one in row},
    )
    leads = organisations_named(session, {one.lead_org_id for one in waiting if one.lead_org_id})
    return {
        "items": [_call(ticket, tries.get(ticket.id, []), named, leads) for ticket in waiting],
        "next_cursor": found["next_cursor"],
    }


def _call(ticket: Ticket, tries: Sequence[TicketCallback], named: Any, leads: Any) -> Any:
    reporter = named[ticket.reporter_id]
    lead: Organisation | None = leads.get(ticket.lead_org_id)
    return {
        "id": ticket.id,
        **_about(ticket),
        "lead_name": lead.name if lead else None,
        "reporter_name": reporter.name,
        "guest": reporter.guest,
        "since": ticket.stage_at,
        "tries": [
            {
                "at": one.at,
                "by_name": named[one.by_person_id].name,
                "reached": one.reached,
                "note": one.note,
            }
            for one in tries
        ],
        "version": ticket.version,
    }


def _about(ticket: Ticket) -> dict[str, Any]:
    return {
        "number": ticket.number,
        "title": title_of(ticket.text),
        "category_name": catalogue.name_of(ticket),
        "place_text": ticket.place_text,
        "what_was_done": next(
            (one.text for one in details.timeline_of(ticket) if one.verb == Verb.RESOLVE), ""
        ),
    }


def looks(session: Session, actor: Actor, query: dict[str, Any]) -> Page:
    """The re-checks that this person may do, the oldest first."""
    return page_of(
        session,
        rechecks.waiting(actor),
        order=(TicketRecheck.drawn_at, TicketRecheck.id),
        query=query,
        present=lambda row: look(session, actor, row),
    )


def look(session: Session, actor: Actor, row: TicketRecheck) -> dict[str, Any]:
    """One re-check."""
    ticket = session.get_one(Ticket, row.ticket_id)
    return {
        "id": row.id,
        "ticket_id": row.ticket_id,
        **_about(ticket),
        "public_area": ticket.public_area,
        "lead_name": session.get_one(Organisation, row.lead_org_id).name,
        "month": row.month,
        "unrated": row.unrated,
        "result": row.result,
        "result_name": RECHECK_RESULT_NAMES[row.result] if row.result else None,
        "note": row.note,
        "done_at": row.done_at,
        "may_look": row.done_at is None and may_look(session, actor, row, ticket),
        "may_reopen": row.result is RecheckResult.UNTRUE and _reopens(session, actor, ticket),
        "version": row.version,
    }


def _reopens(session: Session, actor: Actor, ticket: Ticket) -> bool:
    seats = seats_of(work_of(ticket), queries.standing(actor, ticket))
    return Seat.COMMUNITY in seats
