"""What a committee and an office say when they make rules and duty lists."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app.tickets.models_routing import DutyRow, RoutingRule
from app.tickets.schemas_routing import SaveDutySchema
from app.tickets.service import duty, routing
from tests.factories.tickets import Neighbourhood

ALL_DAYS = [0, 1, 2, 3, 4, 5, 6]
LIGHT = "facility.power_lighting"


def said(here: Neighbourhood, lead: str = "social", **other: Any) -> dict[str, Any]:
    """A rule as an office sends it: lamps of the estate, led by this one."""
    base = {
        "place_id": here.estate.id,
        "about": LIGHT,
        "lead_org_id": here.organisations[lead].id,
        "co_org_ids": [],
        "decides": False,
    }
    return base | other


def rule(session: Session, here: Neighbourhood, lead: str = "social", **other: Any) -> RoutingRule:
    """A rule that is kept, and known to everybody."""
    row = routing.save(session, here.actors["committee"], said(here, lead, **other))
    session.commit()
    return row


def round_the_clock(*people: UUID) -> dict[str, Any]:
    """One shift that never ends."""
    return {
        "days": ALL_DAYS,
        "from": "00:00",
        "to": "00:00",
        "people": [str(one) for one in people],
    }


def day_only(here: Neighbourhood, office: str) -> dict[str, Any]:
    """Somebody of an office from eight to eight."""
    own = str(here.people[office].id)
    return {"days": ALL_DAYS, "from": "08:00", "to": "20:00", "people": [own]}


def wire(*shifts: dict[str, Any], **other: Any) -> dict[str, Any]:
    """A list as a browser sends it."""
    return {"week": list(shifts), "instead": [], "always": False, "hotline": ""} | other


def watch(session: Session, here: Neighbourhood, office: str, *people: str) -> DutyRow:
    """These people are on duty for an office, day and night."""
    return write(session, here, office, round_the_clock(*(here.people[one].id for one in people)))


def write(
    session: Session, here: Neighbourhood, office: str, *shifts: dict[str, Any], **other: Any
) -> DutyRow:
    """A list that is kept as if an office had sent it, and known to everybody."""
    own = here.organisations[office].id
    loaded = SaveDutySchema().load(wire(*shifts, **other))
    kept = session.get(DutyRow, own)
    row = duty.save(session, here.actors[office], own, kept.version if kept else 0, loaded)
    session.commit()
    return row
