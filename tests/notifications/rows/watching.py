"""Everybody in a seat, with a telephone each, and strangers; and what each of them was told."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.core import changes, clock
from app.core.outbox import OutboxRow
from app.identity.models import Person
from app.identity.rules import Role
from app.notifications.models import InboxItem, TellingChoice
from app.notifications.queries import unread_items
from app.notifications.rules.table import ROWS
from app.notifications.rules.telling import URGENCY, Kind, Pressing, Tell
from app.notifications.rules.tickets import pressed
from tests.factories import tickets
from tests.factories.identity import stored
from tests.factories.notifications import subscription
from tests.factories.tickets import Neighbourhood, join

Told = list[tuple[str, str, str]]  # who, in which words, and how it reached them
ANY_HOUR = "at any hour"


@dataclass
class Street:
    """Two communities: this one, and one that nothing of it concerns. Of the company there are a
    dispatcher, a second one (`desk`) and a fitter, who is in no seat."""

    session: Session
    here: Neighbourhood
    there: Neighbourhood
    names: dict[UUID, str] = field(default_factory=dict)
    neighbour_met_it: bool = False
    urgent: bool = False

    def meet(self, **people: Person) -> None:
        """These have a telephone, too."""
        for name, who in people.items():
            self.names[who.id] = name
            subscription(self.session, who)

    def meet_all(self) -> None:
        """So has everybody who has come to live here, or there, since."""
        everybody = self.here.people | {
            f"{word} elsewhere": who for word, who in self.there.people.items()
        }
        self.meet(**{word: who for word, who in everybody.items() if who.id not in self.names})

    def wish_for_the_inbox_alone(self) -> None:
        """Nobody wants to be rung for anything."""
        most = {kind.value: Pressing.INBOX.value for kind in Kind}
        wished = [TellingChoice(person_id=one, most=most) for one in self.names]
        stored(self.session, *wished)

    def quiet(self) -> None:
        """What was told until now is read, and has rung."""
        self.session.flush()
        read = update(InboxItem).where(InboxItem.read_at.is_(None)).values(read_at=clock.now())
        self.session.execute(read, execution_options=changes.NOTED)
        self.session.execute(delete(OutboxRow).where(OutboxRow.kind == "push"))
        self.session.expire_all()

    def told(self) -> Told:
        """All that anybody has been told since all was quiet."""
        self.session.flush()
        asked = select(OutboxRow.payload).where(OutboxRow.kind == "push")
        rung = {row["item_id"]: row for row in self.session.scalars(asked)}
        unread = select(InboxItem).where(InboxItem.read_at.is_(None))
        items = self.session.scalars(unread).all()
        told = [(self.names[one.person_id], one.title) for one in items if self._is_dropped(one)]
        assert not told, "the worker would ring nobody for these"
        return sorted(
            (self.names[item.person_id], item.title, _reached(item, rung.get(str(item.id))))
            for item in items
        )

    def _is_dropped(self, item: InboxItem) -> bool:
        """Whether it is no longer true for the worker, in the moment in which it was told. What is
        asked of visits may be answered by somebody else, and is looked at where that is."""
        return item.kind is not Kind.VISIT_TODO and not unread_items(self.session, [item.id])


def _reached(item: InboxItem, rung: Mapping[str, Any] | None) -> str:
    """How it reaches its owner, read from the rows that were written."""
    if rung is None:
        return "inbox" if item.digest_at is None else "digest"
    assert item.digest_at is None
    pressing = "emergency" if rung["urgency"] == URGENCY[Pressing.EMERGENCY] else "today"
    return f"{pressing} {ANY_HOUR}" if rung["at_any_hour"] else pressing


def by_day(line: Tell) -> str:
    """How a line reaches people who have chosen nothing, on a working morning."""
    return f"{line.pressing} {ANY_HOUR}" if line.at_any_hour else str(line.pressing)


def by_night(line: Tell) -> str:
    """At night only what comes at any hour rings; all else that would ring waits for morning."""
    waits = line.rings and not line.at_any_hour
    return "digest" if waits else by_day(line)


def as_it_stands(line: Tell) -> Tell:
    return line


def urgently(line: Tell) -> Tell:
    """As a line of a ticket is told where that is an emergency."""
    [one] = pressed([line])
    return one


def unwished(line: Tell) -> str:
    """Somebody who wants the inbox alone is rung for emergencies, and for nothing else."""
    urgent = line.at_any_hour or line.pressing is Pressing.EMERGENCY
    return by_day(line) if urgent else "inbox"


def street(session: Session) -> Street:
    """Everybody of a ticket, and everybody of another community."""
    made = Street(session, tickets.neighbourhood(session), tickets.neighbourhood(session))
    join(session, made.here, "desk", "property", role=Role.DISPATCHER)
    join(session, made.here, "fitter", "property")
    join(session, made.here, "neighbour", "volunteer")
    made.meet_all()
    return made


Act = Callable[[Any], object]
Seats = Mapping[str, str]


@dataclass(frozen=True)
class Case:
    """One fact as it really happens. `seats`: who sits in the seat of each of its rows, without who
    did it. `besides`: other facts that come with it, and who sits there."""

    name: str
    act: Act
    seats: Seats
    besides: Mapping[str, Seats] = field(default_factory=dict)

    def expected(
        self, how: Callable[[Tell], str] = by_day, spoken: Callable[[Tell], Tell] = as_it_stands
    ) -> Told:
        """All that is said, to these people and to nobody else."""
        facts = {self.name: self.seats, **self.besides}
        return sorted(
            (who, line.title, how(line))
            for name, seats in facts.items()
            for who, line in _heard(name, seats, spoken).items()
        )


def _heard(name: str, seats: Seats, spoken: Callable[[Tell], Tell]) -> dict[str, Tell]:
    """The line that each of them hears: in two seats, the first of them."""
    rows = {str(row.line.seat): row.line for row in ROWS if f"{row.event}.{row.case}" == name}
    assert set(rows) == set(seats), "every row says who sits there"
    heard: dict[str, Tell] = {}
    for seat, line in rows.items():
        for who in seats[seat].split():
            heard.setdefault(who, spoken(line))
    return heard


class Cases(dict[str, Case]):
    """Cases by what a test calls them: `Fact.case`, and what is particular about it."""

    def tells(
        self,
        name: str,
        so: str = "",
        besides: Mapping[str, Seats] | None = None,
        **seats: str,
    ) -> Callable[[Act], Act]:
        """Have a function do what the rows of this name tell of."""

        def add(act: Act) -> Act:
            title = f"{name} {so}".strip()
            assert title not in self
            self[title] = Case(name, act, seats, besides or {})
            return act

        return add
