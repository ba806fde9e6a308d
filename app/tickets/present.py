"""Tickets as plain data for the wire. What only the community and the reporter may know, and who
complained about the company, is left out here."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app.core import clock
from app.identity.actor import Actor, Named, Shown
from app.identity.queries import organisations_named, people_shown
from app.identity.rules import Party, party_of
from app.tickets import catalogue, present_clocks, present_doubles, queries
from app.tickets.models import Ticket, TicketEntry, TicketPhoto
from app.tickets.queries import details
from app.tickets.queries.lists import Line
from app.tickets.rules import (
    VERB_NAMES,
    Move,
    Seat,
    Verb,
    open_moves,
    seats_of,
    title_of,
)
from app.tickets.rules.categories import about_the_company
from app.tickets.rules.doubles import ALSO_MET
from app.tickets.rules.doubles import ENTRY_NAMES as DOUBLES_NAMES
from app.tickets.rules.search_text import stretch_of
from app.tickets.service.facts import facts_of, work_of
from app.tickets.service.timeline import PHOTOS_FORGOTTEN

ENTRY_NAMES = {"note": "补充", "photos": "传照片"} | {verb.value: VERB_NAMES[verb] for verb in Verb}
ENTRY_NAMES |= DOUBLES_NAMES
ENTRY_NAMES |= {"call_tried": "打电话没打通", "recheck": "抽查", PHOTOS_FORGOTTEN: "照片到期删除"}
CONFIDENTIAL = frozenset({"call_back_note"})
SOMEBODY = "报事人"
NEIGHBOUR = "邻居"


class Rows:
    """Tickets as lines of lists, to one actor at one moment."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self.now = clock.now()
        self._names: dict[UUID, Callable[[str], str]] = {}  # of categories, by community

    def of(self, line: Line) -> dict[str, Any]:
        """What a list has gathered, with the names that stand in it."""
        return self.row(line, line.lead_name, line.duty_name)

    def row(
        self, ticket: Line | Ticket, lead_name: str | None, duty_name: str | None
    ) -> dict[str, Any]:
        return {
            "id": ticket.id,
            "number": ticket.number,
            "title": title_of(ticket.text),
            "category": ticket.category,
            "category_name": self._category_name(ticket),
            "status": ticket.status,
            "status_name": present_doubles.status_name(ticket),
            "emergency": ticket.emergency,
            "overdue": self._has_come(ticket.due_at),
            "nearly_due": self._has_come(ticket.warn_at),
            "due_at": ticket.due_at,
            "supervised": ticket.supervised,
            "returned": ticket.returned,
            "duplicate_of": ticket.duplicate_of,
            "place_text": ticket.place_text,
            "community_id": ticket.community_id,
            "building_id": ticket.building_id,
            "lead_party": ticket.lead_party,
            "lead_name": lead_name,
            "duty": {"id": ticket.duty_person_id, "name": duty_name} if duty_name else None,
            "reporter_is_me": ticket.reporter_id == self.actor.id,
            "created_at": ticket.created_at,
            "moved_at": ticket.moved_at,
            "version": ticket.version,
        }

    def _category_name(self, ticket: Line | Ticket) -> str:
        name = self._names.get(ticket.community_id)
        if name is None:
            name = self._names[ticket.community_id] = catalogue.of(ticket.community_id).name
        return name(ticket.category)

    def _has_come(self, moment: datetime | None) -> bool:
        return moment is not None and moment <= self.now


def page(session: Session, actor: Actor, query: dict[str, Any]) -> dict[str, Any]:
    """A page of the list."""
    lines, following = queries.page(session, actor, query)
    rows, words = Rows(actor), query.get("q")
    return {
        "items": [rows.of(line) | _found(line.text, words) for line in lines],
        "next_cursor": following,
    }


def _found(text: str, words: str | None) -> dict[str, Any]:
    return {"found": stretch_of(text, words)} if words else {}


def queues(session: Session, actor: Actor) -> dict[str, Any]:
    """The actor's queues."""
    counts = queries.queue_counts(session, actor)
    return {
        "items": [{"key": queue.key, "name": queue.name, "count": count} for queue, count in counts]
    }


@dataclass
class View:
    """One ticket as one actor sees it, with the names that stand in it."""

    session: Session
    actor: Actor
    ticket: Ticket
    entries: list[TicketEntry] = field(init=False)
    moves: list[Move] = field(init=False)
    seats: frozenset[Seat] = field(init=False)
    confides: bool = field(init=False)
    hides_reporter: bool = field(init=False)
    people: dict[UUID, Shown] = field(init=False)
    organisations: dict[UUID, Named] = field(init=False)

    def __post_init__(self) -> None:
        session, ticket = self.session, self.ticket
        who = queries.standing(self.actor, ticket)
        self.seats = seats = seats_of(work_of(ticket), who)
        self.moves = open_moves(ticket.status, seats, facts_of(ticket, who=who))
        self.confides = bool(seats & {Seat.REPORTER, Seat.COMMUNITY})
        self.hides_reporter = (
            about_the_company(ticket.category)
            and Party.PROPERTY in who.parties
            and not self.confides
        )
        self.entries = details.timeline_of(ticket)
        people, offices = self.actor.own_names
        self.people = {**people, **people_shown(session, self._people_ids() - people.keys())}
        others = self._organisation_ids() - offices.keys()
        self.organisations = {**offices, **organisations_named(session, others)}

    def person(self, person_id: UUID | None) -> str | None:
        """The name to show for a person."""
        if person_id == self.ticket.reporter_id and self.hides_reporter:
            return SOMEBODY
        if person_id in self._neighbours():
            return NEIGHBOUR
        return self.people[person_id].name if person_id in self.people else None

    def _neighbours(self) -> set[UUID | None]:
        """Who said that they met the same: only the community reads their names."""
        if Seat.COMMUNITY in self.seats:
            return set()
        met = {entry.by_person_id for entry in self.entries if entry.verb == ALSO_MET}
        return met - {self.actor.id, self.ticket.reporter_id}

    def _people_ids(self) -> set[UUID]:
        shown = [photo.by_person_id for photo in self.ticket.photos]
        wrote = [entry.by_person_id for entry in self.entries if entry.by_person_id]
        given = [_given_to(entry) for entry in self.entries]
        named = {self.ticket.reporter_id, self.ticket.duty_person_id, *shown, *wrote, *given}
        return {one for one in named if one}

    def _organisation_ids(self) -> set[UUID]:
        wrote = {entry.by_org_id for entry in self.entries}
        helped = {part.organisation_id for part in self.ticket.helpers}
        return {one for one in {self.ticket.lead_org_id, *wrote, *helped} if one}


