"""Who comes without an account: values made for each request, actors without any post.

A visitor is known by the form that the page was given when it was opened: signed, for one door, for
some hours. Nothing is kept for it, and two forms of one phone have nothing in common.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any
from uuid import UUID, uuid4

from itsdangerous import BadSignature, URLSafeSerializer

from app.core import clock
from app.core.keys import keys
from app.identity.actor import Actor
from app.identity.rules import OrganisationKind
from app.residents.models import DoorCode, ResidentReport
from app.tickets.models import Ticket

FORM_KEPT = timedelta(hours=6)


@dataclass(frozen=True)
class Guest(Actor):
    """Somebody in one community, without a post there: they may report, see what they reported, and
    nothing else."""

    community_id: UUID

    def communities(self, *kinds: OrganisationKind) -> frozenset[UUID]:
        return frozenset() if kinds else frozenset({self.community_id})


@dataclass(frozen=True)
class Visitor(Guest):
    """Somebody in front of a door, with the form that they were given at `since`."""

    door: DoorCode
    since: datetime


@dataclass(frozen=True)
class Follower(Guest):
    """Somebody with the link to a matter: its reporter, or one who met the same."""

    report: ResidentReport
    ticket: Ticket

    @property
    def is_reporter(self) -> bool:
        return self.ticket.reporter_id == self.id


def digest(token: str) -> str:
    """What the database keeps of a token."""
    return sha256(token.encode()).hexdigest()


def new_token() -> str:
    """What a door code says: 128 bits that nobody guesses, short enough for a coarse picture."""
    return token_urlsafe(16)


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(keys().secret, salt="door-form")


def new_form(door: DoorCode) -> str:
    """A form for whoever has just opened the page of this door."""
    return str(_signer().dumps([uuid4().hex, door.id.hex, int(clock.now().timestamp())]))


def of_form(door: DoorCode, form: str) -> Visitor | None:
    """Who holds a form; None for one that is not ours, of another door, or too old."""
    try:
        visitor_id, door_id, seconds = _signer().loads(form)
        since = datetime.fromtimestamp(int(seconds), clock.LOCAL)
    except (BadSignature, ValueError, TypeError):
        return None
    if door_id != door.id.hex or clock.now() - since > FORM_KEPT:
        return None
    return Visitor(
        **_nameless(UUID(hex=visitor_id)), community_id=door.community_id, door=door, since=since
    )


def follower(report: ResidentReport, ticket: Ticket) -> Follower:
    """Who holds the link to a report: its reporter, or one who only follows."""
    return Follower(
        **_nameless(report.person_id),
        community_id=ticket.community_id,
        report=report,
        ticket=ticket,
    )


def _nameless(actor_id: UUID) -> dict[str, Any]:
    return {
        "id": actor_id,
        "name": "",
        "elder_mode": False,
        "device_id": actor_id,
        "csrf_token": "",
        "posts": (),
    }
