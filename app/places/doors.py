"""Households as somebody who stands before the door needs them: where it is, whom one asks for."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from app.places.models import Household, Place
from app.places.rules import household_text


def doors_of(session: Session, ids: Iterable[UUID]) -> dict[UUID, dict[str, Any]]:
    """Doors by household id; the ids were already allowed."""
    estate, building, unit = aliased(Place), aliased(Place), aliased(Place)
    rows = session.execute(
        select(Household, estate.name, building.name, unit.name)
        .join(estate, estate.id == Household.estate_id)
        .join(building, building.id == Household.building_id)
        .join(unit, unit.id == Household.unit_id)
        .where(Household.id.in_(list(ids)))
    )
    return {
        home.id: {
            "id": home.id,
            "door": home.door,
            "floor": home.floor,
            "place_text": household_text(in_estate, in_building, in_unit, home.door),
            "building": {"id": home.building_id, "name": in_building},
            "unit": {"id": home.unit_id, "name": in_unit},
            "contact_name": home.contact_name,
            "care_level": home.care_level,
            "wish": home.wish,
        }
        for home, in_estate, in_building, in_unit in rows
    }
