"""Facts that areas publish. A fact is written to the audit log and told to its subscribers,
all in the transaction in which it happened. Nobody calls upward: whoever cares subscribes.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from flask import current_app
from sqlalchemy.orm import Session

from app.core import audit


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that has happened to one thing. `actor_id` is None when the system did it."""

    subject_kind: ClassVar[str]
    verb: ClassVar[str]

    subject_id: UUID
    actor_id: UUID | None

    def details(self) -> dict[str, Any]:
        """What the audit row keeps beside the verb: JSON values, no personal data, no notes."""
        return {}


Subscriber = Callable[[Session, Any], None]


def subscribe(kind: type[Event]) -> Callable[[Subscriber], Subscriber]:
    """Have a function called for each event of this class; used inside an area's `register`."""

    def add(subscriber: Subscriber) -> Subscriber:
        table: dict[type[Event], list[Subscriber]] = current_app.extensions["subscribers"]
        table.setdefault(kind, []).append(subscriber)
        return subscriber

    return add


def publish(session: Session, event: Event) -> None:
    """Write the audit row of a fact and tell the subscribers, in the present transaction."""
    audit.write(
        session,
        actor_id=event.actor_id,
        subject_kind=event.subject_kind,
        subject_id=event.subject_id,
        verb=event.verb,
        details=event.details(),
    )
    for subscriber in current_app.extensions["subscribers"].get(type(event), ()):
        subscriber(session, event)
