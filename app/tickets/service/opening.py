"""A ticket is reported. Visits call this too, in the transaction of the visit's record."""

from typing import NotRequired, TypedDict, Unpack
from uuid import UUID

from sqlalchemy.orm import Session

from app.core import clock, fresh
from app.core.db import uuid7
from app.core.errors import Conflict, Invalid
from app.core.events import publish
from app.identity.actor import Actor
from app.places import queries as places
from app.places.models import Household, Place, PlaceKind
from app.teams.queries import household_visible
from app.tickets import catalogue
from app.tickets.events import TicketOpened
from app.tickets.models import Ticket
from app.tickets.queries import parties
from app.tickets.rules import Facts, PhotoPhase, Seat, TicketStatus, Verb, next_status
from app.tickets.rules.categories import is_emergency
from app.tickets.service import clocks, leading, timeline
from app.tickets.service.numbers import next_number
from app.tickets.service.where import line_named


class FoundOn(TypedDict):
    """The patrol on which something was seen, and the name of the point."""

    patrol_id: str
    point: str


class Report(TypedDict):
    """What a report says. `id` is made on the device; `media` are hashes of pictures."""

    category: str
    text: str
    place_id: UUID
    public_area: bool
    id: NotRequired[UUID | None]
    spot: NotRequired[str | None]
    household_id: NotRequired[UUID | None]
    agreed_by: NotRequired[str | None]
    media: NotRequired[list[str]]
    found_on: NotRequired[FoundOn]


def open_ticket(session: Session, actor: Actor, **report: Unpack[Report]) -> Ticket:
    """Report a matter. Raises what a draft raises."""
    ticket = draft(session, actor, **report)
    write(session, actor, ticket)
    return ticket


def draft(session: Session, actor: Actor, **report: Unpack[Report]) -> Ticket:
    """A report that is whole but for its number, and not written yet. An emergency is given at once
    to who must act, if they are here.

    Raises Invalid for a place or household that is not the actor's, or when it is not said who
    agreed to a private matter; HomesArePrivate for photos of one; Conflict for a known id.
    """
    line = _line(session, actor, report)
    _check_words(line[-1], report)
    ticket = _ticket(session, actor, line, report)
    place = ticket.place
    takers = parties.for_emergency(session, place, ticket.category) if ticket.emergency else []
    ticket.status = next_status(
        None, Verb.SUBMIT, frozenset({Seat.REPORTER}), report, _facts(bool(takers))
    )
    started = clocks.begin(session, ticket, takers)
    if takers:
        leading.assign(session, ticket, takers[0], takers[1:])
    timeline.add_photos(session, ticket, actor, PhotoPhase.REPORT, report.get("media") or [])
    given = leading.as_said(takers) if takers else {}
    said = {"category": ticket.category, "found_on": report.get("found_on"), **given}
    entry = timeline.add_entry(ticket, Verb.SUBMIT, actor, said)
    entry.at = ticket.created_at  # its clocks count from then
    clocks.write_rows(ticket, started)
    return ticket


def write(session: Session, actor: Actor, ticket: Ticket) -> None:
    """Write a draft and tell of it. Last of all: from here to the commit nobody else in the
    community gets a number, and on SQLite nobody writes."""
    hanging = (ticket.helpers, ticket.clocks, ticket.entries, ticket.photos)
    below = [row for rows in hanging for row in rows]
    for row in below:
        row.ticket_id = ticket.id
    del ticket.__dict__["place"]  # every session's and no session's: from now on this one's
    ticket.number = next_number(session, ticket.community_id, clock.today())
    fresh.write(session, [ticket, *below])
    clocks.wake(session, ticket)
    publish(session, TicketOpened(status=ticket.status, **timeline.facts_for_others(ticket, actor)))


def _facts(taken: bool) -> Facts:
    now = clock.now()
    return Facts(now=now, stage_at=now, emergency=taken)


def _check_words(place: Place, report: Report) -> None:
    errors = {}
    if not catalogue.of_place(place.path).offers(report["category"]):
        errors["category"] = ["请选一个类别。"]
    if not report["text"].strip():
        errors["text"] = ["请写一句是什么事。"]
    if not report["public_area"] and not (report.get("agreed_by") or "").strip():
        errors["agreed_by"] = ["不是公共部位的事，请写明是谁同意报的；自己家的事写“本人”。"]
    if errors:
        raise Invalid(errors=errors)


def _line(session: Session, actor: Actor, report: Report) -> list[Place]:
    """Where it is: the way down to the place that was named, or to the unit of the household that
    is meant."""
    line = line_named(session, actor, report["place_id"])
    household_id = report.get("household_id")
    return _home(session, actor, household_id, line[-1]) if household_id else line


def _home(session: Session, actor: Actor, household_id: UUID, named: Place) -> list[Place]:
    household = session.get(Household, household_id)
    if household is None or not household_visible(session, actor, household_id):
        raise Invalid(errors={"household_id": ["这一户不在您结对的范围里。"]})
    line = places.line_to(session, household.unit_id)
    if not line[-1].path.startswith(named.path):
        raise Invalid(errors={"place_id": ["地点和住户对不上，请重新选。"]})
    return line


def _ticket(session: Session, actor: Actor, line: list[Place], report: Report) -> Ticket:
    above = {one.kind: one.id for one in line}
    now = clock.now()
    return fresh.made(
        Ticket,
        id=_fresh_id(session, report),
        category=report["category"],
        text=report["text"].strip(),
        status=TicketStatus.SUBMITTED,
        emergency=is_emergency(report["category"]),
        community_id=above[PlaceKind.COMMUNITY],
        estate_id=above.get(PlaceKind.ESTATE),
        building_id=above.get(PlaceKind.BUILDING),
        place_id=line[-1].id,
        place=line[-1],
        place_text=places.text_of(line),
        spot=(report.get("spot") or "").strip() or None,
        public_area=report["public_area"],
        household_id=report.get("household_id"),
        agreed_by=(report.get("agreed_by") or "").strip() or None,
        reporter_id=actor.id,
        created_at=now,
        moved_at=now,
        stage_at=now,
    )


def _fresh_id(session: Session, report: Report) -> UUID:
    made_by_device = report.get("id")
    if made_by_device and session.get(Ticket, made_by_device) is not None:
        raise Conflict("这件已经报上来了，不用再报。")
    return made_by_device or uuid7()
