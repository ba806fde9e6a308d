"""A person says when they may visit; planning sees windows and nothing else."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.audit import AuditRow
from app.teams import availability, service_availability
from app.teams.jobs import forget_dates
from app.teams.models_availability import AvailabilityDate
from tests.factories import identity, teams
from tests.teams.world import Clients, World

TUESDAY = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
EVENINGS = {
    "span": "workday_evening",
    "days": ["mon", "tue", "wed", "thu", "fri"],
    "from": "18:30",
    "to": "20:30",
}
AWAY = {"kind": "away", "first": "2026-11-30", "last": "2026-12-06"}


@pytest.fixture(autouse=True)
def today() -> Any:
    with clock.frozen(TUESDAY):
        yield


def windows(session: Session, world: World, days: int = 14) -> list[str]:
    first = clock.today()
    session.expire_all()
    found = availability.windows_of(
        session, [world.chen.id], first, first + timedelta(days=days - 1)
    )
    return [f"{one.date:%d} {one.window.start:%H:%M}" for one in found[world.chen.id]]


def test_who_has_said_nothing_has_the_usual_windows_and_is_told_so(
    client: Clients, session: Session, world: World
) -> None:
    mine = client(world.chen).get("/availability")
    assert (mine.json["pattern"], mine.json["version"], mine.json["dates"]) == (None, 0, [])
    assert len(mine.json["days"]) == 14
    assert [len(day["windows"]) for day in mine.json["days"][:5]] == [3, 3, 3, 3, 2]
    assert len(windows(session, world, 5)) == 14


def test_a_week_is_said_changed_and_taken_back(
    client: Clients, session: Session, world: World
) -> None:
    mine = client(world.chen)
    said = mine.put("/availability", {"pattern": [EVENINGS]}, version=0)
    assert (said.status_code, said.json["pattern"], said.json["version"]) == (200, [EVENINGS], 1)
    assert windows(session, world, 7) == [f"{day} 18:30" for day in (24, 25, 26, 27, 30)]
    late = EVENINGS | {"from": "19:00", "days": ["tue", "thu"]}
    assert mine.put("/availability", {"pattern": [late]}, version=0).status_code == 412
    assert mine.put("/availability", {"pattern": [late]}, version=1).json["version"] == 2
    assert windows(session, world, 7) == ["24 19:00", "26 19:00"]
    assert mine.put("/availability", {"pattern": []}, version=2).json["pattern"] == []
    assert windows(session, world) == []
    assert mine.put("/availability", {"pattern": None}, version=3).json["pattern"] is None
    assert len(windows(session, world, 5)) == 14


@pytest.mark.parametrize(
    ("pattern", "field"),
    [
        ([EVENINGS | {"from": "18:00"}], "pattern.0"),
        ([EVENINGS | {"days": ["sat"]}], "pattern.0"),
        ([EVENINGS | {"days": []}], "pattern.0.days"),
        ([EVENINGS, EVENINGS | {"days": ["mon"]}], "pattern"),
        ([EVENINGS | {"span": "midnight"}], "pattern.0.span"),
    ],
)
def test_a_week_is_made_of_the_usual_windows_or_parts_of_them(
    client: Clients, world: World, pattern: list[Any], field: str
) -> None:
    answer = client(world.chen).put("/availability", {"pattern": pattern}, version=0)
    assert (answer.status_code, list(answer.json["errors"])) == (422, [field])


def test_days_away_an_evening_given_up_and_one_more_are_said_of_dates(
    client: Clients, session: Session, world: World
) -> None:
    mine = client(world.chen)
    mine.put("/availability", {"pattern": [EVENINGS]}, version=0)
    evening = {"from": "18:30", "to": "20:30"}
    off = {"kind": "not_then", "first": "2026-11-24", "last": "2026-11-24", "window": evening}
    extra = off | {"kind": "extra", "first": "2026-11-28", "last": "2026-11-28"}
    for said in (AWAY, off, extra):
        assert mine.post("/availability/dates", said).status_code == 201
    assert windows(session, world) == ["25 18:30", "26 18:30", "27 18:30", "28 18:30", "07 18:30"]
    shown = mine.get("/availability").json
    assert [one["kind"] for one in shown["dates"]] == ["not_then", "extra", "away"]
    assert next(day["date"] for day in shown["days"] if day["away"]) == "2026-11-30"
    first = shown["dates"][0]["id"]
    assert client(world.li).delete(f"/availability/dates/{first}").status_code == 404
    assert len(mine.delete(f"/availability/dates/{first}").json["dates"]) == 2
    assert windows(session, world, 1) == ["24 18:30"]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"last": "2026-11-29"}, "last"),
        ({"first": "2026-11-01", "last": "2026-11-23"}, "last"),
        ({"last": "2027-12-31"}, "last"),
        ({"kind": "extra", "last": "2026-11-30"}, "window"),
        ({"kind": "extra", "window": {"from": "10:00", "to": "11:00"}}, "last"),
        (
            {"kind": "extra", "last": "2026-11-30", "window": {"from": "20:30", "to": "21:30"}},
            "window",
        ),
    ],
)
def test_a_date_that_cannot_be_is_refused_at_its_field(
    client: Clients, world: World, said: dict[str, Any], field: str
) -> None:
    answer = client(world.chen).post("/availability/dates", AWAY | said)
    assert (answer.status_code, list(answer.json["errors"])) == (422, [field])


def test_there_is_an_end_to_what_is_said_of_single_dates(
    client: Clients, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service_availability, "MOST_DATES", 1)
    mine = client(world.chen)
    assert mine.post("/availability/dates", AWAY).status_code == 201
    refused = mine.post("/availability/dates", AWAY)
    assert (refused.status_code, refused.json["code"]) == (409, "availability_too_many_dates")


def test_the_log_says_that_it_changed_and_not_how(
    client: Clients, session: Session, world: World
) -> None:
    client(world.chen).post("/availability/dates", AWAY)
    rows = session.scalars(select(AuditRow).where(AuditRow.verb == "availability_changed")).all()
    assert [(row.subject_id, row.details) for row in rows] == [(world.chen.id, {})]


def test_what_is_over_is_forgotten(client: Clients, session: Session, world: World) -> None:
    client(world.chen).post("/availability/dates", AWAY)
    forget_dates(session, date(2026, 12, 6))
    assert len(session.scalars(select(AvailabilityDate)).all()) == 1
    forget_dates(session, date(2026, 12, 7))
    assert session.scalars(select(AvailabilityDate)).all() == []


def test_committee_and_leader_see_windows_and_no_word_of_why_others_see_nothing(
    client: Clients, session: Session, world: World
) -> None:
    client(world.chen).post("/availability/dates", AWAY)
    client(world.chen).put("/availability", {"pattern": [EVENINGS]}, version=0)
    leader = identity.person(session, "周队长")
    teams.member(session, world.team, leader, leader=True)
    path = f"/teams/{world.team.id}/windows"
    span = {"first": "2026-11-30", "last": "2026-12-07"}
    for who in (world.clerk, leader):
        seen = client(who).get(path, **span)
        assert seen.status_code == 200
        chen = next(one for one in seen.json["items"] if one["person"]["name"] == "陈师傅")
        assert chen["windows"] == [{"date": "2026-12-07", "from": "18:30", "to": "20:30"}]
        assert set(chen) == {"person", "assumed", "windows"}
        assert [one["assumed"] for one in seen.json["items"]] == [True, False, True]
    assert client(world.li).get(path, **span).status_code == 404
    assert client(identity.person(session)).get(path, **span).status_code == 404
    long = client(world.clerk).get(path, first="2026-11-30", last="2027-03-01")
    assert (long.status_code, list(long.json["errors"])) == (422, ["last"])
