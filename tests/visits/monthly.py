"""A grid with a few doors, and what is owed to them in December, said by hand."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import worker
from app.identity.models import Person as Human
from app.identity.place_scope import Place
from app.places.models import Grid, Household
from app.visits.planner.shapes import Door, Owed, Person, Problem, Purpose, Slot, Window
from app.visits.service import owing
from tests.auditing import unwatched
from tests.clients import Client
from tests.factories import places
from tests.factories.visits import Scene

EVENING, MORNING = Window(time(18, 30), time(20, 30)), Window(time(9, 30), time(11, 30))
LAST = date(2026, 12, 31)
Clients = Callable[[Human], Client]


@dataclass
class Month:
    """What is owed is what `problem` says; a test changes it as life would."""

    known: Scene
    grid: Grid
    homes: list[Household]
    away: dict[UUID, tuple[date, date]] = field(default_factory=dict)
    owed: dict[UUID, dict[str, Any]] = field(default_factory=dict)
    gone: set[UUID] = field(default_factory=set)
    people: list[UUID] = field(default_factory=list)
    fixed: tuple[Any, ...] = ()

    def problem(self, session: Session, grid_id: UUID, first: date, last: date) -> Problem:
        homes = session.scalars(select(Household).where(Household.grid_id == grid_id)).all()
        slots = slots_of(first, last)
        return Problem(
            name="grid",
            doors=tuple(self._door(home, slots) for home in homes),
            owed=tuple(self._owed(home) for home in homes if home.id not in self.gone),
            people=tuple(self._person(who, slots) for who in self.people),
            fixed=self.fixed,
        )

    def _door(self, home: Household, slots: tuple[Slot, ...]) -> Door:
        return Door(
            id=home.id,
            building_id=home.building_id,
            windows=slots,
            order=home.walk_order,
            wish=home.wish,
            main=self.known.chen.id,
            backup=self.known.li.id,
            paired=(self.known.zhou.id,),
        )

    def _owed(self, home: Household) -> Owed:
        usual: dict[str, Any] = {
            "level": home.care_level,
            "earliest": date(2026, 12, 1),
            "due": date(2026, 12, 20),
            "latest": LAST,
            "purposes": (Purpose.CARE, Purpose.SAFETY),
        }
        more = usual | self.owed.get(home.id, {})
        return Owed(key=f"{home.id}:december", door_id=home.id, **more)

    def _person(self, who: UUID, slots: tuple[Slot, ...]) -> Person:
        first, last = self.away.get(who, (LAST, date(2026, 1, 1)))
        free = tuple(slot for slot in slots if not first <= slot.date <= last)
        return Person(id=who, available=free)


def slots_of(first: date, last: date) -> tuple[Slot, ...]:
    """An evening on every workday, a morning on every day of rest."""
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return tuple(Slot(day, EVENING if day.weekday() < 5 else MORNING) for day in days)


def month(session: Session, known: Scene, monkeypatch: pytest.MonkeyPatch, doors: int = 6) -> Month:
    """December in one grid of the community."""
    grid = places.grid(session, known.community)
    with unwatched():
        session.get_one(Place, known.unit.parent_id).grid_id = grid.id
        session.commit()
    homes = places.households(session, known.unit, doors)
    made = Month(known, grid, homes, people=[known.chen.id, known.li.id, known.zhou.id])
    monkeypatch.setattr(owing, "problem_of", made.problem)
    return made


def planned(office: Client, known: Scene, **more: Any) -> dict[str, Any]:
    """A plan of December, as it is when the worker is through."""
    asked = {"community_id": str(known.community.id), "month": "2026-12-01"} | more
    answer = office.post("/month-plans", asked)
    assert answer.status_code == 201, answer.json
    assert worker.work_once(slow=True)
    return dict(office.get(f"/month-plans/{answer.json['id']}").json)


def board(office: Client, plan: dict[str, Any], nth: int = 0) -> dict[str, Any]:
    """The board of one of its grids."""
    return dict(office.get(f"/month-plans/grids/{plan['parts'][nth]['id']}").json)


def put(office: Client, shown: dict[str, Any], verb: str, **body: Any) -> Any:
    """One change of a board."""
    return office.post(f"/month-plans/grids/{shown['id']}/{verb}", body, version=shown["version"])


def again(office: Client, shown: dict[str, Any]) -> dict[str, Any]:
    """The board as it is now."""
    return dict(office.get(f"/month-plans/grids/{shown['id']}").json)


def publish(office: Client, plan_id: str) -> Any:
    """Send what is to be sent."""
    version = office.get(f"/month-plans/{plan_id}").json["version"]
    return office.post(f"/month-plans/{plan_id}/publish", version=version)
