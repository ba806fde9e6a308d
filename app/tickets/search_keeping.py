"""Keeps the words of tickets: written with the ticket, in the same flush, by one statement.

Beside the words of the text a row holds tags (`_c…` the community, `_l…` the lead, `_k…` the kind
of matter), so that a filter and a ground are found in the same index as the words. A bulk insert
of tickets writes its words by `write`; what has none is caught up with by a job, and so are tickets
of a category that has been given another name.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, event, inspect, select
from sqlalchemy.orm import Session

from app.core import clock, duties, fresh, known, outbox
from app.core.db import Base, WritingSession, transaction
from app.core.upsert import Upsert
from app.places.models import Place, PlaceKind
from app.tickets import catalogue
from app.tickets.events_catalogue import CategoryChanged
from app.tickets.models import Ticket
from app.tickets.models_search import TicketWords
from app.tickets.rules.search_tags import tag
from app.tickets.rules.search_text import tokens_of

KIND, RENAMED = "ticket_words", "ticket_words.renamed"
AT_ONCE = 500
A_FEW = 100  # of those that have words: others write meanwhile
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


@fresh.heard
def _keep_fresh(session: Session, rows: Sequence[Base]) -> None:
    write(session, [row for row in rows if isinstance(row, Ticket)])


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
    lacking = select(Ticket).join(TicketWords, TicketWords.ticket_id == Ticket.id, isouter=True)
    _write_all(lacking.where(TicketWords.no.is_(None)), AT_ONCE)


def plan_renamed(session: Session, changed: CategoryChanged) -> None:
    """A category is called otherwise: its tickets are to be found by the new name, once every
    process has heard of it."""
    if changed.renamed:
        said = {"code": changed.code, "district_id": str(changed.district_id)}
        at = clock.now() + timedelta(seconds=known.SETTLED_SECONDS)
        outbox.enqueue(session, RENAMED, said, f"{RENAMED}:{changed.subject_id}", at)


@outbox.handles(RENAMED, slow=True)
def write_renamed(job: outbox.Job) -> None:
    """Write the words of all tickets of a category in a district anew."""
    inside = select(Place.id).where(
        Place.kind == PlaceKind.COMMUNITY,
        Place.path.startswith(f"/{job.payload['district_id']}/", autoescape=True),
    )
    about = Ticket.category == job.payload["code"]
    _write_all(select(Ticket).where(about, Ticket.community_id.in_(inside)), A_FEW)


def _write_all(wanted: Select[Ticket], at_once: int) -> None:
    last: UUID | None = UUID(int=0)
    while last is not None:
        with transaction() as session:
            after = wanted.where(Ticket.id > last).order_by(Ticket.id).limit(at_once)
            tickets = session.scalars(after).all()
            write(session, tickets)
            last = tickets[-1].id if tickets else None
