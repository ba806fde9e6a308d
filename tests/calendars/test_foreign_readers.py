"""Two programs of others read a calendar that keeps changing: they agree with each other, and with
the database."""

import random
from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock, known
from app.core.db import reading
from app.identity.models import Membership, Person
from app.places.models import Household
from app.tickets import routing
from app.tickets.models_routing import DutyRow
from app.tickets.rules.duty import on_duty
from app.visits.models import Visit
from app.visits.models_patrols import Patrol, PatrolPerson
from app.visits.rules import VisitState
from app.visits.rules.patrols import PatrolAnswer, PatrolState
from tests.auditing import unwatched
from tests.calendars.reading import Feed, by_ical_js, by_icalendar
from tests.factories import identity, places
from tests.factories.visits import TODAY, Scene, visit
from tests.visits.walking import patrol, point, route

Occurrence = dict[str, Any]
WINDOWS = ((time(9), time(11)), (time(14), time(16)), (time(18, 30), time(20, 30)), (None, None))
STATES = (VisitState.PROPOSED, VisitState.ACCEPTED, VisitState.TURNED_DOWN, VisitState.CANCELLED)


class Changing:
    """A community in which everything about Chen may change at any time."""

    def __init__(self, session: Session, scene: Scene, seed: int) -> None:
        self.session, self.scene, self.dice = session, scene, random.Random(seed)
        elsewhere = places.unit(session, scene.community)
        doors = [
            places.household(session, unit, f"{floor}01")
            for unit in (scene.unit, elsewhere)
            for floor in range(1, 5)
        ]
        for home in doors * 2:
            visit(session, home, self._who(), **self._visit())
        for day in range(1, 6):
            along = route(session, scene, point(session, scene), people=[scene.chen])
            on, answer = TODAY + timedelta(days=day), self._answer()
            patrol(session, along, scene.chen, on=on, answer=answer)
        chen = select(Membership.organisation_id).where(Membership.person_id == scene.chen.id)
        self.organisation_id = session.scalars(chen).one()
        duty = DutyRow(
            organisation_id=self.organisation_id,
            always=False,
            hotline="",
            changed_by=scene.chen.id,
            **self._duty(),
        )
        identity.stored(session, duty)
        self._known()

    def _known(self) -> None:
        with unwatched():
            known.changed(self.session, routing.KNOWN)
            self.session.commit()

    def _who(self) -> Person:
        return self.dice.choice((self.scene.chen, self.scene.chen, self.scene.li))

    def _answer(self) -> PatrolAnswer:
        return self.dice.choice(list(PatrolAnswer))

    def _visit(self) -> dict[str, Any]:
        start, end = self.dice.choice(WINDOWS)
        on = TODAY + timedelta(days=self.dice.randrange(1, 6))
        state = self.dice.choice(STATES)
        return {"on": on, "window_from": start, "window_to": end, "state": state}

    def _duty(self) -> dict[str, Any]:
        chen = [str(self.scene.chen.id)]
        hours = [("08:00", "12:00"), ("20:00", "08:00"), ("00:00", "00:00"), ("13:30", "17:00")]
        week = [
            {"days": self.dice.sample(range(7), 3), "from": start, "to": end, "people": chen}
            for start, end in self.dice.sample(hours, 2)
        ]
        first = TODAY + timedelta(days=self.dice.randrange(20))
        last = first + timedelta(days=2)
        away = {"first": f"{first}", "last": f"{last}", "from": "00:00", "to": "00:00"}
        return {"week": week, "instead": [away | {"people": []}]}

    def turn(self) -> None:
        """Half of it changes."""
        with unwatched():
            for one in self.session.scalars(select(Visit)):
                if self.dice.random() < 0.5:
                    for name, value in self._visit().items():
                        setattr(one, name, value)
                    one.person_id = self._who().id
            for asked in self.session.scalars(select(PatrolPerson)):
                asked.answer = self._answer()
            for out in self.session.scalars(select(Patrol)):
                out.state = self.dice.choice((PatrolState.OPEN, PatrolState.CANCELLED))
            row = self.session.get_one(DutyRow, self.organisation_id)
            for name, value in self._duty().items():
                setattr(row, name, value)
            self.session.commit()
        self._known()


def moment(day: date, hour: time) -> str:
    there = datetime.combine(day, hour, clock.LOCAL).astimezone(UTC)
    return there.strftime("%Y-%m-%dT%H:%M:%SZ")


