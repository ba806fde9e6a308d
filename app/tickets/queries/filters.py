"""The filters that a person has: their own, and those shared with an organisation of theirs."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, case, or_, select
from sqlalchemy.orm import Session

from app.core.errors import NotFound
from app.identity.actor import Actor
from app.tickets.models_filters import DefaultFilter, SavedFilter


def kept(actor: Actor) -> Select[SavedFilter]:
    """One's own first, in the order that was chosen."""
    mine = SavedFilter.owner_id == actor.id
    return (
        select(SavedFilter)
        .where(or_(mine, SavedFilter.shared_with.in_(actor.organisations)))
        .order_by(case((mine, 0), else_=1), SavedFilter.place, SavedFilter.id)
    )


def own(session: Session, actor: Actor) -> Sequence[SavedFilter]:
    """One's own, in order."""
    return session.scalars(kept(actor).where(SavedFilter.owner_id == actor.id)).all()


def one(session: Session, actor: Actor, filter_id: UUID, *, mine: bool) -> SavedFilter:
    """A filter that the actor has. NotFound otherwise, also for another's where it must be one's
    own."""
    found = session.scalar(kept(actor).where(SavedFilter.id == filter_id))
    if found is None or (mine and found.owner_id != actor.id):
        raise NotFound
    return found


def default_of(session: Session, actor: Actor) -> UUID | None:
    """The filter with which the actor's list opens, as long as they have it."""
    return session.scalar(
        kept(actor)
        .join(DefaultFilter, DefaultFilter.filter_id == SavedFilter.id)
        .where(DefaultFilter.person_id == actor.id)
        .with_only_columns(SavedFilter.id)
    )
