"""Writes what happened: the line in the timeline, the photos, and the fact for others."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app.core import clock, fresh, media, media_keeping
from app.core.db import uuid7
from app.core.errors import Invalid, NotFound
from app.core.events import publish
from app.identity.actor import Actor
from app.tickets.events import TicketPhotosForgotten
from app.tickets.models import Ticket, TicketEntry, TicketPhoto
from app.tickets.queries import details
from app.tickets.rules import PhotoPhase
from app.tickets.rules.refusals import HomesArePrivate

TEXTS = ("what_was_done", "reason", "topic", "resolution", "answer", "note")
NOT_REPEATED = frozenset({*TEXTS, "media_before", "media_after"})
MOST_PHOTOS = 9
PHOTOS_FORGOTTEN = "photos_forgotten"


def add_entry(
    ticket: Ticket,
    verb: str,
    actor: Actor | None,
    said: Mapping[str, Any],
) -> TicketEntry:
    """One line of the timeline. The first of the texts that were said is the line's text."""
    text = next((str(said[key]) for key in TEXTS if said.get(key)), "")
    entry = fresh.made(
        TicketEntry,
        id=uuid7(),
        at=clock.now(),
        verb=verb,
        said={
            key: _plain(value)
            for key, value in said.items()
            if key not in NOT_REPEATED and value not in (None, [])
        },
        text=text,
        by_person_id=actor.id if actor else None,
        by_org_id=acting_for(ticket, actor) if actor else None,
    )
    ticket.entries.append(entry)
    return entry


def acting_for(ticket: Ticket, actor: Actor) -> UUID | None:
    """The organisation a person acts for here: the lead's, a helper's, else their first post."""
    ranked = [ticket.lead_org_id, *details.helping(ticket)]
    own = [post.organisation_id for post in actor.posts]
    return next((one for one in ranked if one in own), own[0] if own else None)


def add_photos(
    session: Session, ticket: Ticket, actor: Actor, phase: PhotoPhase, hashes: Iterable[str]
) -> int:
    """Photos of public parts, each once; says how many were new.

    Raises HomesArePrivate for a private matter, Invalid for pictures that are not here or are not
    the actor's to show, or too many.
    """
    wanted = list(dict.fromkeys(hashes))
    if not wanted:
        return 0
    if not ticket.public_area:
        raise HomesArePrivate(errors={"media": [HomesArePrivate.title]})
    if len(wanted) > MOST_PHOTOS:
        raise Invalid(errors={"media": [f"一次最多 {MOST_PHOTOS} 张照片。"]})
    media.require(session, wanted)
    _check_own(session, actor, wanted)
    known = {photo.hash for photo in ticket.photos if photo.phase is phase}
    new = [digest for digest in wanted if digest not in known]
    ticket.photos += [
        TicketPhoto(id=uuid7(), hash=digest, phase=phase, by_person_id=actor.id, at=clock.now())
        for digest in new
    ]
    return len(new)


def forget_photos(session: Session, ticket: Ticket) -> None:
    """Remove the photos, and say in the timeline that there were some."""
    hashes = [photo.hash for photo in ticket.photos]
    ticket.photos.clear()
    add_entry(ticket, PHOTOS_FORGOTTEN, None, {"photos": len(hashes)})
    session.flush()
    media_keeping.let_go(session, hashes)
    publish(session, TicketPhotosForgotten(subject_id=ticket.id, actor_id=None, photos=len(hashes)))


def facts_for_others(ticket: Ticket, actor: Actor | None) -> dict[str, Any]:
    """What every event about a ticket carries."""
    return {
        "subject_id": ticket.id,
        "actor_id": actor.id if actor else None,
        "number": ticket.number,
        "category": ticket.category,
        "emergency": ticket.emergency,
        "community_id": ticket.community_id,
        "estate_id": ticket.estate_id,
        "building_id": ticket.building_id,
        "reporter_id": ticket.reporter_id,
        "lead_org_id": ticket.lead_org_id,
        "lead_party": ticket.lead_party,
        "co_org_ids": tuple(sorted(details.helping(ticket))),
        "review_by": ticket.review_by,
        "duty_person_id": ticket.duty_person_id,
    }


def _check_own(session: Session, actor: Actor, hashes: Iterable[str]) -> None:
    """Citing a picture shows it to others, so only who may see it may cite it."""
    for digest in hashes:
        try:
            media.get(session, actor, digest)
        except NotFound as hidden:
            raise Invalid(errors={"media": ["有照片不是您传的，请重新拍。"]}) from hidden


def _plain(value: Any) -> Any:
    if isinstance(value, (UUID, date)):
        return str(value)
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    return value
