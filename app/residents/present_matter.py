"""A matter as plain data for who holds its link: its reporter, or one who met the same."""

from typing import Any

from sqlalchemy.orm import Session

from app.identity.rules import PARTY_NAMES
from app.places.models import Place
from app.residents.models import ResidentReport
from app.residents.present import phones
from app.residents.rules.plain import STATES, VERBS, told
from app.residents.visitor import Follower
from app.tickets import present as tickets
from app.tickets.models import Ticket
from app.tickets.queries.details import timeline_of
from app.tickets.rules import OVER, PHOTO_PHASE_NAMES, PhotoPhase, Verb

NOT_OF_OTHERS = (Verb.SUBMIT, "note", "photos")


def matter(session: Session, who: Follower) -> dict[str, Any]:
    """All that this link shows. What was joined into another matter goes on as that one does."""
    ticket = who.ticket
    head = session.get_one(Ticket, ticket.duplicate_of) if ticket.duplicate_of else None
    led = head or ticket
    state, shape, following = STATES[led.status]
    seen = tickets.detail(session, who, ticket)
    report = session.get_one(ResidentReport, who.report.id)
    return {
        "number": ticket.number,
        "reporter": who.is_reporter,
        "place": ticket.place_text,
        "category_name": seen["category_name"],
        "emergency": ticket.emergency,
        "text": ticket.text,
        "public_area": ticket.public_area,
        "state": led.status,
        "state_name": state,
        "shape": shape,
        "next": following,
        "over": led.status in OVER,
        "same_as": head.number if head else None,
        "may_add": who.is_reporter and ticket.status not in OVER,
        "phones": phones(session, session.get_one(Place, ticket.place_id)),
        "phone_masked": report.phone_masked,
        "version": ticket.version,
        **(_own(who, seen, head) if who.is_reporter else _met(led)),
    }


def _own(who: Follower, seen: dict[str, Any], head: Ticket | None) -> dict[str, Any]:
    """What only its reporter sees and may do: just what the app shows a reporter."""
    mine = {entry.id for entry in who.ticket.entries if entry.by_person_id == who.id}
    entries = [
        told(entry, party=PARTY_NAMES.get(entry["by_party"]), own=entry["id"] in mine)
        for entry in seen["timeline"]
    ]
    lines = [*(entry for entry in entries if entry), *(_of_others(head) if head else [])]
    allowed = {move["verb"] for move in seen["moves"]}
    return {
        "due_at": None if seen["status"] in OVER else seen["due_at"],
        "lead": seen["lead"]["name"] if seen["lead"] else None,
        "verbs": [verb for verb in VERBS if verb in allowed],
        "solved": seen["solved"],
        "satisfied": seen["satisfied"],
        "photos": [_photo(photo) for photo in seen["photos"]],
        "timeline": sorted(lines, key=lambda line: line["at"], reverse=True),
    }


def _photo(photo: dict[str, Any]) -> dict[str, Any]:
    return {"hash": photo["hash"], "phase_name": PHOTO_PHASE_NAMES[PhotoPhase(photo["phase"])]}


def _met(led: Ticket) -> dict[str, Any]:
    """What one sees who met the same: how it goes on."""
    return {
        "due_at": None,
        "lead": None,
        "verbs": [],
        "solved": None,
        "satisfied": None,
        "photos": [],
        "timeline": _of_others(led),
    }


def _of_others(ticket: Ticket) -> list[dict[str, Any]]:
    """How a matter that somebody else reported goes on; nothing that anybody wrote or showed."""
    lines = [
        told(
            {"verb": row.verb, "at": row.at, "text": "", "said": _lead_in(row.said)},
            party=None,
            own=False,
        )
        for row in timeline_of(ticket)
        if row.verb not in NOT_OF_OTHERS
    ]
    return [line for line in lines if line]


def _lead_in(said: dict[str, Any]) -> dict[str, Any]:
    return {"lead_name": said.get("lead_name")}
