"""Telling: one inbox item for each person who hears a line, and a ring for each of their devices.

Both are written in the transaction of the fact itself; what leaves the house leaves later.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.core import changes, clock, outbox
from app.core.db import uuid7
from app.core.upsert import Together
from app.notifications import feed, queries
from app.notifications.models import UNREAD, InboxItem
from app.notifications.rules.choosing import UNCHOSEN, Choice, Due, due
from app.notifications.rules.telling import URGENCY, Kind, People, Pressing, Tell
from app.notifications.service import climbing
from app.notifications.service.choices import everybodys

AT_ONCE = (Pressing.EMERGENCY, Pressing.TODAY)

RENEWED = ("title", "body", "link", "created_at", "seat", "organisation_id")


def _renewing(*names: str) -> Together:
    return Together(
        InboxItem.__table__,
        lambda insert: insert.on_conflict_do_update(
            index_elements=["person_id", "kind", "about"],
            index_where=UNREAD,
            set_={name: insert.excluded[name] for name in names},
        ).returning(InboxItem.person_id, InboxItem.id),
    )


RENEW = _renewing(*RENEWED, "digest_at")
RENEW_SILENTLY = _renewing(*RENEWED)  # what waits for a digest goes on waiting for it


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What is told about: its id, where it is opened, and a line that is no secret to a reader."""

    id: UUID
    link: str
    body: str


def tell(session: Session, heard: Mapping[Tell, People], subject: Subject) -> None:
    """Write an item for everybody who hears a line, and the outbox rows that ring at once; what
    waits for a digest is gathered then (`jobs_digests.py`)."""
    choices, now = everybodys(session), clock.local_now()
    for line, people in heard.items():
        for how, some in _parted(line, people, choices, now).items():
            items = _write(session, line, some, how, subject)
            if how.pressing in AT_ONCE:
                _ring(session, line, how.pressing, items)
                climbing.begin(session, line, how.pressing, items)


def _parted(
    line: Tell, people: People, choices: Mapping[UUID, Choice], now: datetime
) -> dict[Due, dict[UUID, UUID | None]]:
    """The people by how the line reaches them."""
    usual = due(line, UNCHOSEN, now)
    parted: dict[Due, dict[UUID, UUID | None]] = {}
    for person_id in sorted(people):
        choice = choices.get(person_id)
        how = due(line, choice, now) if choice else usual
        parted.setdefault(how, {})[person_id] = people[person_id]
    return parted


def _ring(session: Session, line: Tell, pressing: Pressing, items: Mapping[UUID, UUID]) -> None:
    """Outbox rows; the same words about the same item ring a device once a day at most."""
    once = f"{sha256(line.title.encode()).hexdigest()[:12]}:{clock.today()}"
    how = {"urgency": URGENCY[pressing], "at_any_hour": line.at_any_hour}
    rings = {}
    for subscription_id, person_id in queries.devices_of(session, items.keys()):
        device, item = str(subscription_id), str(items[person_id])
        rings[f"push:{device}:{item}:{once}"] = {"subscription_id": device, "item_id": item, **how}
    outbox.enqueue_all(session, "push", rings)


def _write(
    session: Session, line: Tell, people: People, how: Due, subject: Subject
) -> dict[UUID, UUID]:
    """Item by person. An unread item of the same kind about the same subject is renewed."""
    said = {
        "title": line.title,
        "body": subject.body,
        "link": subject.link,
        "seat": line.seat.value,
        "digest_at": how.digest_at,
    }
    now = clock.now()
    rows: list[dict[str, Any]] = [
        {
            "id": uuid7(),
            "person_id": person_id,
            "kind": line.kind,
            "about": subject.id,
            "created_at": now,
            "organisation_id": organisation_id,
            **said,
        }
        for person_id, organisation_id in people.items()
    ]
    renew = RENEW_SILENTLY if how.pressing is Pressing.INBOX else RENEW
    items: dict[UUID, UUID] = {}
    for person_id, item_id in renew.run(session, rows):
        items[person_id] = item_id
        changes.lies(session, feed.KIND, feed.lies(item_id, person_id, now))
    return items


def settle(session: Session, about: UUID, kinds: Sequence[Kind], whose: UUID | None = None) -> None:
    """Mark read what nobody (or only this person) has to be told any more; devices not yet rung
    for it stay silent."""
    if kinds:
        settled = session.scalars(
            update(InboxItem)
            .where(
                InboxItem.about == about,
                InboxItem.kind.in_(kinds),
                InboxItem.read_at.is_(None),
                *([InboxItem.person_id == whose] if whose else []),
            )
            .values(read_at=clock.now())
            .returning(InboxItem.id),
            execution_options=changes.NOTED,
        )
        changes.note(session, "inbox", settled)


def wait_for_digest(session: Session, item_ids: Sequence[UUID], moment: datetime) -> None:
    """A digest tells of these items, if they are still unread then; phones see no difference."""
    session.execute(
        update(InboxItem)
        .where(InboxItem.id.in_(item_ids), InboxItem.read_at.is_(None))
        .values(digest_at=moment),
        execution_options=changes.NOTED | {"synchronize_session": False},
    )
