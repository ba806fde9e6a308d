"""Who looks after whom, over time and in numbers: history of a door, doors without a person, people
with more than their community finds right, and what the suggestion has to know."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import Select, func, or_, select, update
from sqlalchemy.orm import Session

from app.core import clock
from app.core.errors import NotFound
from app.identity.actor import Actor
from app.identity.rules import PlaceKind
from app.places.models import Household, Place
from app.places.queries import batches
from app.teams import queries, rosters
from app.teams.models import HouseholdAssignment, Pairing, Team, TeamMember
from app.teams.models_keeping import (
    CareChange,
    CareChangeLine,
    CareLimit,
    HouseholdAssignmentPast,
)
from app.teams.rules.keeping import USUAL_LIMIT, Door, Keeper, Persons


def keep_past(session: Session, row: HouseholdAssignment, after: Persons) -> None:
    """Before a row changes: keep who stood there. What began today never stood for a day; what is
    put back on the day it was changed has never ended."""
    today = clock.today()
    yesterday = today - timedelta(days=1)
    if row.since >= today:
        last = session.scalar(
            select(HouseholdAssignmentPast).where(
                HouseholdAssignmentPast.household_id == row.household_id,
                HouseholdAssignmentPast.until == yesterday,
            )
        )
        if last is not None and (last.main_person_id, last.backup_person_id) == after:
            row.since = last.since
            session.delete(last)
        return
    if row.main_person_id is not None:
        session.add(
            HouseholdAssignmentPast(
                household_id=row.household_id,
                main_person_id=row.main_person_id,
                backup_person_id=row.backup_person_id,
                since=row.since,
                until=yesterday,
            )
        )
    row.since = today


def history(session: Session, household_id: UUID) -> list[HouseholdAssignmentPast]:
    """Who looked after a household before, latest first."""
    return list(
        session.scalars(
            select(HouseholdAssignmentPast)
            .where(HouseholdAssignmentPast.household_id == household_id)
            .order_by(HouseholdAssignmentPast.until.desc(), HouseholdAssignmentPast.id)
        )
    )


def limit_of(session: Session, community_id: UUID) -> tuple[int, int]:
    """How many doors are right for one person here, and the version of that word (0: none)."""
    row = session.get(CareLimit, community_id)
    return (row.households, row.version) if row else (USUAL_LIMIT, 0)


def mains(session: Session, community_id: UUID) -> Counter[UUID]:
    """How many doors of a community each main person has."""
    rows = session.execute(
        select(HouseholdAssignment.main_person_id, func.count())
        .join(Household, Household.id == HouseholdAssignment.household_id)
        .where(
            Household.community_id == community_id,
            HouseholdAssignment.main_person_id.is_not(None),
        )
        .group_by(HouseholdAssignment.main_person_id)
    )
    return Counter({person: count for person, count in rows if person is not None})


def without_person(session: Session, community_id: UUID) -> list[tuple[UUID, int]]:
    """The buildings with doors that nobody looks after, and how many; a person who is in no team
    any more is nobody."""
    team = rosters.team_people(session, community_id)
    held = select(HouseholdAssignment.household_id).where(
        HouseholdAssignment.main_person_id.in_(team)
    )
    rows = session.execute(
        select(Household.building_id, func.count())
        .where(Household.community_id == community_id, Household.id.not_in(held))
        .group_by(Household.building_id)
    )
    return [(building, count) for building, count in rows]


def kept_estate(session: Session, actor: Actor, estate_id: UUID) -> Place:
    """An estate of the actor's committee. NotFound otherwise."""
    found = session.get(Place, estate_id)
    if (
        found is None
        or found.kind is not PlaceKind.ESTATE
        or found.community_id not in actor.committee_communities
    ):
        raise NotFound
    return found


def visible_changes(actor: Actor) -> Select[CareChange]:
    """The changes of many doors at once in the actor's communities."""
    return select(CareChange).where(CareChange.community_id.in_(actor.committee_communities))


