"""The clocks of a ticket, told from its history. Pure: the same history gives the same clocks.

The community's desk has a clock until the ticket is passed on. Whoever leads has one each for
taking it on, being there, containing it and finishing; whoever helps has one for their part. A
clock starts when the ticket is given, stops only while an approved suspension stands, rests while
finished work lies with others, and goes on where it was when that work comes back.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

from app.core.clock import LOCAL
from app.tickets.rules.catalogue import NATIONAL, Catalogue
from app.tickets.rules.clock import Clock, Holder, Pause
from app.tickets.rules.guards import FARTHEST, needs_approval
from app.tickets.rules.times import ClockKind, Limit, Unit, only
from app.tickets.rules.words import Verb
from app.tickets.rules.worktime import NOTHING

NONE = only("")  # not timed at present


@dataclass(frozen=True, slots=True)
class Step:
    """One move, with what of it matters to clocks. `to` is given the ticket (or has finished its
    part), `until` ends a suspension, `pending` says whether that waited for approval, `due_on` is a
    resolution's deadline. `volunteers` are asked, not ordered: no time runs before they have taken
    it on, and none for their help."""

    verb: Verb
    at: datetime
    to: UUID | None = None
    helpers: tuple[UUID, ...] = ()
    volunteers: frozenset[UUID] = frozenset()
    category: str | None = None
    until: date | None = None
    pending: bool | None = None  # None where it was not written down yet
    due_on: date | None = None


@dataclass
class _Book:
    """The clocks of one ticket as its history is read."""

    category: str
    catalogue: Catalogue
    clocks: list[Clock] = field(default_factory=list)
    given: Step | None = None  # who leads now, and since when
    asked: Step | None = None  # a suspension that waits for approval
    finished: list[Clock] = field(default_factory=list)  # what ended as the work was done
    joined: list[Clock] = field(default_factory=list)  # what ended as another ticket took it in

    def start(
        self, step: Step, holder: Holder, org: UUID | None, kind: ClockKind, limit: Limit
    ) -> None:
        number = len(self.clocks)
        begun = Clock(number, holder, org, kind, limit, step.verb, step.at, self.category)
        self.clocks.append(begun)

    def open(
        self, *holders: Holder, kind: ClockKind | None = None, org: UUID | None = None
    ) -> list[Clock]:
        """Those that have not ended."""
        return [
            one
            for one in self.clocks
            if one.ended_at is None
            and (not holders or one.holder in holders)
            and kind in (None, one.kind)
            and org in (None, one.organisation_id)
        ]

    def to_desk(self, step: Step) -> None:
        limit = self.catalogue.desk(self.category)
        self.start(step, Holder.COMMUNITY, None, ClockKind.ACCEPT, limit)

    def give(self, step: Step) -> None:
        """To those that lead and help now, in place of those before."""
        end(self.open(Holder.COMMUNITY), step.at, met=True)
        end(self.open(Holder.LEAD, Holder.CO), step.at)
        self.given = step
        if step.to not in step.volunteers:
            self.time_the_lead(step)
        for helper in step.helpers:
            if helper not in step.volunteers:
                part = self.catalogue.times(self.category).resolve
                self.start(step, Holder.CO, helper, ClockKind.RESOLVE, part)

    def time_the_lead(self, step: Step) -> None:
        """From this move on the lead's times run; a resolution has set its own for the end."""
        given = self.given or step
        limits = self.catalogue.times(self.category, given.to).limits()
        for kind in self.catalogue.kinds(self.category, given.to):
            limit = limits.get(kind, NONE)
            if kind is ClockKind.RESOLVE and given.due_on:
                limit = until_end_of(given.due_on, step.at)
            self.start(step, Holder.LEAD, given.to, kind, limit)
            if kind is ClockKind.RESOLVE:
                self.clocks[-1].due_on = given.due_on

    def pause(self, start: datetime, until: date) -> None:
        stop = end_of(until, start)
        if start < stop:
            for one in self.open(Holder.LEAD, Holder.CO):
                one.pauses.append(Pause(start, stop))

    def go_on(self, at: datetime) -> None:
        """The suspension is over; it may have run out by itself before."""
        self.asked = None
        for one in self.open(Holder.LEAD, Holder.CO):
            if one.pauses and one.pauses[-1].end > at:
                one.pauses[-1].end = at

    def settled(self) -> list[Clock]:
        """What has ended is judged by the times that held then; what was not timed is left out."""
        if self.catalogue is not NATIONAL:
            for one in self.clocks:
                if one.ended_at is not None and one.due_on is None:
                    one.limit = self._limit_at(one, one.ended_at) or NONE
        return [one for one in self.clocks if one.limit is not NONE]

    def _limit_at(self, one: Clock, at: datetime) -> Limit | None:
        if one.holder is Holder.COMMUNITY:
            return self.catalogue.desk(one.category, at)
        lead = one.organisation_id if one.holder is Holder.LEAD else None
        return self.catalogue.limit(one.category, one.kind, lead, at)


def end(clocks: Iterable[Clock], at: datetime, *, met: bool = False) -> None:
    """These have done what they were for, or nobody is held to them any more."""
    for one in clocks:
        one.ended_at, one.met = at, met


