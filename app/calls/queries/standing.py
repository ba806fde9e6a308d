"""How the buildings stand during a call: who is coming, which households were looked at since, what
they want. All of it is read from what was recorded anyway; nothing is typed for a call."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, aliased

from app.calls.models import CalledPerson, Summons
from app.calls.rules import Answer
from app.calls.rules.board import Building, counts_as_seen, wants_help
from app.core import clock
from app.identity.rules import PlaceKind
from app.places.models import Household, Place
from app.places.rules import CareLevel
from app.teams.models import Pairing
from app.visits.models import VisitRecord
from app.visits.rules.cadence import level_on

WATCHED = (CareLevel.HIGH, CareLevel.FOCUS)


@dataclass(frozen=True)
class Standing:
    """One building, and who of those called is coming to it."""

    place: Place
    building: Building
    coming: tuple[UUID, ...]


def buildings(session: Session, call: Summons) -> list[Standing]:
    """Every building of the place that is called, in walking order."""
    coming = coming_to(session, call)
    doors, seen, asking = _doors(session, call)
    return [
        Standing(
            place,
            Building(len(coming[place.id]), doors[place.id], seen[place.id], asking[place.id]),
            tuple(coming[place.id]),
        )
        for place in session.scalars(_places(call))
    ]


def _places(call: Summons) -> Select[Place]:
    estate = aliased(Place)
    return (
        select(Place)
        .join(estate, estate.id == Place.estate_id)
        .where(
            Place.kind == PlaceKind.BUILDING,
            or_(Place.estate_id == call.place_id, Place.community_id == call.place_id),
        )
        .order_by(estate.sort, estate.name, Place.sort, Place.name)
    )


def coming_to(session: Session, call: Summons) -> Mapping[UUID, list[UUID]]:
    """Who answered that they come, by the buildings with which (or with a unit of which) they are
    paired, the first to answer on top."""
    at = aliased(Place)
    rows = session.execute(
        select(at.id, at.kind, at.parent_id, CalledPerson.person_id)
        .join(Pairing, Pairing.person_id == CalledPerson.person_id)
        .join(at, at.id == Pairing.place_id)
        .where(
            CalledPerson.call_id == call.id,
            CalledPerson.answer == Answer.COMING,
            Pairing.standing(clock.today()),
        )
        .order_by(CalledPerson.answered_at, CalledPerson.person_id)
    )
    found: dict[UUID, dict[UUID, None]] = defaultdict(dict)
    for place_id, kind, parent_id, person_id in rows:
        building_id = place_id if kind is PlaceKind.BUILDING else parent_id
        if building_id:
            found[building_id][person_id] = None
    return defaultdict(list, {place: list(people) for place, people in found.items()})


def _area(call: Summons) -> Any:
    return or_(Household.estate_id == call.place_id, Household.community_id == call.place_id)


def _doors(
    session: Session, call: Summons
) -> tuple[dict[UUID, int], dict[UUID, int], dict[UUID, int]]:
    """By building: how many households are watched, were seen, want help."""
    day = (call.ended_at or clock.now()).astimezone(clock.LOCAL).date()
    latest = {row.household_id: row for row in _records(session, call)}
    doors, seen, asking = (defaultdict[UUID, int](int) for _ in range(3))
    rows = session.execute(
        select(
            Household.id,
            Household.building_id,
            Household.care_level,
            Household.care_confirmed_on,
        ).where(_area(call), Household.care_level.in_(WATCHED))
    )
    for household_id, building_id, level, confirmed_on in rows:
        if level_on(level, confirmed_on, day) not in WATCHED:
            continue
        doors[building_id] += 1
        record = latest.get(household_id)
        seen[building_id] += record is not None and counts_as_seen(record.outcome)
        asking[building_id] += record is not None and wants_help(record.outcome)
    return doors, seen, asking


def _records(session: Session, call: Summons) -> Iterator[Any]:
    """What was recorded of households there since the call went out, the latest last."""
    ended = call.ended_at or clock.now()
    yield from session.execute(
        select(VisitRecord.household_id, VisitRecord.outcome, VisitRecord.ticket_id)
        .join(Household, Household.id == VisitRecord.household_id)
        .where(
            _area(call),
            VisitRecord.on >= call.opened_at.astimezone(clock.LOCAL).date(),
            VisitRecord.received_at >= call.opened_at,
            VisitRecord.received_at <= ended,
        )
        .order_by(VisitRecord.received_at, VisitRecord.visit_id)
    )


def tickets_of(session: Session, call: Summons) -> Sequence[UUID]:
    """The tickets that were made out of visits during the call."""
    return [row.ticket_id for row in _records(session, call) if row.ticket_id]
