"""SELECTs on households and their persons, each starting from the actor; teams are in `rosters.py`.

Who sees a household: its committee; its main and backup person; whoever is paired with its
building or unit today. The property company never does, nor does the subdistrict, nor anybody
whose last post has ended.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.errors import NotFound
from app.identity.actor import Actor
from app.identity.rules import OrganisationKind
from app.places.models import Household, Place
from app.places.queries import batches
from app.teams.models import HouseholdAssignment, Pairing

FILTERS = ("community_id", "estate_id", "building_id", "unit_id", "grid_id", "care_level")
Persons = tuple[UUID | None, UUID | None]


def visible_households(actor: Actor) -> Select[Household]:
    """The households that an actor may see, as a statement without order."""
    seen: ColumnElement[bool] = Household.community_id.in_(actor.committee_communities)
    if actor.posts and not actor.holds(OrganisationKind.PROPERTY):
        seen = or_(seen, *_mine(actor.id))
    return select(Household).where(seen)


def _mine(person_id: UUID) -> tuple[ColumnElement[bool], ...]:
    paired = select(Pairing.place_id).where(
        Pairing.person_id == person_id, Pairing.standing(clock.today())
    )
    return (
        Household.id.in_(held_by(person_id)),
        Household.building_id.in_(paired),
        Household.unit_id.in_(paired),
    )


def held_by(person_id: UUID) -> Select[UUID]:
    """The ids of the households whose main or backup person this is."""
    return select(HouseholdAssignment.household_id).where(
        or_(
            HouseholdAssignment.main_person_id == person_id,
            HouseholdAssignment.backup_person_id == person_id,
        )
    )


def household_visible(session: Session, actor: Actor, household_id: UUID) -> bool:
    """May this actor see this household?"""
    statement = visible_households(actor).where(Household.id == household_id)
    return session.scalar(statement) is not None


def household(session: Session, actor: Actor, household_id: UUID) -> Household:
    """A household that the actor may see. NotFound otherwise."""
    found = session.scalar(visible_households(actor).where(Household.id == household_id))
    if found is None:
        raise NotFound
    return found


def kept_household(session: Session, actor: Actor, household_id: UUID) -> Household:
    """A household that the actor sees as its committee. NotFound otherwise."""
    found = household(session, actor, household_id)
    if found.community_id not in actor.committee_communities:
        raise NotFound
    return found


def kept_households(session: Session, actor: Actor, ids: Iterable[UUID]) -> list[Household]:
    """Those of these households that the actor's committee keeps."""
    found: list[Household] = []
    for batch in batches(ids):
        found += session.scalars(
            select(Household).where(
                Household.id.in_(batch),
                Household.community_id.in_(actor.committee_communities),
            )
        )
    return found


def assignments(session: Session, ids: Iterable[UUID]) -> dict[UUID, HouseholdAssignment]:
    """The assignment rows of these households, by household."""
    found: dict[UUID, HouseholdAssignment] = {}
    for batch in batches(ids):
        rows = session.scalars(
            select(HouseholdAssignment).where(HouseholdAssignment.household_id.in_(batch))
        )
        found |= {row.household_id: row for row in rows}
    return found


def narrowed(statement: Select[Household], query: dict[str, Any]) -> Select[Household]:
    """The filters of the household list, each only where it was asked for."""
    for name in FILTERS:
        if query.get(name) is not None:
            statement = statement.where(getattr(Household, name) == query[name])
    if query.get("without_person"):
        statement = statement.where(without_person())
    if query.get("person_id") is not None:
        statement = statement.where(Household.id.in_(held_by(query["person_id"])))
    words = str(query.get("q") or "").split()
    for word in words[:4]:
        statement = statement.where(_matches(word))
    return statement


def without_person() -> ColumnElement[bool]:
    """The condition: nobody is the main person of this household."""
    held = select(HouseholdAssignment.household_id).where(
        HouseholdAssignment.main_person_id.is_not(None)
    )
    return Household.id.not_in(held)


def _matches(word: str) -> ColumnElement[bool]:
    named = select(Place.id).where(Place.name.contains(word, autoescape=True))
    return or_(
        Household.door.contains(word.upper(), autoescape=True),
        Household.contact_name.contains(word, autoescape=True),
        Household.estate_id.in_(named),
        Household.building_id.in_(named),
        Household.unit_id.in_(named),
    )


def persons_for(session: Session, household_ids: Iterable[UUID]) -> dict[UUID, Persons]:
    """The main and backup person of each household that has one."""
    found: dict[UUID, Persons] = {}
    for batch in batches(household_ids):
        rows = session.execute(
            select(
                HouseholdAssignment.household_id,
                HouseholdAssignment.main_person_id,
                HouseholdAssignment.backup_person_id,
            ).where(HouseholdAssignment.household_id.in_(batch))
        )
        found |= {household_id: (main, backup) for household_id, main, backup in rows}
    return found


def households_held(session: Session, person_id: UUID, community_id: UUID) -> int:
    """How many households of a community have this person as main or backup."""
    return (
        session.scalar(
            select(func.count())
            .select_from(HouseholdAssignment)
            .join(Household, Household.id == HouseholdAssignment.household_id)
            .where(
                Household.community_id == community_id,
                or_(
                    HouseholdAssignment.main_person_id == person_id,
                    HouseholdAssignment.backup_person_id == person_id,
                ),
            )
        )
        or 0
    )
