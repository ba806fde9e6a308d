"""Which certificates somebody sees: their own, and the committee those of its communities. Whoever
has the number and the code of one learns whether it holds."""

import hmac
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from app.core.errors import NotFound
from app.hours.models_certificates import Certificate
from app.identity.actor import Actor


def mine(actor: Actor) -> Select[Certificate]:
    """The actor's own."""
    return select(Certificate).where(Certificate.person_id == actor.id)


def issued(actor: Actor) -> Select[Certificate]:
    """Those of the committee's communities."""
    return select(Certificate).where(Certificate.community_id.in_(actor.committee_communities))


def get(session: Session, actor: Actor, certificate_id: UUID) -> Certificate:
    """One that the actor sees. NotFound otherwise."""
    found = session.scalar(
        select(Certificate).where(
            Certificate.id == certificate_id,
            or_(
                Certificate.person_id == actor.id,
                Certificate.community_id.in_(actor.committee_communities),
            ),
        )
    )
    if found is None:
        raise NotFound
    return found


def valid(session: Session, number: str, code: str) -> Certificate | None:
    """The certificate of this number and code, if it holds. That a number exists at all is told to
    nobody who has not its code."""
    found = session.scalar(select(Certificate).where(Certificate.number == number.strip()))
    given = code.strip().upper()
    if found is None or not hmac.compare_digest(found.code.encode(), given.encode()):
        return None
    return None if found.revoked_at else found
