"""What was reported more than once as plain data: to each only what is theirs to see."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.core.clock import LOCAL
from app.identity.actor import Actor
from app.identity.models import Organisation
from app.identity.queries import people_named
from app.places import queries as places
from app.places.models import Place
from app.tickets import catalogue, queries
from app.tickets.models import Ticket, TicketEntry
from app.tickets.models_doubles import TicketFollower
from app.tickets.queries import details, doubles
from app.tickets.rules import (
    OVER,
    STATUS_NAMES,
    VERB_NAMES,
    Seat,
    Verb,
    seats_of,
    title_of,
)
from app.tickets.rules.doubles import ALSO_MET, ENTRY_NAMES, STANDING_NAMES, standing_of
from app.tickets.service.doubles import Double
from app.tickets.service.facts import work_of

JOINED_NAME = "一起办"
WORKING = frozenset({Seat.COMMUNITY, Seat.LEAD, Seat.CO})
# What neighbours hear of: that it moves, never what was said about it.
STEPS = (
    Verb.SUBMIT, Verb.ACCEPT, Verb.REJECT, Verb.WITHDRAW, Verb.DISPATCH, Verb.START, Verb.ARRIVE,
    Verb.SUSPEND, Verb.RESUME, Verb.RESOLVE, Verb.REVIEW, Verb.SEND_BACK, Verb.CLOSE, Verb.REOPEN,
    Verb.DELIBERATE, Verb.CONCLUDE, Verb.ESCALATE, Verb.ANSWER, Verb.ARBITRATE,
)  # fmt: skip
STEP_NAMES: dict[str, str] = {verb.value: VERB_NAMES[verb] for verb in STEPS} | {Verb.CLOSE: "结单"}


NONE: dict[str, Any] = {"goes_with": None, "joined": [], "others": 0}


def is_silent(entry: TicketEntry, seats: frozenset[Seat], actor: Actor) -> bool:
    """Whether a line says only that somebody else met the same: to the reporter of the one, the
    words of the other are not theirs."""
    own = entry.by_person_id == actor.id
    return entry.verb in ENTRY_NAMES and not own and not seats & WORKING


def status_name(ticket: Any) -> str:
    """The state of a ticket, or that it goes with another one."""
    return STATUS_NAMES[ticket.status] if ticket.duplicate_of is None else JOINED_NAME


def hint(double: Double, actor: Actor, place_text: str) -> dict[str, Any]:
    """What may be the same, while somebody types."""
    near, ticket = double.near, double.ticket
    standing = standing_of(near.status)
    mine = ticket is not None and ticket.reporter_id == actor.id
    return {
        "id": near.id,
        "seen": ticket is not None,
        "mine": mine,
        "number": ticket.number if ticket else None,
        "title": title_of(ticket.text) if ticket else None,
        "category": near.category,
        "category_name": catalogue.of_actor(actor).name(near.category),
        "place_text": place_text,
        "reported_on": _day(near.created_at),
        "standing": standing,
        "standing_name": STANDING_NAMES[standing],
        "joinable": near.status not in OVER and not mine,
    }


def building_text(session: Session, place: Place) -> str:
    """A place as far as neighbours hear of it: never which unit."""
    chain = places.chain(session, place)
    return places.text_of([one for one in chain if one.kind != "unit"])


def followed_row(ticket: Ticket, place_text: str) -> dict[str, Any]:
    """A line of what one follows."""
    return {
        "id": ticket.id,
        "category_name": catalogue.name_of(ticket),
        "place_text": place_text,
        "status": ticket.status,
        "status_name": STATUS_NAMES[ticket.status],
        "reported_on": _day(ticket.created_at),
        "moved_at": ticket.moved_at,
    }


def followed(session: Session, actor: Actor, ticket: Ticket) -> dict[str, Any]:
    """A neighbour's report, for who met the same."""
    lead = session.get(Organisation, ticket.lead_org_id) if ticket.lead_org_id else None
    follows = session.get(TicketFollower, (ticket.id, actor.id)) is not None
    told = details.timeline_of(ticket)
    done = next((one.text for one in told if one.verb == Verb.RESOLVE), None)
    own = [entry.text for entry in told if _is_own(entry, actor) and entry.text]
    return followed_row(ticket, building_text(session, ticket.place)) | {
        "lead_name": lead.name if lead else None,
        "following": follows,
        "result": done if ticket.public_area else None,
        "own_words": own,
        "steps": [
            {"at": entry.at, "name": STEP_NAMES[entry.verb]}
            for entry in told
            if entry.verb in STEP_NAMES
        ],
    }


def _is_own(entry: TicketEntry, actor: Actor) -> bool:
    return entry.verb == ALSO_MET and entry.by_person_id == actor.id


def candidates(session: Session, tickets: Sequence[Ticket]) -> list[dict[str, Any]]:
    """Tickets for comparing; whoever asks for them may see them."""
    names = people_named(session, {one.reporter_id for one in tickets})
    return [
        {
            "id": one.id,
            "number": one.number,
            "text": one.text,
            "category_name": catalogue.name_of(one),
            "place_text": one.place_text,
            "spot": one.spot,
            "status": one.status,
            "status_name": status_name(one),
            "reporter_name": names[one.reporter_id],
            "photos": [photo.hash for photo in one.photos],
            "created_at": one.created_at,
            "version": one.version,
            "joinable": one.duplicate_of is None and one.status not in OVER,
        }
        for one in tickets
    ]


def of_ticket(session: Session, actor: Actor, ticket: Ticket) -> dict[str, Any]:
    """With what a ticket goes, what was joined into it, and how many more met the same."""
    around = doubles.around(session, ticket.id)
    joined = doubles.joined_into(session, ticket.id) if around.joined else []
    shown = _shown(session, actor, ticket, joined) if joined else []
    return {
        "goes_with": _goes_with(session, actor, ticket),
        "joined": shown,
        "others": around.followers + len(joined) - len(shown),
    }


def _goes_with(session: Session, actor: Actor, ticket: Ticket) -> dict[str, Any] | None:
    if ticket.duplicate_of is None:
        return None
    head = session.get_one(Ticket, ticket.duplicate_of)
    return {
        "id": head.id,
        "number": head.number,
        "status_name": STATUS_NAMES[head.status],
        "open": bool(doubles.seen_of(session, actor, [head.id])),
    }


def _shown(
    session: Session, actor: Actor, head: Ticket, joined: Sequence[Ticket]
) -> list[dict[str, Any]]:
    """What one may see by oneself; who works on it also sees what was said of public parts."""
    seats = seats_of(work_of(head), queries.standing(actor, head))
    own = doubles.seen_of(session, actor, [one.id for one in joined])
    seen = [one for one in joined if one.id in own or (one.public_area and seats & WORKING)]
    told = Seat.COMMUNITY in seats
    names = people_named(session, {one.reporter_id for one in seen}) if told else {}
    return [_joined(one, names.get(one.reporter_id)) for one in seen]


def _joined(ticket: Ticket, reporter: str | None) -> dict[str, Any]:
    notes = [one for one in ticket.entries if one.verb in ("note", ALSO_MET) and one.text]
    return {
        "id": ticket.id,
        "number": ticket.number,
        "text": ticket.text,
        "place_text": ticket.place_text,
        "reporter_name": reporter,
        "created_at": ticket.created_at,
        "photos": [photo.hash for photo in ticket.photos],
        "notes": [{"at": one.at, "text": one.text} for one in notes],
    }


def _day(moment: datetime) -> Any:
    return moment.astimezone(LOCAL).date()
