"""Keys are given out once, used within a limit, and revoked."""

from secrets import token_urlsafe
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app.core import clock
from app.core.db import transaction, uuid7
from app.core.events import publish
from app.core.keys import keys
from app.identity.actor import Actor
from app.identity.models import Person
from app.open311 import queries
from app.open311.events import Open311KeyMade, Open311KeyRevoked
from app.open311.models import Open311Key, Open311Use
from app.open311.refusals import KeyWrong, TooFast

NO_PASSWORD = "!"  # noqa: S105 - what no password verifies against
POSTS_A_MINUTE = 60


def give(session: Session, actor: Actor, name: str, place_id: UUID) -> tuple[Open311Key, str]:
    """A new key for one place, and its text, which is nowhere kept. NotFound for a place that is
    not the actor's to open."""
    place = queries.scope_kept(session, actor, place_id)
    text = token_urlsafe(24)
    key_id = uuid7()
    person = Person(
        id=uuid7(),
        name=name,
        phone="",
        phone_blind=keys().blind(f"open311:{key_id}"),
        password_hash=NO_PASSWORD,
    )
    session.add(person)
    session.flush()
    key = Open311Key(
        id=key_id,
        digest=queries.digest(text),
        name=name,
        place_id=place.id,
        person_id=person.id,
        created_by=actor.id,
    )
    session.add(key)
    session.flush()
    session.add(Open311Use(key_id=key.id))
    publish(session, Open311KeyMade(subject_id=key.id, actor_id=actor.id))
    return key, text


def revoke(session: Session, actor: Actor, key_id: UUID) -> None:
    """Have a key open nothing any more. What it reported stays. NotFound."""
    key = queries.key_kept(session, actor, key_id)
    if key.revoked_at is None:
        key.revoked_at = clock.now()
        publish(session, Open311KeyRevoked(subject_id=key.id, actor_id=actor.id))


def count_use(said: dict[str, Any]) -> None:
    """Count a report before it is made, in a transaction of its own, so that refused ones count
    too. TooFast beyond sixty in a minute; KeyWrong for a key that was revoked just now."""
    with transaction() as session:
        holder = queries.holder_of(session, said.get("api_key", ""))
        if holder is None:
            raise KeyWrong
        use = session.get_one(Open311Use, holder.key_id, with_for_update=True)
        minute = clock.now().replace(second=0, microsecond=0)
        if use.minute != minute:
            use.minute, use.posts = minute, 0
        if use.posts >= POSTS_A_MINUTE:
            raise TooFast
        use.posts += 1
        use.last_used_on = clock.today()
