"""A person's calendar, brought up to date when it is read: only so is SEQUENCE about what a reader
can have seen. Nothing is written where nothing has changed."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app.calendars import queries
from app.calendars.models import CalendarEntry
from app.calendars.rules.entries import Entry, Said, changed, shown
from app.calendars.service.gathering import coming
from app.core import clock
from app.core.db import transaction
from app.core.upsert import Upsert
from app.identity.actor import Actor

KEEP = Upsert(
    CalendarEntry.__table__,
    lambda insert: insert.on_conflict_do_update(
        index_elements=["person_id", "key"],
        set_={
            name: insert.excluded[name] for name in ("said", "ends_at", "sequence", "changed_at")
        },
    ),
)


def up_to_date(session: Session, actor: Actor) -> dict[str, Entry]:
    """The entries that are shown now, by their keys."""
    said = coming(session, actor)
    found = _known(session, actor.id)
    if changed(found, said, clock.now()):
        found = _bring_up(actor.id, said)
    now = clock.now()
    return {key: entry for key, entry in found.items() if shown(entry, now)}


def _bring_up(person_id: UUID, said: dict[str, Said]) -> dict[str, Entry]:
    """Two readers at once: the second looks at what the first has written."""
    with transaction() as session:
        addresses = queries.addresses_of(person_id).with_for_update()
        if not session.scalars(addresses).all():
            return {}  # revoked just now
        known = _known(session, person_id)
        news = changed(known, said, clock.now())
        if news:
            KEEP.run(session, [_row(person_id, key, entry) for key, entry in news.items()])
    return known | news


def _known(session: Session, person_id: UUID) -> dict[str, Entry]:
    return {
        row.key: Entry(Said.of_json(row.said), row.sequence, row.changed_at)
        for row in session.scalars(queries.entries_of(person_id))
    }


def _row(person_id: UUID, key: str, entry: Entry) -> dict[str, Any]:
    return {
        "person_id": person_id,
        "key": key,
        "said": entry.said.as_json(),
        "ends_at": entry.said.end,
        "sequence": entry.sequence,
        "changed_at": entry.changed_at,
    }
