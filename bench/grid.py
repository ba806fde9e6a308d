"""A volunteer with a whole grid in their care: its doors, and the visits around today. Written as
the application writes, so the feed knows of every row."""

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.db import transaction, uuid7
from app.factory import create_app
from app.identity.loading import digest
from app.identity.models import Device, Person
from app.identity.place_scope import Place
from app.identity.rules import PlaceKind
from app.places import rules
from app.places.models import Household
from app.places.rules import CareLevel, VisitWish
from app.teams.models import HouseholdAssignment, Pairing, Team
from app.visits.models import Round, Visit, VisitPartner, VisitRecord
from app.visits.rules import Band, Method, Need, Outcome, Purpose, RoundState, VisitState
from tests.factories import identity, teams
from tests.server import Visitor
from tests.world import World

BUILDINGS, UNITS = 36, 3  # of the whole community; five of the buildings are the grid
GRID = 5
TODAY, ASKED = 8, 6  # visits that were accepted for today, and those that wait for a word
FAMILIES = "王李张刘陈杨赵黄周吴徐孙马朱胡"
CALLED = ("阿姨", "大爷", "老师", "师傅", "奶奶", "女士", "先生")
NOTES = (
    "插线板老化，答应换新的。",
    "卫生间顶上有点渗水，说好报给物业。",
    "门口过道堆了纸箱，愿意自己清。",
    "想有人常来说说话。",
)


@dataclass(frozen=True)
class Grid:
    """What was made, by id."""

    person_id: UUID
    team_id: UUID
    buildings: Sequence[UUID]
    households: Sequence[UUID]
    today: Sequence[UUID]
    asked: Sequence[UUID]
    done: Sequence[UUID]


@contextmanager
def writing(world: World) -> Iterator[Session]:
    """A writing session on a world's database, beside its server."""
    app = create_app(
        {
            "VAR_DIR": Path(world.server.environment["HONGLIN_VAR"]),
            "DATABASE_URL": world.url,
            "PUBLIC_URL": "http://localhost",
        }
    )
    with app.app_context(), transaction() as session:
        yield session
    app.extensions["database"].engine.dispose()


def person_of(session: Session, visitor: Visitor) -> Person:
    """The person behind a signed-in visitor."""
    token = visitor.cookie.partition("=")[2]
    who = select(Device.person_id).where(Device.token_hash == digest(token))
    return session.get_one(Person, session.scalar(who))


def settle(world: World, households: int = 375, visits: int = 212) -> Grid:
    """Give the volunteer of a fresh world a grid of so many doors and so many visits."""
    with writing(world) as session:
        return _Maker(session, world).grid(households, visits)


