"""Whose coverage an actor may see, what was settled of it, and what counting it needs to know: a
fixed number of SELECTs, however many doors."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.core.errors import NotFound
from app.identity.actor import COMMITTEE_KINDS, Actor
from app.identity.rules import OrganisationKind
from app.places.models import Household, Place
from app.reports.models_coverage import CoverageMonth
from app.teams.models import HouseholdAssignment
from app.visits.models import Round, Visit, VisitRecord
from app.visits.models_months import MonthPlan, MonthPlanGrid, MonthPlanStop
from app.visits.models_owing import StopAsked
from app.visits.queries import asked as asked_for
from app.visits.queries.visible import shut_out
from app.visits.rules import Outcome, RoundState
from app.visits.rules.cadence import FULL_RESULTS
from app.visits.rules.following import TRIES
from app.visits.rules.owing import Asked
from app.visits.rules.words import VisitState

OVERSEERS = (*COMMITTEE_KINDS, OrganisationKind.SUBDISTRICT, OrganisationKind.DISTRICT)
Doors = Select[UUID]
Result = tuple[date, Outcome]


def communities_of(session: Session, actor: Actor) -> list[Place]:
    """The communities whose coverage the actor sees, by their names. NotFound for who sees none:
    whoever works for a property company, and who is in no committee and above none."""
    wanted = frozenset[UUID]() if shut_out(actor) else actor.communities(*OVERSEERS)
    found = list(
        session.scalars(select(Place).where(Place.id.in_(wanted)).order_by(Place.name, Place.id))
    )
    if not found:
        raise NotFound
    return found


def kept(session: Session, community_id: UUID) -> list[CoverageMonth]:
    """The months that are settled, the latest first."""
    return list(
        session.scalars(
            select(CoverageMonth)
            .where(CoverageMonth.community_id == community_id)
            .order_by(CoverageMonth.month.desc())
        )
    )


def settled_somewhere(session: Session, communities: Collection[UUID]) -> frozenset[UUID]:
    """Those of these communities of which some month is settled."""
    return frozenset(
        session.scalars(
            select(CoverageMonth.community_id)
            .where(CoverageMonth.community_id.in_(communities))
            .distinct()
        )
    )


def all_doors(community_id: UUID) -> Doors:
    """The doors of a community."""
    return select(Household.id).where(Household.community_id == community_id)


def doors_of(person_id: UUID, community_id: UUID) -> Doors:
    """The doors of a community that a person looks after as the main one."""
    return (
        select(Household.id)
        .join(HouseholdAssignment, HouseholdAssignment.household_id == Household.id)
        .where(
            HouseholdAssignment.main_person_id == person_id,
            Household.community_id == community_id,
        )
    )


def communities_cared_for(session: Session, person_id: UUID) -> list[UUID]:
    """The communities in which a person is the main one of some doors."""
    return list(
        session.scalars(
            select(Household.community_id)
            .join(HouseholdAssignment, HouseholdAssignment.household_id == Household.id)
            .where(HouseholdAssignment.main_person_id == person_id)
            .distinct()
            .order_by(Household.community_id)
        )
    )


def where(session: Session, doors: Doors) -> dict[UUID, tuple[UUID, UUID | None]]:
    """The estate and the grid of each door."""
    rows = session.execute(
        select(Household.id, Household.estate_id, Household.grid_id).where(Household.id.in_(doors))
    )
    return {door: (estate, grid) for door, estate, grid in rows}


def last_full(session: Session, doors: Doors, before: date) -> dict[UUID, date]:
    """When each door gave a full result last before a day."""
    rows = session.execute(
        select(VisitRecord.household_id, func.max(VisitRecord.on))
        .where(
            VisitRecord.household_id.in_(doors),
            VisitRecord.outcome.in_(sorted(FULL_RESULTS)),
            VisitRecord.on < before,
        )
        .group_by(VisitRecord.household_id)
    )
    return dict(rows.all())


def results(
    session: Session, doors: Doors, first: date, last: date
) -> tuple[dict[UUID, list[Result]], dict[UUID, date]]:
    """The full results of each door in some days, in their order; and where nobody answered up to
    the last try: when that was."""
    rows = session.execute(
        select(VisitRecord.household_id, VisitRecord.on, VisitRecord.outcome, VisitRecord.next_step)
        .where(VisitRecord.household_id.in_(doors), VisitRecord.on.between(first, last))
        .order_by(VisitRecord.on, VisitRecord.received_at, VisitRecord.visit_id)
    )
    full: dict[UUID, list[Result]] = defaultdict(list)
    given_up: dict[UUID, date] = {}
    for door, on, outcome, step in rows:
        if outcome in FULL_RESULTS:
            full[door].append((on, outcome))
        elif outcome is Outcome.NOT_HOME and step is TRIES[-1]:
            given_up[door] = on
    return full, given_up


def rounds(session: Session, community_id: UUID, first: date, last: date) -> list[Asked]:
    """What the rounds asked for that were out on some of these days, ended since or not."""
    rows = session.scalars(
        select(Round)
        .where(
            Round.community_id == community_id,
            Round.state.in_((RoundState.PUBLISHED, RoundState.ENDED)),
            Round.starts_on <= last,
            Round.ends_on >= first,
        )
        .order_by(Round.ends_on, Round.id)
    )
    return [asked_for.of_round(row) for row in rows]


def stops_asked(session: Session, doors: Doors, last: date) -> dict[UUID, list[Asked]]:
    """The stops of their own that doors were owed by a day, and nobody has withdrawn."""
    rows = session.scalars(
        select(StopAsked)
        .where(
            StopAsked.household_id.in_(doors),
            StopAsked.asked_on <= last,
            StopAsked.withdrawn_at.is_(None),
        )
        .order_by(StopAsked.due_on, StopAsked.id)
    )
    found: dict[UUID, list[Asked]] = defaultdict(list)
    for row in rows:
        found[row.household_id].append(asked_for.of_stop(row))
    return found


def unplanned(session: Session, community_id: UUID, first: date) -> frozenset[str]:
    """The keys of the stops for which the plan of a month, that was sent out, found nobody."""
    return frozenset(
        session.scalars(
            select(MonthPlanStop.key)
            .join(MonthPlanGrid, MonthPlanGrid.id == MonthPlanStop.part_id)
            .join(MonthPlan, MonthPlan.id == MonthPlanGrid.plan_id)
            .where(
                MonthPlan.community_id == community_id,
                MonthPlan.month == first,
                MonthPlan.published_at.is_not(None),
                MonthPlanStop.why.is_not(None),
                MonthPlanStop.place.is_(None),
                MonthPlanStop.visit_id.is_(None),
            )
        )
    )


def first_visits(session: Session) -> dict[UUID, date]:
    """The day of the first visit that was made in each community."""
    rows = session.execute(
        select(Visit.community_id, func.min(Visit.on))
        .where(Visit.state == VisitState.DONE)
        .group_by(Visit.community_id)
    )
    return dict(rows.all())
