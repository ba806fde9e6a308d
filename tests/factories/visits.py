"""Visits and rounds, and a small community in which they happen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, inspect, select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.db import Base, reading, uuid7
from app.identity.models import Person
from app.identity.place_scope import Place
from app.identity.rules import OrganisationKind, PlaceKind
from app.places.models import Household
from app.teams.models import Pairing, Team, TeamMember
from app.visits.models import Round, Visit, VisitAccount, VisitPartner, VisitRecord, VisitStray
from app.visits.rules import Band, Method, Outcome, Purpose, RoundState, VisitState
from tests.auditing import unwatched
from tests.factories import identity, places, teams

Row = TypeVar("Row", bound=Base)
TUESDAY = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)  # ten in the morning in Nanjing
TODAY = date(2026, 11, 24)


@dataclass(frozen=True)
class Scene:
    """A community with its committee, a property company, a team of three and one unit."""

    community: Place
    unit: Place
    committee: Person
    steward: Person
    chen: Person
    li: Person
    zhou: Person
    team: Team

    @property
    def building_id(self) -> str:
        return str(self.unit.parent_id)


@identity.at_once
def scene(session: Session) -> Scene:
    """Chen and Li are paired with the unit; Zhou is in the team and paired with nothing."""
    community = identity.community(session)
    unit = places.unit(session, community)
    volunteers = [
        identity.member(session, OrganisationKind.VOLUNTEER_TEAM, community) for _ in range(3)
    ]
    estate = session.get_one(Place, unit.estate_id)
    steward = identity.member(session, OrganisationKind.PROPERTY, estate)
    team = teams.team(session, community, *volunteers, steward)
    for who in (*volunteers[:2], steward):
        teams.pairing(session, team, who, unit)
    committee = identity.member(session, OrganisationKind.RESIDENTS_COMMITTEE, community)
    return Scene(community, unit, committee, steward, *volunteers, team)


def found(kind: type[Row], *where: ColumnElement[bool]) -> Sequence[Row]:
    """The rows as another request sees them, in the order in which they were made: read and let
    go."""
    with reading() as looking:
        in_order = inspect(kind).primary_key
        return looking.scalars(select(kind).where(*where).order_by(*in_order)).all()


@identity.at_once
def leader(session: Session, known: Scene, place: Place | None = None) -> Person:
    """Somebody who leads the team, and looks after the unit or another place."""
    made = identity.member(session, OrganisationKind.VOLUNTEER_TEAM, known.community)
    teams.member(session, known.team, made, leader=True)
    teams.pairing(session, known.team, made, place or known.unit)
    return made


def leaves(session: Session, known: Scene, who: Person, last_day: date) -> None:
    """This was somebody's last day in the team, and with the households in their care."""
    with unwatched():
        for model, until in ((TeamMember, "until_date"), (Pairing, "until")):
            for row in session.scalars(select(model).where(model.person_id == who.id)):
                setattr(row, until, last_day)
        session.commit()


def neighbour(session: Session, known: Scene) -> Place:
    """A unit in another building of the same estate, paired with nobody."""
    estate = session.get_one(Place, known.unit.estate_id)
    building = identity.place(session, PlaceKind.BUILDING, estate, "5栋")
    return identity.place(session, PlaceKind.UNIT, building, "1单元")


@identity.at_once
def visit(
    session: Session, household: Household, who: Person, *partners: Person, **given: Any
) -> Visit:
    """A visit that was accepted for this evening, unless something else is said."""
    made = Visit(
        **{
            "id": uuid7(),
            "community_id": household.community_id,
            "household_id": household.id,
            "person_id": who.id,
            "purpose": Purpose.ROUTINE,
            "state": VisitState.ACCEPTED,
            "on": clock.today(),
            "window_from": time(18, 30),
            "window_to": time(20, 30),
            "created_at": clock.now(),
        }
        | given
    )
    identity.stored(session, made)
    identity.stored(
        session, *(VisitPartner(visit_id=made.id, person_id=one.id) for one in partners)
    )
    return made


def round_(session: Session, known: Scene, **given: Any) -> Round:
    """A draft for everybody, from last week until next week."""
    made = Round(
        **{
            "id": uuid7(),
            "community_id": known.community.id,
            "team_id": known.team.id,
            "title": "演示轮次",
            "purpose": Purpose.ROUTINE,
            "whom": {"care_levels": ["general"], "building_ids": [], "household_ids": []},
            "starts_on": TODAY - timedelta(days=7),
            "ends_on": TODAY + timedelta(days=7),
            "windows": [{"days": "weekday", "from": "18:30", "to": "20:30"}],
            "state": RoundState.DRAFT,
            "created_by": known.committee.id,
            "created_at": clock.now(),
        }
        | given
    )
    identity.stored(session, made)
    return made


@identity.at_once
def done(session: Session, household: Household, who: Person, **given: Any) -> VisitRecord:
    """The record of a visit that happened: seen at the door, all well."""
    on = given.get("on", clock.today())
    happened = visit(session, household, who, state=VisitState.DONE, on=on)
    made = VisitRecord(
        **{
            "visit_id": happened.id,
            "household_id": household.id,
            "on": on,
            "slot": Band.EVENING,
            "method": Method.DOOR,
            "outcome": Outcome.OK,
            "needs": [],
            "recorded_by": who.id,
            "received_at": clock.now(),
        }
        | given
    )
    identity.stored(session, made)
    return made


@identity.at_once
def account(
    session: Session, of: VisitRecord, who: Person, *, differs: bool = True, **given: Any
) -> VisitAccount:
    """What another visitor said of the visit of a record: nobody at home, so the two differ."""
    made = VisitAccount(
        **{
            "id": uuid7(),
            "visit_id": of.visit_id,
            "on": of.on,
            "slot": Band.EVENING,
            "method": Method.DOOR,
            "outcome": Outcome.NOT_HOME,
            "needs": [],
            "recorded_by": who.id,
            "received_at": clock.now(),
        }
        | given
    )
    identity.stored(session, made, VisitPartner(visit_id=of.visit_id, person_id=who.id))
    session.get_one(Visit, of.visit_id).disputed = differs
    return made


def stray(session: Session, household: Household, who: Person, **given: Any) -> VisitStray:
    """A record that came too late to be taken, with a note."""
    made = VisitStray(
        **{
            "id": uuid7(),
            "community_id": household.community_id,
            "household_id": household.id,
            "person_id": who.id,
            "code": "visit_is_over",
            "on": clock.today(),
            "said": {},
            "note": "想换灯泡",
            "digest": str(uuid7()),
            "received_at": clock.now(),
        }
        | given
    )
    identity.stored(session, made)
    return made
