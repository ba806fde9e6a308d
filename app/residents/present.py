"""Doors and matters as plain data for somebody without an account."""

from typing import Any

from sqlalchemy.orm import Session

from app.identity.rules import PARTY_NAMES
from app.places.models import Place, PlaceKind
from app.places.queries import place_texts
from app.residents import queries
from app.residents.models import DoorCode, ResidentReport
from app.residents.rules.plain import STATES, VERBS, told
from app.residents.visitor import Follower, new_form
from app.teams.rules import TEAM_DUTIES, TEAM_KIND_NAMES
from app.tickets import present as tickets
from app.tickets.models import Ticket
from app.tickets.queries.details import timeline_of
from app.tickets.rules import (
    CATEGORIES,
    GROUP_NAMES,
    OVER,
    PHOTO_PHASE_NAMES,
    PhotoPhase,
    Verb,
)

NEAR_NAMES = {PlaceKind.UNIT: "本单元", PlaceKind.BUILDING: "本楼", PlaceKind.ESTATE: "小区里"}
SUPPLEMENTS = ("note", "photos")


def door_page(session: Session, door: DoorCode) -> dict[str, Any]:
    """All that the page of a door shows, and a form to fill in."""
    place = session.get_one(Place, door.place_id)
    community = session.get_one(Place, door.community_id)
    near = queries.around(session, door)
    return {
        "place": place_texts(session, [place.id])[place.id],
        "community": community.name,
        "places": [
            {"id": one.id, "kind": one.kind, "name": f"{NEAR_NAMES[one.kind]}（{one.name}）"}
            for one in near
        ],
        "categories": _categories(),
        "phones": phones(session, place),
        "carers": [
            {"name": name, "team": TEAM_KIND_NAMES[kind], "duty": TEAM_DUTIES[kind]}
            for kind, name in queries.carers(session, _ours(near))
        ],
        "companies": queries.companies(session, place),
        "form": new_form(door),
    }


def _ours(near: list[Place]) -> list[Place]:
    return [one for one in near if one.kind in queries.ON_A_DOOR]


def _categories() -> list[dict[str, Any]]:
    return [
        {
            "code": one.code,
            "name": one.name,
            "group": one.group,
            "group_name": GROUP_NAMES[one.group],
            "lead_party": one.lead,
            "emergency": one.emergency,
            "phones": [{"name": phone.name, "number": phone.number} for phone in one.phones],
        }
        for one in CATEGORIES.values()
    ]


def phones(session: Session, place: Place) -> list[dict[str, str]]:
    """The public numbers for a place."""
    return [{"name": one.name, "number": one.number} for one in queries.numbers(session, place)]


def matter(session: Session, who: Follower) -> dict[str, Any]:
    """A matter for who holds its link."""
    ticket = who.ticket
    state, shape, following = STATES[ticket.status]
    place = session.get_one(Place, ticket.place_id)
    report = session.get_one(ResidentReport, who.report.id)
    return {
        "number": ticket.number,
        "place": ticket.place_text,
        "category_name": CATEGORIES[ticket.category].name,
        "emergency": ticket.emergency,
        "text": ticket.text,
        "public_area": ticket.public_area,
        "state": ticket.status,
        "state_name": state,
        "shape": shape,
        "next": following,
        "over": ticket.status in OVER,
        "same_as": _same_as(session, ticket),
        "phones": phones(session, place),
        "phone_masked": report.phone_masked,
        "version": ticket.version,
        **(_own(session, who) if report.person_id else _followed(who)),
    }


def _same_as(session: Session, ticket: Ticket) -> str | None:
    """The number of the matter that this one is handled with."""
    if ticket.duplicate_of is None:
        return None
    return session.get_one(Ticket, ticket.duplicate_of).number


def _own(session: Session, who: Follower) -> dict[str, Any]:
    """What only its reporter sees and may do: just what the app shows a reporter."""
    seen = tickets.detail(session, who, who.ticket)
    mine = {entry.id for entry in who.ticket.entries if entry.by_person_id == who.id}
    entries = [
        told(entry, party=PARTY_NAMES.get(entry["by_party"]), own=entry["id"] in mine)
        for entry in seen["timeline"]
    ]
    allowed = {move["verb"] for move in seen["moves"]}
    return {
        "reporter": True,
        "due_at": None if seen["status"] in OVER else seen["due_at"],
        "lead": seen["lead"]["name"] if seen["lead"] else None,
        "verbs": [verb for verb in VERBS if verb in allowed],
        "solved": seen["solved"],
        "satisfied": seen["satisfied"],
        "photos": [_photo(photo) for photo in seen["photos"]],
        "timeline": [entry for entry in entries if entry],
    }


def _photo(photo: dict[str, Any]) -> dict[str, Any]:
    return {"hash": photo["hash"], "phase_name": PHOTO_PHASE_NAMES[PhotoPhase(photo["phase"])]}


def _followed(who: Follower) -> dict[str, Any]:
    """What one sees who reported the same: how it goes on; nothing that others wrote or showed."""
    rows = timeline_of(who.ticket)
    entries = [
        told({"verb": row.verb, "said": row.said, "text": "", "at": row.at}, party=None, own=False)
        for row in rows
        if row.verb not in (*SUPPLEMENTS, Verb.SUBMIT)
    ]
    return {
        "reporter": False,
        "due_at": None,
        "lead": None,
        "verbs": [],
        "solved": None,
        "satisfied": None,
        "photos": [],
        "timeline": [_silent(entry) for entry in entries if entry],
    }


def _silent(entry: dict[str, Any]) -> dict[str, Any]:
    return entry | {"text": ""}


def receipt(session: Session, report: ResidentReport) -> dict[str, Any]:
    """The number of what was reported."""
    ticket = session.get_one(Ticket, report.ticket_id)
    return {"number": ticket.number, "joined": report.person_id is None}
