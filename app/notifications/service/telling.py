"""Telling: one inbox item for each person who hears a line, and a ring for each of their devices.

Both are written in the transaction of the fact itself; what leaves the house leaves later.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.core import changes, clock, outbox
from app.core.db import uuid7
from app.core.upsert import Upsert
from app.notifications import feed, queries
from app.notifications.models import UNREAD, InboxItem
from app.notifications.rules.quiet import may_ring_at
from app.notifications.rules.telling import URGENCY, Kind, Tell
from app.notifications.service import climbing

RENEWED = ("title", "body", "link", "created_at")
RENEW = Upsert(
    InboxItem.__table__,
    lambda insert: insert.on_conflict_do_update(
        index_elements=["person_id", "kind", "about"],
        index_where=UNREAD,
        set_={name: insert.excluded[name] for name in RENEWED},
    ).returning(InboxItem.person_id, InboxItem.id),
)


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What is told about: its id, where it is opened, and a line that is no secret to a reader."""

    id: UUID
    link: str
    body: str


def tell(session: Session, heard: Mapping[Tell, Sequence[UUID]], subject: Subject) -> None:
    """Write an item for everybody who hears a line, and the outbox rows that will ring."""
    for line, people in heard.items():
        items = _write(session, line, sorted(people), subject)
        if line.rings:
            _ring(session, line, items)
            climbing.begin(session, line, items)


def _ring(session: Session, line: Tell, items: Mapping[UUID, UUID]) -> None:
    """Outbox rows; the same words about the same item ring a device once a day at most."""
    due = may_ring_at(clock.local_now(), at_any_hour=line.at_any_hour)
    mark = sha256(line.title.encode()).hexdigest()[:12]
    today = clock.today()
    rings = {}
    for subscription_id, person_id in queries.devices_of(session, items.keys()):
        item_id = items[person_id]
        rings[f"push:{subscription_id}:{item_id}:{mark}:{today}"] = {
            "subscription_id": str(subscription_id),
            "item_id": str(item_id),
            "urgency": URGENCY[line.pressing],
            "at_any_hour": line.at_any_hour,
        }
    outbox.enqueue_all(session, "push", rings, due)


def _write(
    session: Session, line: Tell, people: Sequence[UUID], subject: Subject
) -> dict[UUID, UUID]:
    """Item by person. An unread item of the same kind about the same subject is renewed."""
    said = {"title": line.title, "body": subject.body, "link": subject.link}
    now = clock.now()
    rows: list[dict[str, Any]] = [
        {
            "id": uuid7(),
            "person_id": person_id,
            "kind": line.kind,
            "about": subject.id,
            "created_at": now,
            **said,
        }
        for person_id in people
    ]
    if not rows:
        return {}
    items: dict[UUID, UUID] = {}
    for person_id, item_id in RENEW.run(session, rows):
        items[person_id] = item_id
        changes.lies(session, feed.KIND, feed.lies(item_id, person_id, now))
    return items


def settle(session: Session, about: UUID, kinds: Sequence[Kind]) -> None:
    """Mark read what nobody has to do any more; devices not yet rung for it stay silent."""
    if kinds:
        settled = session.scalars(
            update(InboxItem)
            .where(
                InboxItem.about == about,
                InboxItem.kind.in_(kinds),
                InboxItem.read_at.is_(None),
            )
            .values(read_at=clock.now())
            .returning(InboxItem.id),
            execution_options=changes.NOTED,
        )
        changes.note(session, "inbox", settled)
