"""Which categories other systems may report and read: what concerns the public parts of a place.

Left out is what somebody should telephone about, what happens inside a home, and what is between
people: such matters are nobody else's to list.
"""

from dataclasses import dataclass

from app.tickets.rules import GROUP_NAMES, OVER, STATUS_NAMES, Category, TicketStatus
from app.tickets.rules.catalogue import Catalogue

GROUPS = frozenset({"facility", "environment", "order", "inquiry", "suggestion"})
ALSO = frozenset({"violation.illegal_build"})

SPOT, PLACE = "spot", "place"
LONGEST_SPOT = 40


@dataclass(frozen=True, slots=True)
class Service:
    """One line of the service list."""

    code: str
    name: str
    group: str


def offered(held: Catalogue) -> dict[str, Service]:
    """The services by their code, in the order of the table of categories."""
    return {
        one.code: Service(one.code, one.name, GROUP_NAMES[one.group])
        for one in held.offered()
        if is_public(one)
    }


def readable(held: Catalogue) -> list[str]:
    """The codes of what may be read: also what is not on offer any more."""
    return [one.code for one, _ in held.all() if is_public(one)]


def is_public(category: Category) -> bool:
    return category.group in GROUPS or category.code in ALSO


def is_open(status: TicketStatus) -> bool:
    """The standard knows two states only."""
    return status not in OVER


def statuses(words: set[str]) -> list[TicketStatus]:
    """Our states behind the standard's words."""
    return [one for one in STATUS_NAMES if ("open" if is_open(one) else "closed") in words]