def doors_of(session: Session, households: Select[UUID]) -> list[Door]:
    """These households as the suggestion takes them."""
    rows = session.execute(
        select(
            Household.id,
            Household.walk_order,
            Household.unit_id,
            Household.building_id,
            HouseholdAssignment.main_person_id,
            HouseholdAssignment.backup_person_id,
        )
        .outerjoin(HouseholdAssignment, HouseholdAssignment.household_id == Household.id)
        .where(Household.id.in_(households))
    ).all()
    stands = places_in_order(session, {row.building_id for row in rows})
    return [
        Door(row[0], row[1], row[2], row[3], stands[row.building_id], row[4], row[5])
        for row in rows
    ]


def places_in_order(session: Session, building_ids: Collection[UUID]) -> dict[UUID, int]:
    """Which place each building has in the order in which one walks past them."""
    rows = session.execute(
        select(Household.building_id, func.min(Household.walk_order))
        .where(Household.building_id.in_(building_ids))
        .group_by(Household.building_id)
    ).all()
    ordered = sorted(rows, key=lambda row: (row[1], row[0]))
    return {building: nth for nth, (building, _) in enumerate(ordered)}


def held_in(community_id: UUID, person_id: UUID) -> Select[UUID]:
    """The ids of the households of a community whose main or backup person this is."""
    return (
        select(Household.id)
        .join(HouseholdAssignment, HouseholdAssignment.household_id == Household.id)
        .where(
            Household.community_id == community_id,
            or_(
                HouseholdAssignment.main_person_id == person_id,
                HouseholdAssignment.backup_person_id == person_id,
            ),
        )
    )


def people_for(session: Session, estate: Place) -> list[UUID]:
    """Who may look after doors of an estate: the people of its own teams; where it has none, of
    the community's. Nobody who works for the property company."""
    rows = session.execute(
        select(TeamMember.person_id, Team.place_id)
        .join(Team, Team.id == TeamMember.team_id)
        .where(Team.community_id == estate.community_id, TeamMember.standing(clock.today()))
    ).all()
    own = {person for person, place in rows if place == estate.id}
    people = own or {person for person, place in rows if place == estate.community_id}
    return sorted(people - rosters.people_of_property(session, people))


def keepers_of(
    session: Session, people: Iterable[UUID], doors: Sequence[Door], room: dict[UUID, int]
) -> list[Keeper]:
    """These people as the suggestion takes them, with the places they are paired with."""
    ids = sorted(set(people))
    nth = {door.building: door.nth for door in doors} | {door.unit: door.nth for door in doors}
    paired: dict[UUID, set[UUID]] = {person: set() for person in ids}
    for person, place in session.execute(
        select(Pairing.person_id, Pairing.place_id).where(
            Pairing.person_id.in_(ids), Pairing.standing(clock.today())
        )
    ):
        paired[person].add(place)
    return [
        Keeper(
            person,
            room[person],
            frozenset(paired[person]),
            frozenset(nth[place] for place in paired[person] if place in nth),
        )
        for person in ids
    ]


def households(session: Session, ids: Iterable[UUID]) -> list[Household]:
    """These households."""
    found: list[Household] = []
    for batch in batches(ids):
        found += session.scalars(select(Household).where(Household.id.in_(batch)))
    return found


def lines_of(session: Session, change_id: UUID) -> list[CareChangeLine]:
    """The doors of a change."""
    return list(
        session.scalars(select(CareChangeLine).where(CareChangeLine.change_id == change_id))
    )


def persons_now(session: Session, ids: Sequence[UUID]) -> dict[UUID, Persons]:
    """Who looks after each of these doors now."""
    return dict.fromkeys(ids, (None, None)) | queries.persons_for(session, ids)


def due(session: Session) -> tuple[list[CareChange], list[CareChange]]:
    """Hand-overs whose day has come, and those that are over."""
    today = clock.today()
    open_ = select(CareChange).where(
        CareChange.person_id.is_not(None),
        CareChange.undone_at.is_(None),
        CareChange.ended_at.is_(None),
    )
    begins = open_.where(CareChange.begun_at.is_(None), CareChange.first <= today)
    ends = open_.where(CareChange.begun_at.is_not(None), CareChange.last < today)
    return list(session.scalars(begins)), list(session.scalars(ends))


def blank_notes(session: Session, before: date) -> None:
    """Delete the words for those who take over of hand-overs that began before this day."""
    session.execute(
        update(CareChange)
        .where(CareChange.note.is_not(None), CareChange.first < before)
        .values(note=None)
    )
