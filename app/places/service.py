"""Verbs on single places and households; imports of many are in `imports.py`. Never commits."""

from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from app.core import changes, clock
from app.core.db import uuid7
from app.core.errors import Invalid, Stale
from app.core.events import publish
from app.identity.actor import Actor
from app.identity.rules import PlaceKind
from app.places import queries, rules
from app.places.events import HouseholdChanged
from app.places.models import Household, Place


def add_place(
    session: Session, kind: PlaceKind, name: str, parent: Place | None, *, sort: int, code: str = ""
) -> Place:
    """A new place under its parent, knowing the community and estate it lies in."""
    place_id = uuid7()
    place = Place(
        id=place_id,
        kind=kind,
        name=name,
        code=code or None,
        sort=sort,
        parent_id=parent.id if parent else None,
        path=f"{parent.path if parent else '/'}{place_id}/",
        community_id=parent.community_id if parent else None,
        estate_id=parent.estate_id if parent else None,
    )
    if kind is PlaceKind.COMMUNITY:
        place.community_id = place_id
    if kind is PlaceKind.ESTATE:
        place.estate_id = place_id
    session.add(place)
    return place


def change_household(
    session: Session, actor: Actor, household_id: UUID, version: int, said: dict[str, Any]
) -> Household:
    """The committee changes how a household is addressed, called on and reached."""
    household = queries.kept_household(session, actor, household_id)
    if household.version != version:
        raise Stale
    values = _checked(said)
    with session.no_autoflush:  # one change is one version
        for name, value in values.items():
            setattr(household, name, value)
        if "care_level" in values:
            household.care_confirmed_on = clock.today()
        if "floor" in values:
            household.walk_order = _walk_order(session, household)
    session.flush()
    publish(
        session,
        HouseholdChanged(subject_id=household.id, actor_id=actor.id, fields=tuple(sorted(values))),
    )
    return household


def touch(session: Session, household_ids: list[UUID]) -> None:
    """Raise the version of households whose persons changed, so that `If-Match` notices."""
    for start in range(0, len(household_ids), queries.BATCH):
        batch = household_ids[start : start + queries.BATCH]
        session.execute(
            update(Household)
            .where(Household.id.in_(batch))
            .values(version=Household.version + 1)
            .execution_options(synchronize_session="fetch", **changes.NOTED)
        )
        changes.note(session, "household", batch)


def touch_one(session: Session, household: Household) -> None:
    """The same for one household at hand; a concurrent change of it is refused as stale."""
    flag_modified(household, "door")
    session.flush()


def _checked(said: dict[str, Any]) -> dict[str, Any]:
    """What was said, cleaned. Invalid with a reason for each field."""
    values = dict(said)
    errors: dict[str, list[str]] = {}
    if "contact_name" in values:
        values["contact_name"] = rules.plain(values["contact_name"])
        if rules.looks_like_formula(values["contact_name"]):
            errors["contact_name"] = ["称呼不能以 = + - @ 开头。"]
    if values.get("contact_phone") is not None:
        text = rules.plain(values["contact_phone"])
        values["contact_phone"] = rules.telephone_of(text) if text else None
        if text and values["contact_phone"] is None:
            errors["contact_phone"] = ["不是完整的手机号或座机号。"]
    if values.get("floor") == 0:
        errors["floor"] = ["没有 0 层，地下一层写 -1。"]
    if errors:
        raise Invalid(errors=errors)
    return values


def _walk_order(session: Session, household: Household) -> str:
    ids = (household.estate_id, household.building_id, household.unit_id)
    sorts = dict(session.execute(select(Place.id, Place.sort).where(Place.id.in_(ids))).all())
    estate, building, unit = (sorts[place_id] for place_id in ids)
    return rules.walk_order((estate, building, unit), household.floor, household.door)
