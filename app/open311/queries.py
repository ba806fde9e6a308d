"""Every SELECT of this area. What anybody may read starts from the scopes that are open: those
for which a committee or an administrator has given out a key."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, and_, or_, select
from sqlalchemy.orm import Session, aliased

from app.core.errors import NotFound
from app.core.media import Media
from app.identity.actor import Actor
from app.identity.models import Organisation
from app.open311.holder import KeyHolder, Scope
from app.open311.models import Open311Key
from app.open311.refusals import UnknownJurisdiction
from app.open311.rules.services import readable
from app.places.models import Place, PlaceKind
from app.places.queries import kept_communities, place_texts
from app.tickets import catalogue
from app.tickets.models import Ticket, TicketPhoto
from app.tickets.rules import PhotoPhase, TicketStatus

Community = aliased(Place)
Live = Select[Open311Key, Place, str | None]
# A place that a report may name: estates and buildings can be told apart by strangers.
NAMED = (PlaceKind.ESTATE, PlaceKind.BUILDING)
MOST_NAMED = 1000


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Which requests are wanted; None is no condition."""

    ids: Sequence[UUID] | None = None
    codes: Sequence[str] | None = None
    statuses: Sequence[TicketStatus] | None = None
    requested: tuple[datetime, datetime] | None = None
    updated_after: datetime | None = None
    updated_before: datetime | None = None
    page: int = 1
    page_size: int = 1000


def digest(key: str) -> str:
    """What the database keeps of a key."""
    return sha256(key.encode()).hexdigest()


def keys_kept(actor: Actor) -> Select[Open311Key]:
    """The keys for the communities that the actor keeps."""
    kept = select(Place.id).where(Place.community_id.in_(kept_communities(actor)))
    return select(Open311Key).where(Open311Key.place_id.in_(kept))


def key_kept(session: Session, actor: Actor, key_id: UUID) -> Open311Key:
    """One key that the actor may revoke. NotFound otherwise."""
    found = session.scalar(keys_kept(actor).where(Open311Key.id == key_id))
    if found is None:
        raise NotFound
    return found


def scope_kept(session: Session, actor: Actor, place_id: UUID) -> Place:
    """A community or estate for which the actor may give out a key. NotFound otherwise."""
    place = session.get(Place, place_id)
    if (
        place is None
        or place.kind not in (PlaceKind.COMMUNITY, PlaceKind.ESTATE)
        or place.community_id not in kept_communities(actor)
    ):
        raise NotFound
    return place


def _live() -> Live:
    return (
        select(Open311Key, Place, Community.code)
        .join(Place, Place.id == Open311Key.place_id)
        .join(Community, Community.id == Place.community_id)
        .where(Open311Key.revoked_at.is_(None))
    )


def holder_of(session: Session, key: str) -> KeyHolder | None:
    """Who holds a key; None for one that is unknown or revoked."""
    return _holder(session, _live().where(Open311Key.digest == digest(key)))


def holder_by_id(session: Session, key_id: UUID) -> KeyHolder | None:
    """The same for the worker, which has no key; None when it was revoked meanwhile."""
    return _holder(session, _live().where(Open311Key.id == key_id))


def _holder(session: Session, statement: Live) -> KeyHolder | None:
    row = session.execute(statement).one_or_none()
    if row is None:
        return None
    key, place, code = row
    return KeyHolder(
        id=key.person_id,
        name=key.name,
        elder_mode=False,
        device_id=key.id,
        csrf_token="",
        posts=(),
        key_id=key.id,
        scope=Scope.of(place, code),
    )


def open_scopes(session: Session, jurisdiction: str | None) -> list[Scope]:
    """The places that are open to other systems, of one jurisdiction or all.

    Raises UnknownJurisdiction when none is open under this name.
    """
    rows = session.execute(_live().order_by(Place.path)).all()
    found = list(dict.fromkeys(Scope.of(place, code) for _, place, code in rows))
    if jurisdiction is None:
        return found
    named = [each for each in found if in_jurisdiction(each, jurisdiction)]
    if not named:
        raise UnknownJurisdiction
    return named


