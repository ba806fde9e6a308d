"""What a list is asked for: the filter as it stands in an address, its order, and where it goes on.

`Asked` is the same for everybody who opens the same address; what each of them then sees is theirs.
"""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from app.core import clock
from app.core.errors import Invalid
from app.tickets.rules.queues import TIMED
from app.tickets.rules.search_text import needles_of
from app.tickets.rules.words import TicketStatus

PER_PAGE = 50
EVER = datetime(1970, 1, 1, tzinfo=UTC)
SOME = UUID(int=0)
NAMED = ("community_id", "estate_id", "building_id", "lead_org_id", "lead_party")
DAYS = ("created_from", "created_to")
NOBODY_FINDS = "这一页找不到了，请从头再看。"


class Sort(StrEnum):
    """The order of a list."""

    MOVED = "moved"
    DUE = "due"
    CREATED = "created"


@dataclass(frozen=True)
class Asked:
    """What a list is asked for. The words themselves and the present moment are parameters of the
    statement, so that it can be kept; `needles` is how many words there are. So are, in the
    statements of a `shape`, places, companies and days."""

    queue: str | None = None
    mine: bool = False
    statuses: tuple[TicketStatus, ...] = ()
    categories: tuple[str, ...] = ()
    community_id: UUID | None = None
    estate_id: UUID | None = None
    building_id: UUID | None = None
    lead_org_id: UUID | None = None
    lead_party: str | None = None
    emergency: bool = False
    supervised: bool = False
    overdue: bool = False
    photos: bool = False
    doors: bool = False  # reported at a door, without an account
    created_from: datetime | None = None
    created_to: datetime | None = None
    sort: Sort = Sort.MOVED
    needles: int = 0

    @property
    def dated(self) -> bool:
        """Whether it is asked for certain days."""
        return self.created_from is not None or self.created_to is not None

    @property
    def shape(self) -> "Asked":
        """The same for all who ask for another place, another company or other days."""
        some: dict[str, Any] = dict.fromkeys(NAMED, SOME) | dict.fromkeys(DAYS, EVER)
        return replace(self, **{name: some[name] for name in self.values})

    @property
    def values(self) -> dict[str, Any]:
        """What `shape` leaves out."""
        found = {name: getattr(self, name) for name in (*NAMED, *DAYS)}
        return {name: value for name, value in found.items() if value is not None}

    @property
    def states(self) -> tuple[TicketStatus, ...]:
        """The states that are asked for; what is overdue has one in which a clock runs."""
        if not self.overdue:
            return self.statuses
        running = tuple(one for one in TIMED if not self.statuses or one in self.statuses)
        return running or self.statuses


@dataclass(frozen=True)
class Place:
    """Where a list goes on: in which leg of its order, behind which moment and which ticket."""

    leg: int
    at: datetime
    ticket_id: UUID


def asked_by(query: Mapping[str, Any]) -> Asked:
    """The filter of a loaded query."""
    asked = Asked(
        **{name: query[name] for name in PLAIN if query.get(name)},
        statuses=tuple(map(TicketStatus, _listed(query.get("status")))),
        categories=_listed(query.get("category")),
        sort=Sort(query.get("sort") or Sort.MOVED),
        needles=len(needles_of(query.get("q") or "")),
    )
    since, until = query.get("created_from"), query.get("created_to")
    if since:
        asked = replace(asked, created_from=_morning(since))
    if until:
        asked = replace(asked, created_to=_morning(until + timedelta(days=1)))
    return asked


PLAIN = (
    "queue",
    "mine",
    "community_id",
    "estate_id",
    "building_id",
    "lead_org_id",
    "lead_party",
    "emergency",
    "supervised",
    "overdue",
    "photos",
    "doors",
)


def _listed(said: str | None) -> tuple[str, ...]:
    return tuple(sorted({one for one in (said or "").split(",") if one}))


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(), clock.LOCAL)


def write_cursor(sort: Sort, place: Place) -> str:
    """The place as a word for the address of the next page."""
    raw = f"{sort} {place.leg} {place.at.isoformat()} {place.ticket_id}"
    return base64.urlsafe_b64encode(raw.encode()).decode().rstrip("=")


def read_cursor(sort: Sort, cursor: str) -> Place:
    """The place that a cursor of this order names. Invalid for one that is not ours."""
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        word, leg, at, ticket_id = raw.split(" ")
        place = Place(int(leg), datetime.fromisoformat(at), UUID(ticket_id))
        if word != sort or place.at.tzinfo is None or not 0 <= place.leg <= 1:
            raise ValueError("another list's cursor")
    except (ValueError, binascii.Error) as bad:
        raise Invalid(errors={"cursor": [NOBODY_FINDS]}) from bad
    return place