def visits_in_database(who: Person) -> list[tuple[str, str, str, str]]:
    """Start, end, standing and number of doors of each outing."""
    outings = defaultdict(list)
    with reading() as looking:
        rows = looking.execute(
            select(Visit, Household.building_id)
            .join(Household, Household.id == Visit.household_id)
            .where(Visit.person_id == who.id, Visit.state.in_(["proposed", "accepted"]))
        ).all()
    for one, building_id in rows:
        part = one.window_from.hour // 6 if one.window_from else None
        outings[one.on, building_id, part].append(one)
    return sorted(_outing(on, doors) for (on, _, _), doors in outings.items())


def _outing(on: date, doors: list[Visit]) -> tuple[str, str, str, str]:
    agreed = any(one.state is VisitState.ACCEPTED for one in doors)
    standing, number = "CONFIRMED" if agreed else "TENTATIVE", f"{len(doors)} 户"
    hours = [(one.window_from, one.window_to) for one in doors if one.window_from]
    if not hours:
        return f"{on}", f"{on + timedelta(days=1)}", standing, number
    start, end = (min(first for first, _ in hours), max(last for _, last in hours if last))
    return moment(on, start), moment(on, end), standing, number


def patrols_in_database(who: Person) -> list[tuple[str, str, str]]:
    with reading() as looking:
        rows = looking.execute(
            select(Patrol, PatrolPerson.answer)
            .join(PatrolPerson, PatrolPerson.patrol_id == Patrol.id)
            .where(PatrolPerson.person_id == who.id, Patrol.state == PatrolState.OPEN)
        ).all()
    return sorted(
        (
            moment(one.on, one.window_from),
            moment(one.on, one.window_to),
            "CONFIRMED" if answer is PatrolAnswer.ACCEPTED else "TENTATIVE",
        )
        for one, answer in rows
        if answer is not PatrolAnswer.DECLINED
    )


def standing(read: list[Occurrence], what: str) -> list[Occurrence]:
    """What is about this, but for what was called off."""
    own = [one for one in read if one["summary"].removeprefix("待答复：").startswith(what)]
    return [one for one in own if one["status"] != "CANCELLED"]


def on_duty_by(read: list[Occurrence], at: datetime) -> bool:
    said = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return any(one["start"] <= said < one["end"] for one in read)


def check_against_database(read: list[Occurrence], world: Changing) -> None:
    visits = [
        (one["start"], one["end"], one["status"], one["summary"].split("（")[1].rstrip("）"))
        for one in standing(read, "走访")
    ]
    assert sorted(visits) == visits_in_database(world.scene.chen)
    patrols = [(one["start"], one["end"], one["status"]) for one in standing(read, "巡查")]
    assert sorted(patrols) == patrols_in_database(world.scene.chen)
    watches = standing(read, "值班")
    with reading() as looking:
        duty = routing.fresh(looking).lists[world.organisation_id]
    for half_hours in range(58 * 48):
        at = clock.now() + timedelta(minutes=30 * half_hours)
        assert on_duty_by(watches, at) == (world.scene.chen.id in on_duty(duty, at)), at


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_both_say_what_the_database_says_after_every_change(
    feed: Feed, session: Session, known: Scene, seed: int
) -> None:
    world = Changing(session, known, seed)
    before: dict[str, Occurrence] = {}
    for _ in range(4):
        text = feed.text()
        read = by_icalendar(text)
        assert by_ical_js(text) == read
        check_against_database(read, world)
        now = {one["uid"]: one for one in read}
        assert len(now) == len(read)
        assert before.keys() <= now.keys(), "what was shown is shown as cancelled, not left out"
        for uid, was in before.items():
            same = {**was, "sequence": 0} == {**now[uid], "sequence": 0}
            assert now[uid]["sequence"] == was["sequence"] + (not same)
        before = now
        world.turn()


def test_the_generated_worlds_hold_all_kinds_of_entries(
    feed: Feed, session: Session, known: Scene
) -> None:
    world = Changing(session, known, 1)
    feed.text()
    world.turn()
    read = by_icalendar(feed.text())
    seen = {(one["summary"].removeprefix("待答复：")[:2], one["status"]) for one in read}
    assert {("走访", "TENTATIVE"), ("走访", "CONFIRMED"), ("走访", "CANCELLED")} <= seen
    assert {("值班", "CONFIRMED"), ("值班", "CANCELLED")} <= seen
    assert {one["status"] for one in read if "巡查" in one["summary"]} >= {"CANCELLED"}
    assert any(len(one["start"]) == 10 for one in read)
