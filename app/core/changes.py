"""The change feed, its writing side: which rows that phones may hold have changed, in which order.

Every such row belongs to scopes: a person, what they visit, the homes in their care, a building.
For each scope and row one pointer is kept, with a number that only grows inside its scope. A phone
that remembers the last number it saw asks for what comes after it; the row itself is read then, as
it is then, through the eyes of who asks.

Numbers are taken last in a transaction (`numbering.py`).

An area says in its `feed.py` what phones may hold of it. Changes made by the ORM are noticed; a
bulk update or delete on such a table is refused unless it says that its rows were noted.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import event
from sqlalchemy.orm import (
    ORMExecuteState,
    Session,
    SessionTransaction,
)
from sqlalchemy.orm.attributes import get_history

from app.core import clock, fresh
from app.core.db import Base, WritingSession
from app.core.numbering import Pointers, Scope, in_lots, point

NOTED = {"honglin_noted": True}  # execution options of a bulk statement whose rows were noted


class Lies(NamedTuple):
    """A row lies in a scope, and is held there until the end of a local date (None: for good)."""

    row_id: UUID
    scope: Scope
    until: date | None


class Shown(NamedTuple):
    """A row as one actor may hold it."""

    row: Mapping[str, Any]
    until: date | None


@dataclass(frozen=True)
class Held:
    """One kind of row that phones may hold, as its area declares it.

    `where`: in which scopes these rows lie now. `show`: those of these rows that lie in a scope
    now, as the actor may hold them; what is missing is gone. `also`: rows of this kind that change
    when rows of another kind do.
    """

    kind: str
    where: Callable[[Session, Collection[UUID]], Iterable[Lies]]
    show: Callable[[Session, Any, Scope, Collection[UUID]], Mapping[UUID, Shown]]
    also: Mapping[str, Callable[[Session, Collection[UUID]], Iterable[UUID]]] = field(
        default_factory=dict
    )


Watcher = Callable[[Session, Any], None]
Mine = Callable[[Session, Any], Iterable[UUID]]

HELD: dict[str, Held] = {}
SCOPES: dict[str, Mine] = {}
WATCHERS: defaultdict[type[Base], list[Watcher]] = defaultdict(list)


def hold(held: Held) -> None:
    """Declare a kind of row; declared after the kinds that it changes with."""
    HELD[held.kind] = held


def scope_kind(kind: str, mine: Mine) -> None:
    """Declare a kind of scope: which of them an actor has now."""
    SCOPES[kind] = mine


def watch(model: type[Base]) -> Callable[[Watcher], Watcher]:
    """Have a function called for each row of this model that a flush writes; it notes changes."""

    def add(watcher: Watcher) -> Watcher:
        WATCHERS[model].append(watcher)
        return watcher

    return add


@dataclass
class Pending:
    """What the present transaction has changed so far."""

    rows: defaultdict[str, set[UUID]] = field(default_factory=lambda: defaultdict(set))
    known: dict[tuple[str, UUID], Lies] = field(default_factory=dict)
    left: set[tuple[str, UUID, Scope]] = field(default_factory=set)


def note(session: Session, kind: str, row_ids: Iterable[UUID]) -> None:
    """These rows have changed. Where they lie is looked up when the transaction ends."""
    _pending(session).rows[kind].update(row_ids)


def lies(session: Session, kind: str, place: Lies) -> None:
    """A row has changed that lies in one scope, known here without looking."""
    _pending(session).known[kind, place.row_id] = place


def leave(session: Session, kind: str, row_id: UUID, scope: Scope) -> None:
    """A row may have left a scope in which it lay before."""
    _pending(session).left.add((kind, row_id, scope))


def before(row: Base, attribute: str) -> Iterator[Any]:
    """The values that an attribute had before this flush and has no more."""
    return (value for value in get_history(row, attribute).deleted or () if value is not None)


def _pending(session: Session) -> Pending:
    found: Pending | None = session.info.get("feed")
    if found is None:
        found = session.info["feed"] = Pending()
    return found


@event.listens_for(WritingSession, "after_flush")
def _notice(session: Session, _context: Any) -> None:
    for row in (*session.new, *session.dirty, *session.deleted):
        watchers = WATCHERS.get(type(row), ())
        if watchers and row in session.dirty and not is_changed(session, row):
            continue
        for watcher in watchers:
            watcher(session, row)


@fresh.heard
def _notice_fresh(session: Session, rows: Sequence[Base]) -> None:
    for row in rows:
        for watcher in WATCHERS.get(type(row), ()):
            watcher(session, row)


def is_changed(session: Session, row: Base) -> bool:
    """Whether a column of a row differs; what hangs on the row is no part of it."""
    return session.is_modified(row, include_collections=False)


@event.listens_for(WritingSession, "do_orm_execute")
def _notice_bulk(state: ORMExecuteState) -> None:
    """Rows of a bulk insert are noticed like others. What another bulk statement touches cannot be
    seen from outside: its author notes it, and says so."""
    mapper = state.bind_mapper
    watchers = WATCHERS.get(mapper.class_) if mapper is not None else None
    if mapper is None or not watchers or state.execution_options.get("honglin_noted"):
        return
    if state.is_insert and isinstance(state.parameters, list):
        for row in (mapper.class_(**values) for values in state.parameters):
            for watcher in watchers:
                watcher(state.session, row)
    elif state.is_insert or state.is_update or state.is_delete:
        raise RuntimeError(
            f"a bulk change of {mapper.class_.__name__} that the feed never hears of"
        )


@event.listens_for(WritingSession, "after_soft_rollback")
def _forget(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop("feed", None)


@event.listens_for(WritingSession, "before_commit")
def _write(session: Session) -> None:
    if session.in_nested_transaction():
        return
    session.flush()
    pending: Pending | None = session.info.pop("feed", None)
    if pending is None:
        return
    _carry_over(session, pending)
    point(session, _places(session, pending))


def _carry_over(session: Session, pending: Pending) -> None:
    """Rows that change because others did; kinds are declared in the order in which this runs."""
    for kind, held in HELD.items():
        for cause, affected in held.also.items():
            known = {row_id for at, row_id in pending.known if at == cause}
            if changed := pending.rows.get(cause, set()) | known:
                pending.rows[kind].update(affected(session, changed))


def _places(session: Session, pending: Pending) -> Pointers:
    """Every scope that hears of something, with the rows it hears of."""
    pointers: defaultdict[Scope, dict[tuple[str, UUID], date | None]] = defaultdict(dict)
    for kind, row_id, scope in pending.left:
        pointers[scope][kind, row_id] = clock.today()
    for (kind, row_id), place in pending.known.items():
        if row_id not in pending.rows[kind]:
            pointers[place.scope][kind, row_id] = place.until
    for kind, row_ids in pending.rows.items():
        for batch in in_lots(row_ids):
            for row_id, scope, until in HELD[kind].where(session, batch):
                pointers[scope][kind, row_id] = until
    return pointers
