"""Pulling changes, and what goes with it: the generation, a phone's word about itself."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from itsdangerous import BadSignature, Signer
from sqlalchemy import update
from sqlalchemy.orm import Session

from app.core import changes, clock
from app.core.changes import HELD
from app.core.db import transaction
from app.core.keys import keys
from app.core.numbering import Scope
from app.identity.actor import Actor
from app.sync import queries
from app.sync.models import DeviceReport, Generation
from app.sync.queries import Stand
from app.sync.rules import Cursor, Place


@dataclass
class Page:
    """An answer while it is put together. `room` counts the changes that still fit."""

    session: Session
    actor: Actor
    room: int
    places: dict[int, Place] = field(default_factory=dict)
    scopes: list[dict[str, Any]] = field(default_factory=list)
    more: bool = False


def pull(session: Session, actor: Actor, token: str | None, limit: int) -> dict[str, Any]:
    """What changed for the actor since a cursor, and the cursor to come back with.

    A cursor that is not of this generation, or has seen more than this database, means that the
    server came back from a backup (or lost its keys): the phone then starts from nothing and is
    asked to offer again what it has sent.
    """
    generation = queries.generation(session) or renew(None)
    cursor = _read(token)
    stands = queries.stands(session, actor)
    if cursor and cursor.generation == generation and _ahead(session, cursor, stands):
        generation = renew(generation)
    known = cursor.places if cursor and cursor.generation == generation else {}
    page = Page(session, actor, limit)
    for stand in stands:
        _read_scope(page, stand, known.get(stand.id))
    return {
        "generation": generation,
        "offer_again": bool(token) and (cursor is None or cursor.generation != generation),
        "cursor": _sign(Cursor(generation, page.places)),
        "more": page.more,
        "server_time": clock.now(),
        "lost": sorted(set(known) - {stand.id for stand in stands}),
        "scopes": page.scopes,
    }


def renew(old: UUID | None) -> UUID:
    """A new generation in place of the old one, in a transaction of its own; of several who do
    this at once, one does it for all. None: whatever stands there now."""
    with transaction() as session:
        present = session.get(Generation, 1)
        if present is None:
            present = Generation(id=1)
            session.add(present)
            session.flush()
        elif old is not None:
            session.execute(
                update(Generation)
                .where(Generation.id == 1, Generation.value == old)
                .values(value=uuid4(), since=clock.now())
            )
            session.refresh(present)
        return present.value


def report(session: Session, actor: Actor, said: dict[str, Any]) -> None:
    """A phone says what still lies on it."""
    present = session.get(DeviceReport, actor.device_id)
    if present is None:
        present = DeviceReport(device_id=actor.device_id, person_id=actor.id, **said)
        session.add(present)
    for name, value in said.items():
        setattr(present, name, value)
    present.reported_at = clock.now()


def _read_scope(page: Page, stand: Stand, known: Place | None) -> None:
    """Add what is new in one scope, as far as there is room."""
    fresh = known is None or not known.covers(stand.floor)
    place = Place(0, stand.floor) if fresh or known is None else known
    if not fresh and place.seq >= stand.seq:
        page.places[stand.id] = place
        return
    if page.room <= 0:
        page.more = True
        if known is not None and not fresh:
            page.places[stand.id] = known
        return
    found = queries.pointers(page.session, stand.id, place.seq, page.room, fresh=fresh)
    last = found[-1].seq if found else 0
    if len(found) < page.room:
        last = max(last, stand.seq)  # all that was there when we looked at the counter
    else:
        page.more = True
    page.room -= len(found)
    page.places[stand.id] = Place(last, place.base)
    page.scopes.append(_shown(page, stand, fresh, [(row.kind, row.row_id) for row in found]))


def _shown(
    page: Page, stand: Stand, fresh: bool, found: Iterable[tuple[str, UUID]]
) -> dict[str, Any]:
    by_kind: defaultdict[str, list[UUID]] = defaultdict(list)
    for kind, row_id in found:
        by_kind[kind].append(row_id)
    rows: list[dict[str, Any]] = []
    gone: list[dict[str, Any]] = []
    for kind, ids in by_kind.items():
        held = _held(page, stand.scope, kind, ids)
        rows += [
            {"kind": kind, "id": row_id, "until": shown.until, "row": shown.row}
            for row_id, shown in held.items()
        ]
        gone += [{"kind": kind, "id": row_id} for row_id in ids if row_id not in held]
    return {"id": stand.id, "fresh": fresh, "rows": rows, "gone": [] if fresh else gone}


def _held(page: Page, scope: Scope, kind: str, ids: list[UUID]) -> dict[UUID, changes.Shown]:
    today = clock.today()
    shown = HELD[kind].show(page.session, page.actor, scope, ids)
    return {row_id: one for row_id, one in shown.items() if one.until is None or one.until >= today}


def _signer() -> Signer:
    return Signer(keys().secret, salt="sync cursor", sep="~")


def _sign(cursor: Cursor) -> str:
    return _signer().sign(cursor.text()).decode()


def _read(token: str | None) -> Cursor | None:
    """The cursor of a phone. None if there is none, or it was signed with other keys."""
    if not token:
        return None
    try:
        return Cursor.read(_signer().unsign(token).decode())
    except (BadSignature, ValueError):
        return None


def _ahead(session: Session, cursor: Cursor, stands: Iterable[Stand]) -> bool:
    """Whether a phone has seen numbers that this database never gave out. Only scopes that it has
    lost since are looked up: this is asked with each poll."""
    last = {stand.id: stand.seq for stand in stands}
    lost = cursor.places.keys() - last.keys()
    if lost:
        last |= queries.last_numbers(session, lost)
    return any(place.seq > last.get(number, 0) for number, place in cursor.places.items())
