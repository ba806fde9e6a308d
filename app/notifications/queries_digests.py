"""What waits for a digest, and whom it tells."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

from app.notifications.models import InboxItem, PushSubscription
from app.notifications.queries import signed_in
from app.notifications.rules.choosing import Waiting
from app.notifications.rules.telling import KIND_NAMES
from app.notifications.rules.tickets import URGENT_TITLE
from app.notifications.standing import still_true

URGENT = "应急"


def waiting_at(moment: datetime) -> Select[InboxItem]:
    """The items that this digest tells of: those still unread and still true."""
    return select(InboxItem).where(InboxItem.digest_at == moment, still_true())


def digests(
    session: Session, moment: datetime, people: Collection[UUID] | None = None
) -> dict[UUID, Waiting]:
    """What this digest tells to each person (of these people), emergencies first."""
    urgent = InboxItem.title.startswith(URGENT_TITLE)
    name = case((urgent, URGENT), *((InboxItem.kind == one, KIND_NAMES[one]) for one in KIND_NAMES))
    asked = waiting_at(moment).with_only_columns(InboxItem.person_id, name, func.count())
    if people is not None:
        asked = asked.where(InboxItem.person_id.in_(people))
    found: dict[UUID, dict[str, int]] = {}
    for person_id, kind, count in session.execute(asked.group_by(InboxItem.person_id, name)):
        found.setdefault(person_id, {})[kind] = count
    order = (URGENT, *KIND_NAMES.values())
    return {
        person_id: Waiting({one: kinds[one] for one in order if one in kinds})
        for person_id, kinds in found.items()
    }


def devices_waiting(session: Session, moment: datetime) -> list[UUID]:
    """The devices that this digest rings."""
    people = waiting_at(moment).with_only_columns(InboxItem.person_id)
    return list(
        session.scalars(
            signed_in()
            .where(PushSubscription.person_id.in_(people))
            .with_only_columns(PushSubscription.id)
            .order_by(PushSubscription.id)
        )
    )


def unrung_waiting(session: Session, moment: datetime) -> list[UUID]:
    """The people whom this digest tells something and who have no device that works."""
    rung = signed_in().where(
        PushSubscription.person_id == InboxItem.person_id, PushSubscription.failed_at.is_(None)
    )
    people = waiting_at(moment).where(~rung.with_only_columns(PushSubscription.id).exists())
    return list(session.scalars(people.with_only_columns(InboxItem.person_id).distinct()))
