"""What may happen to a ticket, and by whom. Pure: values in, values out.

Start at `moves` (the table), then `machine` (which walks it), `guards` (what must be true), `seats`
(who sits where), `categories` (what it can be about) and `queues` (who sees which list).
"""

import re

from app.tickets.rules.categories import CATEGORIES, GROUP_NAMES, Category, Phone
from app.tickets.rules.clock import Clock, ClockState, Holder, state_of
from app.tickets.rules.clocks import Step, next_due, replay
from app.tickets.rules.guards import Facts, needs_approval
from app.tickets.rules.machine import landing, next_move, next_status, open_moves
from app.tickets.rules.moves import MOVES, Move, When
from app.tickets.rules.queues import QUEUES, QUEUES_BY_KEY, Only, Queue, Scope
from app.tickets.rules.seats import Standing, Work, is_own_work, reviewer_of, seats_of
from app.tickets.rules.times import CLOCK_NAMES, ClockKind
from app.tickets.rules.words import (
    OVER,
    PHOTO_PHASE_NAMES,
    REVIEWER_NAMES,
    SATISFIED_NAMES,
    SEAT_NAMES,
    SOLVED_NAMES,
    STATUS_NAMES,
    SUSPEND_REASON_NAMES,
    VERB_NAMES,
    PhotoPhase,
    Reviewer,
    Satisfied,
    Seat,
    Solved,
    SuspendReason,
    TicketStatus,
    Verb,
)

TITLE_LENGTH = 24
SENTENCE_END = re.compile(r"[。！？；\n]")


def title_of(text: str) -> str:
    """The first sentence of a report, short enough for a line of a list."""
    first = SENTENCE_END.split(text.strip(), maxsplit=1)[0]
    return first if len(first) <= TITLE_LENGTH else first[: TITLE_LENGTH - 1] + "…"


__all__ = [
    "CATEGORIES",
    "CLOCK_NAMES",
    "GROUP_NAMES",
    "MOVES",
    "OVER",
    "PHOTO_PHASE_NAMES",
    "QUEUES",
    "QUEUES_BY_KEY",
    "REVIEWER_NAMES",
    "SATISFIED_NAMES",
    "SEAT_NAMES",
    "SOLVED_NAMES",
    "STATUS_NAMES",
    "SUSPEND_REASON_NAMES",
    "VERB_NAMES",
    "Category",
    "Clock",
    "ClockKind",
    "ClockState",
    "Facts",
    "Holder",
    "Move",
    "Only",
    "Phone",
    "PhotoPhase",
    "Queue",
    "Reviewer",
    "Satisfied",
    "Scope",
    "Seat",
    "Solved",
    "Standing",
    "Step",
    "SuspendReason",
    "TicketStatus",
    "Verb",
    "When",
    "Work",
    "is_own_work",
    "landing",
    "needs_approval",
    "next_due",
    "next_move",
    "next_status",
    "open_moves",
    "replay",
    "reviewer_of",
    "seats_of",
    "state_of",
    "title_of",
]
