"""Everybody in a seat, with a telephone each, and strangers; and what each of them was told."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.core import changes, clock
from app.core.outbox import OutboxRow
from app.identity.models import Person
from app.identity.rules import Role
from app.notifications.models import InboxItem
from app.notifications.rules.table import ROWS
from app.notifications.rules.telling import Pressing
from tests.factories import tickets
from tests.factories.notifications import subscription
from tests.factories.tickets import Neighbourhood, join

Told = dict[str, tuple[str, str]]  # words by who was told, and how pressing it was


@dataclass
class Street:
    """Two communities: this one, and one that nothing of it concerns. Of the company there are a
    dispatcher, a second one (`desk`) and a fitter, who is in no seat."""

    session: Session
    here: Neighbourhood
    names: dict[UUID, str] = field(default_factory=dict)
    neighbour_met_it: bool = False

    def meet(self, **people: Person) -> None:
        """These have a telephone, too."""
        for name, who in people.items():
            self.names[who.id] = name
            subscription(self.session, who)

    def quiet(self) -> None:
        """What was told until now is read, and has rung."""
        self.session.flush()
        read = update(InboxItem).where(InboxItem.read_at.is_(None)).values(read_at=clock.now())
        self.session.execute(read, execution_options=changes.NOTED)
        self.session.execute(delete(OutboxRow).where(OutboxRow.kind == "push"))
        self.session.expire_all()

    def told(self, about: UUID) -> Told:
        """Who has been told what about this, since all was quiet."""
        self.session.flush()
        asked = select(OutboxRow.payload).where(OutboxRow.kind == "push")
        rung = {row["item_id"]: row["urgency"] for row in self.session.scalars(asked)}
        unread = select(InboxItem).where(InboxItem.read_at.is_(None), InboxItem.about == about)
        return {
            self.names[item.person_id]: (item.title, _pressing(item, rung))
            for item in self.session.scalars(unread)
        }


def _pressing(item: InboxItem, rung: dict[str, str]) -> str:
    """How it reaches its owner, read from the rows that were written."""
    if str(item.id) in rung:
        assert item.digest_at is None
        return {"high": "emergency", "normal": "today"}[rung[str(item.id)]]
    return "inbox" if item.digest_at is None else "digest"


def street(session: Session) -> Street:
    """Everybody of a ticket, and everybody of another community."""
    here, there = tickets.neighbourhood(session), tickets.neighbourhood(session)
    made = Street(session, here)
    join(session, here, "desk", "property", role=Role.DISPATCHER)
    join(session, here, "fitter", "property")
    join(session, here, "neighbour", "volunteer")
    made.meet(**here.people)
    made.meet(**{f"{word} elsewhere": who for word, who in there.people.items()})
    return made


Act = Callable[[Any], UUID]


@dataclass(frozen=True)
class Case:
    """One fact as it really happens: `act` does it, and gives what it is about. `seats`: who sits
    in the seat of each row, without who did it."""

    act: Act
    seats: dict[str, str]

    def expected(self, name: str) -> Told:
        """What the rows of this case say to these people, and to nobody else."""
        rows = {str(row.line.seat): row.line for row in ROWS if f"{row.event}.{row.case}" == name}
        assert set(rows) == set(self.seats), "every row says who sits there"
        found: Told = {}
        for seat, line in rows.items():
            for word in self.seats[seat].split():
                found.setdefault(word, (line.title, Pressing(line.pressing).value))
        return found


class Cases(dict[str, Case]):
    """Cases by the name of their rows, `Fact.case`."""

    def tells(self, name: str, **seats: str) -> Callable[[Act], Act]:
        """Have a function do what the rows of this name tell of."""

        def add(act: Act) -> Act:
            assert name not in self
            self[name] = Case(act, seats)
            return act

        return add
