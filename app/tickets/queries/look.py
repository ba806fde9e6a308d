"""One look at a list: in which order it runs, and how far to look before asking an index."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, case, not_, or_, tuple_

from app.tickets.models import Ticket
from app.tickets.queries import narrow
from app.tickets.queries.asked import Asked, Sort
from app.tickets.queries.pieces import states_of, unseen
from app.tickets.queries.visible import Ground
from app.tickets.rules.queues import STILL_OPEN

AT, ID = "after_at", "after_id"
Grounds = tuple[Ground, ...]
Key = tuple[str, Any, bool]  # a name, a column, and whether the latest comes first
# A piece that is walked by due says beside it that it has a time, so that its index is seen.
HAS_TIME = (unseen(Ticket.due_at.is_not(None)), unseen(Ticket.status.in_(STILL_OPEN)))
TIMED = and_(*HAS_TIME)


@dataclass(frozen=True)
class Leg:
    """A stretch of a list in one order: by a moment, latest or soonest first."""

    by: str
    latest: bool = True
    only: ColumnElement[bool] | None = None
    few: bool = False

    @property
    def column(self) -> Any:
        return getattr(Ticket, self.by)

    @property
    def keys(self) -> tuple[Key, ...]:
        """By what it is sorted, each under a name."""
        return ("at", self.column, self.latest), ("id", Ticket.id, self.latest)

    @property
    def order(self) -> list[Any]:
        return self.order_of({name: column for name, column, _ in self.keys})

    def order_of(self, columns: Mapping[str, Any]) -> list[Any]:
        """The order, by columns that have the names of the keys."""
        return [columns[name].desc() if latest else columns[name] for name, _, latest in self.keys]

    @property
    def beyond(self) -> ColumnElement[bool]:
        """Behind the ticket that the parameters name."""
        here = tuple_(self.column, Ticket.id)
        last = tuple_(bindparam(AT, type_=self.column.type), bindparam(ID, type_=Ticket.id.type))
        return here < last if self.latest else here > last


@dataclass(frozen=True)
class Both(Leg):
    """Both stretches of a list by due in one, for what is all looked at anyway."""

    @property
    def keys(self) -> tuple[Key, ...]:
        return (
            ("leg", case((TIMED, 0), else_=1), False),
            ("due", case((TIMED, Ticket.due_at)), False),
            ("up", case((TIMED, Ticket.id)), False),
            ("at", Ticket.moved_at, True),
            ("id", Ticket.id, True),
        )

    @property
    def beyond(self) -> ColumnElement[bool]:
        return or_(not_(TIMED), super().beyond)


# By due: what has a time to keep, soonest first; then the rest.
LEGS: Mapping[Sort, tuple[Leg, ...]] = {
    Sort.MOVED: (Leg("moved_at"),),
    Sort.CREATED: (Leg("created_at"),),
    Sort.DUE: (
        Leg("due_at", latest=False, only=TIMED, few=True),
        Leg("moved_at", only=not_(TIMED)),
    ),
}
BOTH = Both("due_at", latest=False)


def leg_of(sort: Sort, row: Any) -> int:
    """In which leg of its order a ticket stands."""
    return int(sort is Sort.DUE and (row.due_at is None or row.status not in STILL_OPEN))


@dataclass(frozen=True)
class Look:
    """One look at one leg of a list; as long as two are equal, the same statement serves both."""

    mine: Grounds
    asked: Asked
    leg: Leg
    goes_on: bool
    most: int
    dialect: str

    @property
    def indexed(self) -> bool:
        """Whether the full-text index knows anything of what is asked."""
        return bool(self.asked.needles or narrow.tagged(self.asked))

    @property
    def at_hand(self) -> bool:
        """Whether all that is asked stands in the index of the order: looking near by is cheap."""
        others = replace(self.asked, categories=())
        in_order = self.leg.by == "moved_at" or self.leg.few
        return not (others.needles or narrow.tagged(others)) and in_order

    @property
    def ranged(self) -> bool:
        """Whether its days are a stretch of its order."""
        return self.asked.dated and self.leg.by == "created_at"

    @property
    def bounded(self) -> bool:
        """Whether there is another way than looking through all of it."""
        states = states_of(self.asked)
        few = self.leg.few or (bool(states) and all(one in STILL_OPEN for one in states))
        return not few and (self.indexed or (self.asked.dated and not self.ranged))

    @property
    def of_both(self) -> "Look":
        """The same at this leg and all that follow it."""
        return replace(self, leg=BOTH) if self.leg.few else self

    @property
    def shared(self) -> list[ColumnElement[bool]]:
        """What is asked of every ticket of this leg."""
        found = narrow.conditions(self.asked)
        if self.leg.only is not None:
            found.append(self.leg.only)
        if self.goes_on:
            found.append(self.leg.beyond)
        return found
