"""What people keep by hand of what is owed: occasions, stops of their own, residents' hours."""

from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.core.errors import NotFound
from app.identity.actor import Actor
from app.places.models import Household
from app.teams import queries as teams
from app.visits.models_owing import DoorHours, Occasion, StopAsked
from app.visits.queries.visible import shut_out


def occasions_of(actor: Actor) -> Select[Occasion]:
    """The occasions of the actor's committee."""
    return select(Occasion).where(Occasion.community_id.in_(actor.committee_communities))


def occasion(session: Session, actor: Actor, occasion_id: UUID) -> Occasion:
    """One occasion of the actor's committee. NotFound otherwise."""
    found = session.scalar(occasions_of(actor).where(Occasion.id == occasion_id))
    if found is None:
        raise NotFound
    return found


def door(session: Session, actor: Actor, household_id: UUID) -> Household:
    """A household that the actor looks after or keeps. NotFound otherwise."""
    if shut_out(actor):
        raise NotFound
    return teams.household(session, actor, household_id)


def stop(session: Session, actor: Actor, stop_id: UUID) -> StopAsked:
    """A stop of its own that was asked for at a door of the actor's committee."""
    kept = select(Household.id).where(Household.community_id.in_(actor.committee_communities))
    found = session.scalar(
        select(StopAsked).where(StopAsked.id == stop_id, StopAsked.household_id.in_(kept))
    )
    if found is None:
        raise NotFound
    return found


def hours(session: Session, household_id: UUID) -> tuple[list[str], int]:
    """The windows that residents like, and the version of that word (0: nothing said)."""
    row = session.get(DoorHours, household_id)
    return (list(row.spans), row.version) if row else ([], 0)
