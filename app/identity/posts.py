"""The posts that people hold and who works where, kept in the memory of every process
(`core/known.py`): asked with each request, changed a few times a day.

Whom a request is from is never told from an old version: the version that holds is read with the
device. Who is told of a fact may be up to a second old.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app.core import clock, known
from app.identity import queries
from app.identity.actor import Post
from app.identity.models import Membership, Organisation
from app.identity.place_scope import Place
from app.identity.queries import Staff
from app.identity.rules import OrganisationKind

KNOWN = "posts"
MOST = 20_000

Kept = dict[tuple[object, ...], Any]

known.follows(KNOWN, Membership, Organisation, Place)


@known.loads(KNOWN)
def _nothing_yet(_session: Session) -> Kept:
    """Filled as it is asked for, and thrown away when anything changes."""
    return {}


def of_person(session: Session, person_id: UUID, version: int | None) -> tuple[Post, ...]:
    """The posts of a person as they are in this version, which this session has read."""
    found: tuple[Post, ...] = _kept(
        session, ("of", person_id, version), lambda: queries.posts_of(session, person_id)
    )
    return found


def staff_serving(session: Session, place_id: UUID, *kinds: OrganisationKind) -> dict[UUID, Staff]:
    """`queries.staff_serving`, for a session that writes."""
    found: dict[UUID, Staff] = _kept(
        session,
        ("serving", place_id, kinds),
        lambda: queries.staff_serving(session, place_id, *kinds),
    )
    return found


def _kept(session: Session, asked: tuple[object, ...], read: Callable[[], Any]) -> Any:
    if known.changes_now(session):
        return read()
    kept: Kept = known.get(KNOWN)
    key = (*asked, clock.today())
    if key not in kept:
        if len(kept) >= MOST:
            kept.clear()
        kept[key] = read()
    return kept[key]