def end_of(day: date, start: datetime) -> datetime:
    """Midnight after a local date, which is nobody's distant future."""
    day = min(day, start.astimezone(LOCAL).date() + FARTHEST)
    return datetime.combine(day + timedelta(days=1), time(), LOCAL)


def until_end_of(day: date, start: datetime) -> Limit:
    left = max(end_of(day, start) - start, NOTHING)
    return Limit(int(left / timedelta(minutes=1)), Unit.MINUTE)


def _submit(book: _Book, step: Step) -> None:
    book.category = step.category or book.category
    if step.to:
        book.give(step)
    else:
        book.to_desk(step)


def _accept(book: _Book, step: Step) -> None:
    book.category = step.category or book.category
    if step.to:
        book.give(step)
    elif not book.open(Holder.COMMUNITY):  # it had been rejected
        book.to_desk(step)


def _answered(book: _Book, step: Step) -> None:
    end(book.open(), step.at, met=True)


def _withdraw(book: _Book, step: Step) -> None:
    end(book.open(), step.at)


def _return(book: _Book, step: Step) -> None:
    end(book.open(), step.at)
    book.to_desk(step)


def _met(kind: ClockKind) -> "Act":
    def act(book: _Book, step: Step) -> None:
        end(book.open(Holder.LEAD, kind=kind), step.at, met=True)

    return act


def _start(book: _Book, step: Step) -> None:
    given = book.given
    if given and given.to in given.volunteers:
        book.time_the_lead(step)
    end(book.open(Holder.LEAD, kind=ClockKind.ACCEPT), step.at, met=True)


def _suspend(book: _Book, step: Step) -> None:
    if step.until is None:
        return
    pending = step.pending
    if pending is None:
        pending = needs_approval(step.at.astimezone(LOCAL).date(), step.until)
    if pending:
        book.asked = step
    else:
        book.pause(step.at, step.until)


def _approve(book: _Book, step: Step) -> None:
    if book.asked and book.asked.until:
        book.pause(step.at, book.asked.until)
    book.asked = None


def _go_on(book: _Book, step: Step) -> None:
    book.go_on(step.at)


def _arbitrate(book: _Book, step: Step) -> None:
    book.go_on(step.at)
    book.give(step)


def _finish_part(book: _Book, step: Step) -> None:
    end(book.open(Holder.CO, org=step.to), step.at, met=True)


def _resolve(book: _Book, step: Step) -> None:
    book.finished = book.open(Holder.LEAD, Holder.CO, kind=ClockKind.RESOLVE)
    end(book.open(Holder.LEAD), step.at, met=True)
    end(book.open(Holder.CO), step.at)


def _come_back(book: _Book, step: Step) -> None:
    """Work that was finished is to be done again, on the clocks that ended with it."""
    go_on(book.finished, step.at)
    book.finished = []


def _join(book: _Book, step: Step) -> None:
    """Another ticket's clocks run for it now: these end, and say nothing of anybody."""
    book.go_on(step.at)
    book.joined = book.open()
    end(book.joined, step.at)


def _take_apart(book: _Book, step: Step) -> None:
    go_on(book.joined, step.at)
    book.joined = []


def go_on(clocks: Iterable[Clock], at: datetime) -> None:
    """These run again, and what lies between does not count."""
    for one in clocks:
        one.pauses.append(Pause(one.ended_at or at, at, rest=True))
        one.ended_at, one.met = None, False


Act = Callable[[_Book, Step], None]

ON: dict[Verb, Act] = {
    Verb.SUBMIT: _submit,
    Verb.ACCEPT: _accept,
    Verb.REJECT: _answered,
    Verb.WITHDRAW: _withdraw,
    Verb.DISPATCH: _Book.give,
    Verb.CONCLUDE: _Book.give,
    Verb.ARBITRATE: _arbitrate,
    Verb.START: _start,
    Verb.ARRIVE: _met(ClockKind.ARRIVE),
    Verb.CONTAIN: _met(ClockKind.CONTAIN),
    Verb.RETURN: _return,
    Verb.SUSPEND: _suspend,
    Verb.APPROVE_SUSPENSION: _approve,
    Verb.RESUME: _go_on,
    Verb.DELIBERATE: _go_on,
    Verb.FINISH_PART: _finish_part,
    Verb.RESOLVE: _resolve,
    Verb.SEND_BACK: _come_back,
    Verb.REOPEN: _come_back,
    Verb.JOIN: _join,
    Verb.TAKE_APART: _take_apart,
}


def replay(steps: Sequence[Step], category: str, catalogue: Catalogue = NATIONAL) -> list[Clock]:
    """The clocks after these moves. `category` is for a history that does not say its own."""
    book = _Book(category, catalogue)
    for step in steps:
        act = ON.get(step.verb)
        if act:
            act(book, step)
    return book.settled()


def next_due(clocks: Iterable[Clock]) -> tuple[datetime | None, datetime | None]:
    """When the ticket is due next, and when to be reminded of it: by the clocks of those in whose
    hands it is, helpers aside."""
    running = [one for one in clocks if one.runs and one.holder is not Holder.CO]
    if not running:
        return None, None
    return min(one.due_at for one in running), min(one.warn_at for one in running)
