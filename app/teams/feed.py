"""What phones may hold of households: the doors one looks after, by pairing or by name.

Two scopes: `place`, a building or unit with which a person is paired today, and `homes`, the doors
whose main or backup person they are. Together they are what `queries.visible_households` opens to
somebody without a committee; a property company and who has no post hold nothing.
"""

from collections.abc import Collection, Iterator, Mapping
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, or_, select
from sqlalchemy.orm import Session

from app.core import changes, clock
from app.core.changes import Held, Lies, Shown
from app.core.numbering import Scope
from app.identity.actor import Actor
from app.identity.rules import OrganisationKind
from app.places.doors import doors_of
from app.places.models import Household
from app.teams import queries
from app.teams.models import HouseholdAssignment, Pairing

KIND = "household"
PLACE, HOMES = "place", "homes"

# Built once: every phone asks this each minute.
PAIRED = select(Pairing.place_id).where(
    Pairing.person_id == bindparam("person_id"),
    Pairing.since <= bindparam("day"),
    or_(Pairing.until.is_(None), Pairing.until >= bindparam("day")),
)


def may_hold(actor: Actor) -> bool:
    """Whether the actor may have households on a phone at all."""
    return bool(actor.posts) and not actor.holds(OrganisationKind.PROPERTY)


def my_places(session: Session, actor: Actor) -> list[UUID]:
    """The buildings and units with which the actor is paired today."""
    if not may_hold(actor):
        return []
    asked = {"person_id": actor.id, "day": clock.today()}
    return list(dict.fromkeys(session.scalars(PAIRED, asked)))


def my_homes(_session: Session, actor: Actor) -> list[UUID]:
    """The scope of the doors in the actor's own care."""
    return [actor.id] if may_hold(actor) else []


def where(session: Session, ids: Collection[UUID]) -> Iterator[Lies]:
    """A door lies in its building, in its unit, and with its two persons."""
    rows = session.execute(
        select(
            Household.id,
            Household.building_id,
            Household.unit_id,
            HouseholdAssignment.main_person_id,
            HouseholdAssignment.backup_person_id,
        )
        .outerjoin(HouseholdAssignment, HouseholdAssignment.household_id == Household.id)
        .where(Household.id.in_(ids))
    )
    for household_id, building_id, unit_id, *persons in rows:
        yield Lies(household_id, Scope(PLACE, building_id), None)
        yield Lies(household_id, Scope(PLACE, unit_id), None)
        for person_id in filter(None, persons):
            yield Lies(household_id, Scope(HOMES, person_id), None)


def show(
    session: Session, _actor: Actor, scope: Scope, ids: Collection[UUID]
) -> Mapping[UUID, Shown]:
    """Those of these doors that lie in the scope."""
    inside = session.scalars(select(Household.id).where(Household.id.in_(ids), _lies_in(scope)))
    doors = doors_of(session, inside.all())
    return {household_id: Shown(door, None) for household_id, door in doors.items()}


def _lies_in(scope: Scope) -> ColumnElement[bool]:
    if scope.kind == HOMES:
        return Household.id.in_(queries.held_by(scope.key))
    return or_(Household.building_id == scope.key, Household.unit_id == scope.key)


@changes.watch(Household)
def household_changed(session: Session, row: Household) -> None:
    """A door itself has changed."""
    changes.note(session, KIND, [row.id])


@changes.watch(HouseholdAssignment)
def persons_changed(session: Session, row: HouseholdAssignment) -> None:
    """A door has other persons; those it had before hear of it too."""
    changes.note(session, KIND, [row.household_id])
    for column in ("main_person_id", "backup_person_id"):
        for person_id in changes.before(row, column):
            changes.leave(session, KIND, row.household_id, Scope(HOMES, person_id))


changes.hold(Held(KIND, where, show))
changes.scope_kind(PLACE, my_places)
changes.scope_kind(HOMES, my_homes)
