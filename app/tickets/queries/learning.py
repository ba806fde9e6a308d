"""What the suggestion of categories reads: closed tickets to learn from, and what was learnt."""

from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.tickets.models import SuggestionModel, Ticket
from app.tickets.rules import TicketStatus
from app.tickets.rules.suggest_model import Learnt, opened

MOST_TICKETS = 20_000
AT_ONCE = 1000

# What this process opened last: one is enough, and a newer one takes its place.
_open: dict[UUID, Learnt] = {}


def closed_texts(session: Session) -> Iterator[tuple[str, str]]:
    """Text and category of the tickets that were closed last, doubles left out."""
    closed = (
        select(Ticket.text, Ticket.category)
        .where(Ticket.status == TicketStatus.CLOSED, Ticket.duplicate_of.is_(None))
        .order_by(Ticket.stage_at.desc())
        .limit(MOST_TICKETS)
    )
    for row in session.execute(closed, execution_options={"yield_per": AT_ONCE}):
        yield row.text, row.category


def newest_model(session: Session) -> SuggestionModel | None:
    """The row of what was learnt last."""
    return session.scalar(select(SuggestionModel).order_by(SuggestionModel.id.desc()).limit(1))


def learnt(session: Session) -> Learnt | None:
    """What was learnt last, or nothing on an installation that has closed no ticket yet."""
    newest = session.scalar(select(SuggestionModel.id).order_by(SuggestionModel.id.desc()).limit(1))
    if newest is None:
        return None
    if newest not in _open:
        content = session.scalar(
            select(SuggestionModel.content).where(SuggestionModel.id == newest)
        )
        _open.clear()
        _open[newest] = opened(content or b"")
    return _open[newest]