def in_jurisdiction(scope: Scope, jurisdiction: str) -> bool:
    """Whether a scope goes by this name: its community's code or id, or its own id."""
    return jurisdiction in (scope.jurisdiction, str(scope.community_id), str(scope.place_id))


def places_named(session: Session, scopes: Sequence[Scope]) -> dict[UUID, str]:
    """The estates and buildings of these scopes as people say them."""
    ids = session.scalars(
        select(Place.id)
        .where(or_(*(Place.below(one.path) for one in scopes)), Place.kind.in_(NAMED))
        .order_by(Place.path)
        .limit(MOST_NAMED)
    ).all()
    texts = place_texts(session, ids)
    return dict(sorted(texts.items(), key=lambda named: named[1]))


def requests(session: Session, scopes: Sequence[Scope], asked: Asked) -> list[Row[Any]]:
    """One page of the matters that anybody may read: of public parts, in services on offer."""
    if not scopes:
        return []
    oldest_first = asked.updated_after is not None
    order = (Ticket.moved_at, Ticket.id)
    statement = (
        select(
            Ticket.id,
            Ticket.number,
            Ticket.category,
            Ticket.status,
            Ticket.text,
            Ticket.place_id,
            Ticket.place_text,
            Ticket.created_at,
            Ticket.moved_at,
            Ticket.due_on,
            Ticket.reporter_id,
            Organisation.name.label("agency"),
        )
        .outerjoin(Organisation, Organisation.id == Ticket.lead_org_id)
        .where(or_(*(_inside(one) for one in scopes)), *_conditions(asked))
        .where(
            Ticket.public_area.is_(True),
            Ticket.category.in_(asked.codes or readable(catalogue.common())),
        )
    )
    newest_first = (Ticket.created_at.desc(), Ticket.id.desc())
    return list(
        session.execute(
            statement.order_by(*(order if oldest_first else newest_first))
            .offset((asked.page - 1) * asked.page_size)
            .limit(asked.page_size)
        )
    )


def first_pictures(session: Session, ticket_ids: Sequence[UUID]) -> dict[UUID, str]:
    """The first picture of each of these reports, by its hash."""
    if not ticket_ids:
        return {}
    rows = session.execute(
        select(TicketPhoto.ticket_id, TicketPhoto.hash)
        .where(TicketPhoto.ticket_id.in_(ticket_ids), TicketPhoto.phase == PhotoPhase.REPORT)
        .order_by(TicketPhoto.at.desc(), TicketPhoto.id.desc())
    )
    return {row.ticket_id: row.hash for row in rows}


def picture(session: Session, scopes: Sequence[Scope], found: str) -> Media | None:
    """A picture that a public matter in these scopes cites."""
    if not scopes:
        return None
    cites = (
        select(TicketPhoto.hash)
        .join(Ticket, Ticket.id == TicketPhoto.ticket_id)
        .where(TicketPhoto.hash == found, TicketPhoto.phase == PhotoPhase.REPORT)
        .where(or_(*(_inside(one) for one in scopes)), Ticket.public_area.is_(True))
    )
    return session.scalar(select(Media).where(Media.hash.in_(cites)))


def _inside(scope: Scope) -> Any:
    if scope.whole_community:
        return Ticket.community_id == scope.community_id
    return and_(Ticket.community_id == scope.community_id, Ticket.estate_id == scope.place_id)


def _conditions(asked: Asked) -> list[Any]:
    found: list[Any] = []
    if asked.ids is not None:
        found.append(Ticket.id.in_(asked.ids))
    if asked.statuses is not None:
        found.append(Ticket.status.in_(asked.statuses))
    if asked.requested is not None:
        start, end = asked.requested
        found += [Ticket.created_at >= start, Ticket.created_at <= end, Ticket.moved_at >= start]
    if asked.updated_after is not None:
        found.append(Ticket.moved_at > asked.updated_after)
    if asked.updated_before is not None:
        found.append(Ticket.moved_at < asked.updated_before)
    return found
