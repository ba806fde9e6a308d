"""The posts that people hold and who works where, kept in the memory of every process
(`core/known.py`): asked with each request, changed a few times a day.

Whom a request is from is never told from an old version: the version that holds is read with the
device. Who is told of a fact may be up to a second old.
"""

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

known.follows(KNOWN, Membership, Organisation, Place)


known.loads(KNOWN)(known.nothing_yet)


def of_person(session: Session, person_id: UUID, version: int | None) -> tuple[Post, ...]:
    """The posts of a person as they are in this version, which this session has read."""
    found: tuple[Post, ...] = known.once(
        session,
        KNOWN,
        ("of", person_id, version, clock.today()),
        lambda: queries.posts_of(session, person_id),
    )
    return found


def staff_serving(session: Session, place_id: UUID, *kinds: OrganisationKind) -> dict[UUID, Staff]:
    """`queries.staff_serving`, for a session that writes."""
    found: dict[UUID, Staff] = known.once(
        session,
        KNOWN,
        ("serving", place_id, kinds, clock.today()),
        lambda: queries.staff_serving(session, place_id, *kinds),
    )
    return found
