"""What stands behind one ticket: helping parties, photos, the timeline.
Takes a ticket that the actor was allowed to see."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from app.tickets.models import Ticket, TicketEntry
from app.tickets.rules import ClockKind, Holder, PhotoPhase


def timeline_of(ticket: Ticket) -> list[TicketEntry]:
    """The timeline, newest first, with what is not written yet."""
    return sorted(ticket.entries, key=lambda entry: (entry.at, entry.id), reverse=True)


def helping(ticket: Ticket) -> frozenset[UUID]:
    """The organisations that help."""
    return frozenset(part.organisation_id for part in ticket.helpers)


def has_photo(ticket: Ticket, phases: Sequence[PhotoPhase], since: datetime | None = None) -> bool:
    """Whether the ticket has a photo of one of these phases (taken since a moment)."""
    return any(
        photo.phase in phases and (since is None or photo.at >= since) for photo in ticket.photos
    )


def lead_clocks(ticket: Ticket) -> frozenset[ClockKind]:
    """What the lead still has to do in time."""
    return frozenset(
        one.kind for one in ticket.clocks if one.holder is Holder.LEAD and one.ended_at is None
    )
