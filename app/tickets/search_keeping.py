"""Keeps the words of tickets: written with the ticket, in the same flush, by one statement.

Beside the words of the text a row holds tags (`_c…` the community, `_l…` the lead, `_k…` the kind
of matter), so that a filter and a ground are found in the same index as the words. A bulk insert
of tickets writes its words by `write`; what has none is caught up with by a job.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import event, inspect, select
from sqlalchemy.orm import Session

from app.core import duties, outbox
from app.core.db import WritingSession, transaction
from app.core.upsert import Upsert
from app.tickets import catalogue
from app.tickets.models import Ticket
from app.tickets.models_search import TicketWords
from app.tickets.rules.search_tags import tag
from app.tickets.rules.search_text import tokens_of

KIND = "ticket_words"
AT_ONCE = 500
READ_FROM = (
    "number",
    "text",
    "place_text",
    "spot",
    "category",
    "community_id",
    "estate_id",
    "building_id",
    "lead_org_id",
    "lead_party",
    "reporter_id",
    "supervised",
)

PUT = Upsert(
    TicketWords.__table__,
    lambda insert: insert.on_conflict_do_update(
        index_elements=["ticket_id"], set_={"words": insert.excluded.words}
    ),
)


def write(session: Session, tickets: Iterable[Ticket]) -> None:
    """Write the words of these tickets anew."""
    rows = [{"ticket_id": one.id, "words": words_of(one)} for one in tickets]
    if rows:
        PUT.run(session, rows)


def words_of(ticket: Ticket) -> list[str]:
    """What a ticket is found by: what it says, where it is, its number and its kind. Never the
    household, nor who agreed."""
    kind = catalogue.name_of(ticket)
    texts = (ticket.number, ticket.place_text, ticket.spot, ticket.text, kind)
    return [*tokens_of(text for text in texts if text), *_tags(ticket)]


def _tags(ticket: Ticket) -> Iterator[str]:
    values = {
        "c": ticket.community_id,
        "e": ticket.estate_id,
        "b": ticket.building_id,
        "l": ticket.lead_org_id,
        "p": ticket.lead_party,
        "r": ticket.reporter_id,
        "k": ticket.category,
        "g": ticket.category.partition(".")[0],
        "s": True if ticket.supervised else None,
        "x": True if ticket.emergency else None,
    }
    return (tag(kind, value) for kind, value in values.items() if value is not None)


@event.listens_for(WritingSession, "after_flush")
def _keep(session: Session, _context: Any) -> None:
    fresh = [row for row in session.new if isinstance(row, Ticket)]
    other = [row for row in session.dirty if isinstance(row, Ticket) and _reads_otherwise(row)]
    if fresh or other:
        write(session, [*fresh, *other])


def _reads_otherwise(ticket: Ticket) -> bool:
    attributes = inspect(ticket).attrs
    return any(attributes[name].history.has_changes() for name in READ_FROM)


@duties.daily("tickets.words")
def plan_words(session: Session, day: date) -> None:
    """Look once a day whether any ticket has no words yet."""
    outbox.enqueue(session, KIND, {}, f"{KIND}:{day}")


@outbox.handles(KIND)
def catch_up(_job: outbox.Job) -> None:
    """Write the words of tickets that have none, some at a time, so that nobody waits for long."""
    last: UUID | None = UUID(int=0)
    while last is not None:
        with transaction() as session:
            last = _write_some(session, last)


def _write_some(session: Session, after: UUID) -> UUID | None:
    tickets = session.scalars(
        select(Ticket)
        .join(TicketWords, TicketWords.ticket_id == Ticket.id, isouter=True)
        .where(Ticket.id > after, TicketWords.no.is_(None))
        .order_by(Ticket.id)
        .limit(AT_ONCE)
    ).all()
    write(session, tickets)
    return tickets[-1].id if tickets else None
