"""What every process keeps in memory because it hardly ever changes: the calendar, the categories
of a district. A row says which version of each is in force; each process asks for these numbers at
most once a second and reads anew only what has changed, so that using it costs nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from flask import Flask, current_app
from sqlalchemy import String, event, select
from sqlalchemy.orm import Mapped, ORMExecuteState, Session, mapped_column

from app.core.db import Base, WritingSession, reading
from app.core.prepared import Prepared
from app.core.upsert import Upsert

EVERY_SECONDS = 1.0
MOST_READ = 20_000
SETTLED_SECONDS = 5.0  # by then every process has heard of a change
NEVER = float("-inf")


class KnownVersion(Base):
    """How often one of these things has changed."""

    __tablename__ = "known_version"

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    version: Mapped[int]


VERSIONS = Prepared(select(KnownVersion.name, KnownVersion.version))
COUNT = Upsert(
    KnownVersion.__table__,
    lambda insert: insert.on_conflict_do_update(
        index_elements=["name"], set_={"version": KnownVersion.version + 1}
    ),
)
Loader = Callable[[Session], Any]
LOADERS: dict[str, Loader] = {}
FOLLOWED: dict[type[Base], str] = {}


@dataclass
class _Kept:
    """What this process knows, and when it last asked whether that is still so."""

    asked: float = NEVER
    versions: dict[str, int] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)


def loads(name: str) -> Callable[[Loader], Loader]:
    """Have a function read the thing of this name whenever its version has changed."""

    def add(loader: Loader) -> Loader:
        LOADERS[name] = loader
        return loader

    return add


def refresh(session: Session, *, at_once: bool = False) -> None:
    """See whether anything has changed; unless at once, not if that was asked a moment ago."""
    kept, now = _kept(), monotonic()
    if now - kept.asked < EVERY_SECONDS and not at_once:
        return
    versions = {row.name: row.version for row in VERSIONS.all(session, {})}
    for name, load in LOADERS.items():
        if name not in kept.values or kept.versions.get(name) != versions.get(name):
            kept.values[name] = load(session)
    kept.versions = versions
    kept.asked = now  # last: another thread that looks meanwhile loads for itself


def changes_now(session: Session) -> bool:
    """Whether the present transaction changes something that is known: then it looks for itself."""
    return bool(session.info.get("known_changed"))


def get(name: str) -> Any:
    """The thing of this name, as this process knows it. A request has asked at its beginning; the
    worker, and whoever has just changed something, ask here."""
    kept = _kept()
    if monotonic() - kept.asked >= EVERY_SECONDS:
        with reading() as session:
            refresh(session)
    return kept.values[name]


def nothing_yet(_session: Session) -> dict[object, Any]:
    """What a thing begins with that is filled by `once`, and thrown away when anything changes."""
    return {}


def once(session: Session, name: str, asked: object, read: Callable[[], Any]) -> Any:
    """What is read of a thing, the first time it is asked for. The session writes, so that what it
    reads is no older than what the process knows, or reads what stands in `asked` for one state."""
    if changes_now(session):
        return read()
    kept = get(name)
    if asked not in kept:
        if len(kept) >= MOST_READ:
            kept.clear()
        kept[asked] = read()
    return kept[asked]


def changed(session: Session, name: str) -> None:
    """The thing of this name changes with the present transaction."""
    COUNT.run(session, [{"name": name, "version": 1}])
    session.info["known_changed"] = True


def follows(name: str, *models: type[Base]) -> None:
    """The thing of this name is made of these tables: it changes with every row of theirs."""
    FOLLOWED.update(dict.fromkeys(models, name))


@event.listens_for(WritingSession, "after_flush")
def _notice(session: Session, _context: Any) -> None:
    rows = (*session.new, *session.dirty, *session.deleted)
    for name in {FOLLOWED[type(row)] for row in rows if type(row) in FOLLOWED}:
        changed(session, name)


@event.listens_for(WritingSession, "do_orm_execute")
def _notice_bulk(state: ORMExecuteState) -> None:
    mapper = None if state.is_select else state.bind_mapper
    if mapper is not None and mapper.class_ in FOLLOWED:
        changed(state.session, FOLLOWED[mapper.class_])


def forget(app: Flask) -> None:
    """Know nothing any more, as a process that has just begun."""
    app.extensions["known"] = _Kept()


@event.listens_for(WritingSession, "after_commit")
def _ask_again(session: Session) -> None:
    if session.info.pop("known_changed", False):
        _kept().asked = NEVER


def _kept() -> _Kept:
    extensions = current_app.extensions
    found: _Kept = extensions.get("known") or extensions.setdefault("known", _Kept())
    return found