def detail(
    session: Session, actor: Actor, ticket: Ticket, *, fresh: bool = False
) -> dict[str, Any]:
    """All that this actor may see of a ticket, with the moves they may make now. Of a fresh one
    nobody else has heard yet; it may be a draft."""
    view = View(session, actor, ticket)
    lead = view.organisations.get(ticket.lead_org_id) if ticket.lead_org_id else None
    on_duty = view.person(ticket.duty_person_id)
    return Rows(actor).row(ticket, lead.name if lead else None, on_duty) | {
        "text": ticket.text,
        "spot": ticket.spot,
        "found_on": _found_on(view),
        "public_area": ticket.public_area,
        "place_id": ticket.place_id,
        "agreed_by": ticket.agreed_by if view.confides else None,
        "household_id": ticket.household_id if view.confides else None,
        "reporter": _reporter(view),
        "lead": _organisation(lead) if lead else None,
        "co": [
            _organisation(view.organisations[part.organisation_id]) | {"done_at": part.done_at}
            for part in ticket.helpers
        ],
        "review_by": ticket.review_by,
        "reopened": ticket.reopened,
        "due_on": ticket.due_on,
        "suspended_until": ticket.suspended_until,
        "suspend_reason": ticket.suspend_reason,
        "suspension_pending": ticket.suspension_pending,
        "solved": ticket.solved,
        "satisfied": ticket.satisfied,
        "clocks": present_clocks.told(session, ticket, view.organisations),
        "doubles": present_doubles.NONE
        if fresh
        else present_doubles.of_ticket(session, actor, ticket),
        **_story(view),
    }


def _found_on(view: View) -> dict[str, Any] | None:
    """The point of a patrol at which it was seen. The patrol itself is open to the committee and to
    whoever reported it on their way."""
    found: dict[str, Any] | None = view.entries[-1].said.get("found_on") if view.entries else None
    if found is None or view.confides:
        return found
    return found | {"patrol_id": None}


def _story(view: View) -> dict[str, Any]:
    """The photos, the timeline, and how it may go on."""
    return {
        "photos": [_photo(view, photo) for photo in view.ticket.photos],
        "timeline": [_entry(view, entry) for entry in view.entries],
        "moves": [_move(move) for move in view.moves],
    }


def _photo(view: View, photo: TicketPhoto) -> dict[str, Any]:
    return {
        "hash": photo.hash,
        "phase": photo.phase,
        "by_name": view.person(photo.by_person_id),
        "at": photo.at,
    }


def _move(move: Move) -> dict[str, Any]:
    return {
        "verb": move.verb,
        "name": move.name,
        "needs": list(move.needs),
        "may": list(move.may),
        "danger": move.danger,
    }


def _reporter(view: View) -> dict[str, Any] | None:
    if view.hides_reporter:
        return None
    reporter = view.people[view.ticket.reporter_id]
    return {"id": reporter.id, "name": reporter.name, "guest": reporter.guest}


def _organisation(one: Named) -> dict[str, Any]:
    return {"id": one.id, "name": one.name, "party": party_of(one.kind)}


def _entry(view: View, entry: TicketEntry) -> dict[str, Any]:
    by_reporter = view.hides_reporter and entry.by_person_id == view.ticket.reporter_id
    office = view.organisations.get(entry.by_org_id) if entry.by_org_id else None
    silent = present_doubles.is_silent(entry, view.seats, view.actor)
    said = {
        key: value
        for key, value in entry.said.items()
        if key != "found_on" and (view.confides or key not in CONFIDENTIAL) and not silent
    }
    return {
        "id": entry.id,
        "at": entry.at,
        "verb": entry.verb,
        "verb_name": ENTRY_NAMES[entry.verb],
        "by_name": view.person(entry.by_person_id),
        "by_party": None if by_reporter or office is None else party_of(office.kind),
        "said": said or None,
        "text": "" if silent else _text(view, entry),
    }


def _given_to(entry: TicketEntry) -> UUID | None:
    """Whom a line hands the ticket on to."""
    return UUID(entry.said["person_id"]) if entry.verb == Verb.HAND_ON else None


def _text(view: View, entry: TicketEntry) -> str:
    """What was written; of a line that hands on, also to whom."""
    given = view.person(_given_to(entry))
    return "。".join(part for part in (given and f"交给{given}", entry.text) if part)
