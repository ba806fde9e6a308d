"""The same move for several tickets at once: each on its own, so that one that cannot be made keeps
no other from being made, and each with its own version, its own timeline and its own audit row."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from app.core.errors import Conflict, Refusal, Stale
from app.identity.actor import Actor
from app.places.models import Place
from app.tickets.models import Ticket
from app.tickets.queries import parties, visible_to
from app.tickets.queries.parties import Choice
from app.tickets.rules import Verb
from app.tickets.service.moving import move


@dataclass(frozen=True)
class Outcome:
    """What became of one: the ticket, or why not."""

    id: UUID
    ticket: Ticket | None = None
    refusal: Refusal | None = None


def move_each(
    session: Session,
    actor: Actor,
    verb: Verb,
    chosen: Iterable[tuple[UUID, int]],
    said: Mapping[str, Any],
) -> list[Outcome]:
    """Make a move on each of these tickets, given with the versions that were seen."""
    return [_move(session, actor, verb, one, said) for one in dict(chosen).items()]


def _move(
    session: Session, actor: Actor, verb: Verb, one: tuple[UUID, int], said: Mapping[str, Any]
) -> Outcome:
    ticket_id, version = one
    try:
        with session.begin_nested():
            ticket = move(session, actor, ticket_id, version, verb, said)
        return Outcome(ticket_id, ticket=ticket)
    except Refusal as refusal:
        return Outcome(ticket_id, refusal=refusal)
    except StaleDataError:
        return Outcome(ticket_id, refusal=Stale())
    except IntegrityError:
        return Outcome(ticket_id, refusal=Conflict())


def leads_for(
    session: Session, actor: Actor, ticket_ids: Iterable[UUID]
) -> list[tuple[Choice, int]]:
    """Whom these tickets may be given to, each with how many of them it works at, those of most
    first."""
    wanted = visible_to(actor).where(Ticket.id.in_(set(ticket_ids)))
    places: dict[UUID, int] = {}
    for place_id in session.scalars(wanted.with_only_columns(Ticket.place_id)):
        places[place_id] = places.get(place_id, 0) + 1
    found: dict[UUID, tuple[Choice, int]] = {}
    for place in session.scalars(select(Place).where(Place.id.in_(places))):
        for choice in parties.at_place(session, place):
            _, so_far = found.get(choice.id, (choice, 0))
            found[choice.id] = (choice, so_far + places[place.id])
    return sorted(found.values(), key=lambda one: -one[1])
