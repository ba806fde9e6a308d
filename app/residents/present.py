"""Doors and matters as plain data for somebody without an account."""

from typing import Any

from sqlalchemy.orm import Session

from app.places.models import Place, PlaceKind
from app.places.queries import place_texts
from app.residents import queries
from app.residents.models import DoorCode, ResidentReport
from app.residents.visitor import new_form
from app.teams.rules import TEAM_DUTIES, TEAM_KIND_NAMES
from app.tickets import catalogue
from app.tickets.models import Ticket
from app.tickets.rules import (
    GROUP_NAMES,
)
from app.tickets.rules.catalogue import Catalogue

NEAR_NAMES = {PlaceKind.UNIT: "本单元", PlaceKind.BUILDING: "本楼", PlaceKind.ESTATE: "小区里"}


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
        "categories": _categories(catalogue.of_place(place.path)),
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


def _categories(held: Catalogue) -> list[dict[str, Any]]:
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
        for one in held.offered()
    ]


def phones(session: Session, place: Place) -> list[dict[str, str]]:
    """The public numbers for a place."""
    return [{"name": one.name, "number": one.number} for one in queries.numbers(session, place)]


def receipt(session: Session, report: ResidentReport) -> dict[str, Any]:
    """The number of what was reported."""
    ticket = session.get_one(Ticket, report.ticket_id)
    return {"number": ticket.number, "joined": ticket.reporter_id != report.person_id}
