"""Keeping filters: saved under a name, shared, put in order, taken away, brought back."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app.core.db import uuid7
from app.core.errors import Conflict, Invalid, Stale
from app.core.events import publish
from app.identity.actor import Actor
from app.tickets.events_filters import FilterDropped, FilterKept, FiltersOrdered
from app.tickets.models_filters import DefaultFilter, SavedFilter
from app.tickets.queries import filters

MOST = 20


def keep(
    session: Session,
    actor: Actor,
    *,
    name: str,
    query: str,
    shared_with: UUID | None = None,
    filter_id: UUID | None = None,
) -> SavedFilter:
    """Save a filter, as the last of one's own. Raises Conflict for a known id, Invalid for too many
    or an organisation that is not the actor's."""
    mine = filters.own(session, actor)
    if len(mine) >= MOST:
        raise Invalid(errors={"name": [f"最多存 {MOST} 个筛选，请先删掉不用的。"]})
    if filter_id and session.get(SavedFilter, filter_id):
        raise Conflict
    _check_shared(actor, shared_with)
    last = max((one.place for one in mine), default=0)
    kept = SavedFilter(
        id=filter_id or uuid7(),
        owner_id=actor.id,
        name=name,
        query=query,
        shared_with=shared_with,
        place=last + 1,
    )
    session.add(kept)
    return _told(session, actor, kept)


def change(
    session: Session, actor: Actor, filter_id: UUID, version: int, said: dict[str, Any]
) -> SavedFilter:
    """Rename, narrow otherwise, share or no longer. Raises NotFound, Stale, Invalid."""
    kept = filters.one(session, actor, filter_id, mine=True)
    if kept.version != version:
        raise Stale
    if "shared_with" in said:
        _check_shared(actor, said["shared_with"])
    for name, value in said.items():
        setattr(kept, name, value)
    return _told(session, actor, kept)


def drop(session: Session, actor: Actor, filter_id: UUID) -> None:
    """Take a filter away; the page that did it can save it again as it was."""
    kept = filters.one(session, actor, filter_id, mine=True)
    session.delete(kept)
    session.flush()
    publish(session, FilterDropped(subject_id=kept.id, actor_id=actor.id))


def put_in_order(session: Session, actor: Actor, ids: Sequence[UUID]) -> None:
    """Put one's own filters into this order; what is not named comes after."""
    place = {filter_id: no for no, filter_id in enumerate(ids)}
    for kept in filters.own(session, actor):
        kept.place = place.get(kept.id, len(ids) + kept.place)
    publish(session, FiltersOrdered(subject_id=actor.id, actor_id=actor.id))


def set_default(session: Session, actor: Actor, filter_id: UUID | None) -> None:
    """The list opens with this filter from now on, or with none."""
    if filter_id is not None:
        filters.one(session, actor, filter_id, mine=False)
    row = session.get(DefaultFilter, actor.id)
    if filter_id is None:
        if row is not None:
            session.delete(row)
    elif row is None:
        session.add(DefaultFilter(person_id=actor.id, filter_id=filter_id))
    else:
        row.filter_id = filter_id
    session.flush()
    publish(session, FiltersOrdered(subject_id=actor.id, actor_id=actor.id))


def _check_shared(actor: Actor, organisation_id: UUID | None) -> None:
    if organisation_id is not None and organisation_id not in actor.organisations:
        raise Invalid(errors={"shared_with": ["只能和自己的单位共用。"]})


def _told(session: Session, actor: Actor, kept: SavedFilter) -> SavedFilter:
    session.flush()
    shared = kept.shared_with is not None
    publish(session, FilterKept(subject_id=kept.id, actor_id=actor.id, shared=shared))
    return kept
