"""What neighbours may learn of each other's reports, and how long a report is asked about. Pure.

Whoever reports may hear that a matter of a public part was reported before, and of which kind;
never who reported it, in which words or under which number. What may be about a person, a home or
a complaint is not hinted at at all.
"""

from datetime import timedelta
from enum import StrEnum

from app.tickets.rules.words import OVER, TicketStatus

ASKED_WITHIN = timedelta(days=90)  # since its last move
CLOSED_WITHIN = timedelta(days=7)
MOST_SHOWN = 3
MOST_COMPARED = 400

HINTED_GROUPS = frozenset({"emergency", "facility", "environment"})
HINTED = frozenset({"order.fire_lane", "order.ebike_wire", "order.clutter"})
NEVER_HINTED = frozenset({"emergency.person_safety"})


class Standing(StrEnum):
    """How far a neighbour hears that it has come."""

    WAITING = "waiting"
    UNDER_WAY = "under_way"
    DONE = "done"


STANDING_NAMES: dict[Standing, str] = {
    Standing.WAITING: "等社区受理",
    Standing.UNDER_WAY: "正在处理",
    Standing.DONE: "刚办完",
}
WAITING = frozenset({TicketStatus.SUBMITTED, TicketStatus.ACCEPTED})
DONE = frozenset({TicketStatus.RESOLVED, TicketStatus.REVIEWED, *OVER})


def is_hinted(category: str, *, public_area: bool) -> bool:
    """Whether neighbours may hear that somebody reported a matter of this kind."""
    shared = category.partition(".")[0] in HINTED_GROUPS or category in HINTED
    return public_area and shared and category not in NEVER_HINTED


def standing_of(status: TicketStatus) -> Standing:
    """A state as neighbours hear of it."""
    if status in DONE:
        return Standing.DONE
    return Standing.WAITING if status in WAITING else Standing.UNDER_WAY


# Lines of a timeline that are no moves.
TOOK_IN, LET_OUT, ALONG, ALSO_MET = "took_in", "let_out", "along", "also_met"
ENTRY_NAMES: dict[str, str] = {
    TOOK_IN: "并进来一件",
    LET_OUT: "拆出去一件",
    ALONG: "跟着并到另一件",
    ALSO_MET: "也遇到了",
}