class _Maker:
    """Makes always the same grid."""

    def __init__(self, session: Session, world: World) -> None:
        self.session = session
        self.dice = random.Random(20261124)
        self.estate = session.get_one(Place, world.places[PlaceKind.ESTATE])
        self.estate.name = "和园一村"
        self.who = person_of(session, world.visitors["volunteer"])
        self.who.name = "陈师傅"
        self.partner = identity.person(session, "李姐")
        community = session.get_one(Place, world.places[PlaceKind.COMMUNITY])
        self.team: Team = teams.team(session, community, self.who, self.partner)

    def grid(self, households: int, visits: int) -> Grid:
        buildings = [
            self._place(PlaceKind.BUILDING, self.estate, n, "栋") for n in range(BUILDINGS)
        ]
        units = [
            (building, self._place(PlaceKind.UNIT, building, n, "单元"))
            for building in buildings
            for n in range(UNITS)
        ]
        self.session.execute(insert(Pairing), [self._pairing(b.id) for b in buildings[:GRID]])
        homes = [self._home(*units[n % (GRID * UNITS)], n) for n in range(households)]
        self.session.execute(insert(Household), homes)
        self.session.execute(insert(HouseholdAssignment), [self._cared(home) for home in homes])
        planned = self._visits(homes, visits)
        self.session.flush()
        in_state = {
            state: [v["id"] for v in planned if v["state"] is state] for state in VisitState
        }
        return Grid(
            person_id=self.who.id,
            team_id=self.team.id,
            buildings=[building.id for building in buildings],
            households=[home["id"] for home in homes],
            today=in_state[VisitState.ACCEPTED],
            asked=in_state[VisitState.PROPOSED],
            done=in_state[VisitState.DONE],
        )

    def _place(self, kind: PlaceKind, above: Place, number: int, suffix: str) -> Place:
        made = uuid7()
        place = Place(
            id=made,
            kind=kind,
            parent_id=above.id,
            name=f"{number + 1}{suffix}",
            path=f"{above.path}{made}/",
            community_id=above.community_id,
            estate_id=self.estate.id,
            sort=number,
        )
        self.session.add(place)
        self.session.flush()
        return place

    def _pairing(self, place_id: UUID) -> dict[str, Any]:
        return {
            "id": uuid7(),
            "team_id": self.team.id,
            "person_id": self.who.id,
            "place_id": place_id,
            "since": teams.LONG_AGO,
        }

    def _home(self, building: Place, unit: Place, number: int) -> dict[str, Any]:
        place = number // (GRID * UNITS)
        floor, door = place // 2 + 1, f"{place // 2 + 1}{place % 2 + 1:02}"
        chosen = self.dice.choices
        return {
            "id": uuid7(),
            "community_id": building.community_id,
            "estate_id": self.estate.id,
            "building_id": building.id,
            "unit_id": unit.id,
            "door": door,
            "floor": floor,
            "walk_order": rules.walk_order((1, building.sort, unit.sort), floor, door),
            "contact_name": self.dice.choice(FAMILIES) + self.dice.choice(CALLED),
            "care_level": chosen(list(CareLevel), weights=(3, 12, 85))[0],
            "wish": chosen([VisitWish.ANY, VisitWish.CALL_FIRST], weights=(85, 15))[0],
            "version": 1,
        }

    def _cared(self, home: dict[str, Any]) -> dict[str, Any]:
        return {
            "id": uuid7(),
            "household_id": home["id"],
            "main_person_id": self.who.id,
            "backup_person_id": self.partner.id,
            "since": teams.LONG_AGO,
            "version": 1,
        }

    def _visits(self, homes: Sequence[dict[str, Any]], number: int) -> list[dict[str, Any]]:
        """Today's, what is asked, and for the rest the records of the last four weeks."""
        round_id = self._round()
        doors = [*homes, *homes][:number]
        states = [VisitState.ACCEPTED] * TODAY + [VisitState.PROPOSED] * ASKED
        states += [VisitState.DONE] * (number - len(states))
        visits = [
            self._visit(home, state, round_id) for home, state in zip(doors, states, strict=True)
        ]
        self.session.execute(insert(Visit), visits)
        done = [visit for visit in visits if visit["state"] is VisitState.DONE]
        self.session.execute(insert(VisitRecord), [self._record(visit) for visit in done])
        pairs = [{"visit_id": v["id"], "person_id": self.partner.id} for v in visits[::2]]
        self.session.execute(insert(VisitPartner), pairs)
        return visits

    def _round(self) -> UUID:
        made = Round(
            community_id=self.estate.community_id,
            team_id=self.team.id,
            title="入冬用电用火走访",
            purpose=Purpose.SAFETY,
            whom={},
            windows=[],
            starts_on=clock.today() - timedelta(days=28),
            ends_on=clock.today() + timedelta(days=14),
            state=RoundState.PUBLISHED,
            created_by=self.partner.id,
            created_at=clock.now(),
        )
        self.session.add(made)
        self.session.flush()
        return made.id

    def _day(self, state: VisitState) -> date:
        if state is VisitState.ACCEPTED:
            return clock.today()
        away = (
            self.dice.randint(2, 9) if state is VisitState.PROPOSED else -self.dice.randint(1, 28)
        )
        return clock.today() + timedelta(days=away)

    def _visit(self, home: dict[str, Any], state: VisitState, round_id: UUID) -> dict[str, Any]:
        return {
            "id": uuid7(),
            "community_id": home["community_id"],
            "household_id": home["id"],
            "round_id": round_id,
            "person_id": self.who.id,
            "purpose": Purpose.SAFETY,
            "state": state,
            "on": self._day(state),
            "window_from": time(18, 30),
            "window_to": time(20, 30),
            "created_at": clock.now(),
            "version": 1,
        }

    def _record(self, visit: dict[str, Any]) -> dict[str, Any]:
        issue = self.dice.random() < 0.1
        at = datetime.combine(visit["on"], visit["window_from"], tzinfo=clock.LOCAL)
        return {
            "visit_id": visit["id"],
            "household_id": visit["household_id"],
            "on": visit["on"],
            "slot": Band.EVENING,
            "method": Method.DOOR,
            "outcome": Outcome.ISSUE if issue else Outcome.OK,
            "needs": [Need.POWER_FIRE.value] if issue else [],
            "note": self.dice.choice(NOTES) if issue else None,
            "note_agreed": issue,
            "recorded_by": self.who.id,
            "received_at": at + timedelta(minutes=self.dice.randint(2, 90)),
        }
