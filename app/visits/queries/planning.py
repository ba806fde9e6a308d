"""The doors a round asks for, with all that the spread needs to know of each: a few SELECTs for
a whole community, whatever its size."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.places.models import Household
from app.places.rules import CareLevel
from app.teams import rosters
from app.teams.models import HouseholdAssignment, Pairing
from app.visits.models import Round, Visit, VisitRecord
from app.visits.rules import Method
from app.visits.rules.spread import Door
from app.visits.rules.states import OPEN
from app.visits.rules.windows import DISTURBING, REST_DAYS


@dataclass(frozen=True)
class Whom:
    """Whom a round is for: households of these levels in these buildings, and these doors."""

    care_levels: tuple[CareLevel, ...]
    building_ids: tuple[UUID, ...]
    household_ids: tuple[UUID, ...]


def whom_of(round_: Round) -> Whom:
    """What a round asks for, from the form in which it is kept."""
    return Whom(
        tuple(CareLevel(level) for level in round_.whom["care_levels"]),
        tuple(UUID(one) for one in round_.whom["building_ids"]),
        tuple(UUID(one) for one in round_.whom["household_ids"]),
    )


def asked_for(community_id: UUID, whom: Whom) -> Select[UUID]:
    """The ids of the households that a round asks for."""
    general: list[ColumnElement[bool]] = []
    if whom.care_levels:
        general.append(Household.care_level.in_(whom.care_levels))
    if whom.building_ids:
        general.append(Household.building_id.in_(whom.building_ids))
    chosen = [and_(*general)] if general else []
    if whom.household_ids:
        chosen.append(Household.id.in_(whom.household_ids))
    return select(Household.id).where(
        Household.community_id == community_id, or_(*chosen) if chosen else true()
    )


def count(session: Session, community_id: UUID, whom: Whom) -> int:
    """How many households a round asks for."""
    wanted = asked_for(community_id, whom).subquery()
    return session.scalar(select(func.count()).select_from(wanted)) or 0


def visitors(session: Session, team_id: UUID) -> frozenset[UUID]:
    """The members of a team who may be asked to visit: nobody who works for a property company."""
    members = {one.person_id for one in rosters.members_of(session, [team_id]).get(team_id, ())}
    return frozenset(members - rosters.people_of_property(session, members))


def doors(session: Session, round_: Round, today: date) -> list[Door]:
    """Every household of a round, as the spread needs to know it."""
    wanted = asked_for(round_.community_id, whom_of(round_))
    team = visitors(session, round_.team_id)
    paired = _paired(session, round_.team_id, today, team)
    contacts = _last_contacts(session, wanted, today)
    taken = _taken(session, wanted, round_)
    rows = session.execute(
        select(
            Household.id,
            Household.walk_order,
            Household.care_level,
            Household.wish,
            Household.unit_id,
            Household.building_id,
            HouseholdAssignment.main_person_id,
            HouseholdAssignment.backup_person_id,
        )
        .outerjoin(HouseholdAssignment, HouseholdAssignment.household_id == Household.id)
        .where(Household.id.in_(wanted))
    )
    return [
        Door(
            household_id=row.id,
            order=row.walk_order,
            care_level=row.care_level,
            wish=row.wish,
            last_contact=contacts.get(row.id),
            has_open_visit=row.id in taken,
            main=row.main_person_id if row.main_person_id in team else None,
            backup=row.backup_person_id if row.backup_person_id in team else None,
            paired=(*paired[row.unit_id], *paired[row.building_id]),
        )
        for row in rows
    ]


def _paired(
    session: Session, team_id: UUID, day: date, team: frozenset[UUID]
) -> defaultdict[UUID, list[UUID]]:
    rows = session.execute(
        select(Pairing.place_id, Pairing.person_id)
        .where(Pairing.team_id == team_id, Pairing.standing(day))
        .order_by(Pairing.since, Pairing.id)
    )
    by_place: defaultdict[UUID, list[UUID]] = defaultdict(list)
    for place_id, person_id in rows:
        if person_id in team:
            by_place[place_id].append(person_id)
    return by_place


def _last_contacts(session: Session, wanted: Select[UUID], today: date) -> dict[UUID, date]:
    rows = session.execute(
        select(VisitRecord.household_id, func.max(VisitRecord.on))
        .where(
            VisitRecord.household_id.in_(wanted),
            VisitRecord.on > today - timedelta(days=REST_DAYS),
            disturbed(),
        )
        .group_by(VisitRecord.household_id)
    )
    return dict(rows.all())


def last_contact(session: Session, household_id: UUID) -> date | None:
    """The last date on which somebody of a household was rung at."""
    return session.scalar(
        select(func.max(VisitRecord.on)).where(
            VisitRecord.household_id == household_id, disturbed()
        )
    )


def disturbed() -> ColumnElement[bool]:
    """The condition on a record: somebody was rung at."""
    return and_(VisitRecord.method != Method.OK_SIGNAL, VisitRecord.outcome.in_(sorted(DISTURBING)))


def _taken(session: Session, wanted: Select[UUID], round_: Round) -> frozenset[UUID]:
    return frozenset(
        session.scalars(
            select(Visit.household_id).where(
                Visit.household_id.in_(wanted),
                Visit.state.in_(OPEN),
                Visit.on.between(round_.starts_on, round_.ends_on),
            )
        )
    )


def outside(session: Session, community_id: UUID, whom: Whom) -> set[str]:
    """Which parts of `whom` name buildings or households that are not of the community."""
    wrong = set()
    if _found(session, Household.building_id, community_id, whom.building_ids) < len(
        set(whom.building_ids)
    ):
        wrong.add("building_ids")
    if _found(session, Household.id, community_id, whom.household_ids) < len(
        set(whom.household_ids)
    ):
        wrong.add("household_ids")
    return wrong


def _found(
    session: Session,
    column: InstrumentedAttribute[UUID],
    community_id: UUID,
    ids: Iterable[UUID],
) -> int:
    return (
        session.scalar(
            select(func.count(func.distinct(column))).where(
                column.in_(list(ids)), Household.community_id == community_id
            )
        )
        or 0
    )
