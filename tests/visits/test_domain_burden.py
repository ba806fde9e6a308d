"""DOMAIN.md section 6.1, no burden, in all its parts, as far as visits and those who make them go;
and 6.8: duty rests on the inbox."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, time
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app import notifications
from app.core import clock, outbox
from app.core.outbox import OutboxRow
from app.hours import jobs as hours_jobs
from app.hours.models import ServiceHours
from app.hours.service.stints import FOLLOW
from app.identity.models import Person
from app.notifications.models import InboxItem
from app.notifications.rules.quiet import may_ring_at
from app.notifications.rules.telling import Tell
from app.teams.models_availability import Availability, AvailabilityDate
from app.tickets.models import Ticket
from app.visits.rules import Purpose
from app.visits.service.passing import ask_for
from tests.clients import Client
from tests.factories import places
from tests.factories.notifications import subscription
from tests.factories.tickets import as_actor
from tests.factories.visits import Scene, found, visit
from tests.visits.domain import called, columns, operations, walked, wire

Clients = Callable[[Person], Client]
CHECK_IN = {"checkin", "checkins", "punch", "attendance", "present", "arrived", "departed"}
POSITIONS = {"position", "lat", "long", "latitude", "longitude", "track", "gps", "geo", "location"}
RANKING = {"score", "scores", "points", "credit", "credits", "rank", "ranking", "badge", "streak"}
RANKING |= {"medal", "stars", "best", "worst", "top", "leaderboard", "exchange", "coins"}
ONLINE = {"online", "active", "activity", "activities", "login", "logins", "idle", "opened"}
ONLINE |= {"duration", "usage", "sessions", "clicks"}
QUOTA = {"quota", "quotas", "target", "targets", "goal", "goals", "norm", "minimum", "least"}
PICTURES = {"photo", "photos", "picture", "pictures", "media", "image", "images"}
# `points` of a patrol are places in their order, which is another word in Chinese (点, not 分).
PLACES = {
    f"{name}.points"
    for name in (
        "PatrolSchema", "OfficePatrolSchema",
        "PatrolRouteSchema", "SavePatrolRouteSchema", "NewPatrolRouteSchema",
    )
}  # fmt: skip
HURRY = re.compile(r"立即|立刻|马上|赶紧|尽快|限时|务必|必须|逾期|未完成|还没答复|催")
SEEN = {"on": "2026-11-24", "method": "door", "outcome": "ok"}


@pytest.mark.parametrize("words", [CHECK_IN, POSITIONS, RANKING, ONLINE, QUOTA])
def test_6_1_no_check_in_position_ranking_online_statistics_or_quota_is_kept_or_sent(
    app: Flask, words: set[str]
) -> None:
    assert not called(columns() | wire(app), words) - PLACES


def test_6_1_nothing_of_a_person_is_counted_for_others_to_compare(app: Flask) -> None:
    """Where people are listed, no number stands beside a name."""
    sums = {"count", "counts", "total", "percent", "rate", "done", "visits", "hours", "overdue"}
    named = {"PersonSchema", "NamedSchema", "TeamMemberSchema", "PatrolPersonSchema"}
    listed = {one for one in wire(app) if one.split(".")[0] in named}
    assert listed
    assert not called(listed, sums)


def test_6_1_no_list_of_visits_or_hours_can_be_put_in_an_order_of_merit(app: Flask) -> None:
    asked = {
        f"query.{name}"
        for operation in operations(app)
        if operation.query
        for _, name, _ in walked(operation.query)
    }
    assert asked
    assert not called(asked, {"sort", "order", "by"})


def test_6_1_no_picture_is_asked_for_and_a_visit_is_complete_without_one(
    app: Flask, session: Session, client: Clients, known: Scene
) -> None:
    bodies = [one.body for one in operations(app) if one.body]
    pictures = [
        (schema.__name__, name, field.required)
        for body in bodies
        for schema, name, field in walked(body)
        if called({f"x.{name}"}, PICTURES)
    ]
    assert {one[:2] for one in pictures} == {
        ("HeardSchema", "media"),
        ("ReportFindingSchema", "media"),
    }
    assert not any(required for _, _, required in pictures)
    home = places.household(session, known.unit)
    asked = visit(session, home, known.chen)
    answer = client(known.chen).put(f"/visits/{asked.id}/record", SEEN, version=1)
    assert answer.json["visit"]["state"] == "done"


def test_6_1_nothing_is_typed_twice_for_the_record_of_a_visit_is_its_hours_too(
    app: Flask, session: Session, client: Clients, known: Scene
) -> None:
    home = places.household(session, known.unit)
    asked = visit(session, home, known.chen, known.li)
    client(known.chen).put(f"/visits/{asked.id}/record", SEEN, version=1)
    (told,) = found(OutboxRow, OutboxRow.kind == FOLLOW)
    hours_jobs.follow(_job(told))
    counted = found(ServiceHours)
    assert {row.person_id for row in counted} == {known.chen.id, known.li.id}
    body = {"on": "2026-11-24", "kind": "visit", "content": "走访", "minutes": 20}
    again = client(known.chen).post("/hours", body)
    assert "不用再填" in again.json["errors"]["kind"][0]


def _job(row: OutboxRow) -> Any:
    return outbox.Job(row.id, row.kind, row.payload, 1, row.created_at)


def lines() -> set[Tell]:
    """Every line of every table of what is told."""
    modules = [
        import_module(one.name)
        for one in walk_packages(notifications.__path__, "app.notifications.")
    ]
    return {line for module in modules for value in vars(module).values() for line in told(value)}


def told(value: Any) -> Iterator[Tell]:
    if isinstance(value, Tell):
        yield value
    elif isinstance(value, Mapping):
        yield from (line for one in value.values() for line in told(one))
    elif isinstance(value, tuple):
        yield from (line for one in value for line in told(one))


def test_6_1_no_message_demands_an_instant_answer() -> None:
    """An emergency is marked when it happens, and rings its lead alone; no table does."""
    assert len(lines()) > 80
    assert {line.title for line in lines() if HURRY.search(line.title)} == set()
    assert {line.title for line in lines() if line.at_any_hour} == set()


def test_6_1_a_proposal_has_no_time_by_which_to_answer() -> None:
    kept = {name for name in columns() if name.startswith(("visit.", "patrol_person."))}
    assert not called(kept, {"deadline", "due", "expires", "answer_by", "remind", "reminded"})


def test_6_1_nothing_rings_at_night() -> None:
    night = datetime(2026, 11, 24, 22, 0, tzinfo=clock.LOCAL)
    assert may_ring_at(night, at_any_hour=False).time() == time(8, 30)


def test_6_1_what_is_asked_at_night_rings_in_the_morning(
    session: Session, client: Clients, known: Scene
) -> None:
    home = places.household(session, known.unit)
    subscription(session, known.chen)
    with clock.frozen(datetime(2026, 11, 24, 14, 0, tzinfo=UTC)):  # 22:00 in Nanjing
        ask_for(session, as_actor(session, known.committee), home, Purpose.ASKED)
        session.commit()
    assert found(OutboxRow, OutboxRow.kind == "push") == []
    (item,) = found(InboxItem, InboxItem.person_id == known.chen.id)
    assert item.digest_at == datetime(2026, 11, 25, 8, 30, tzinfo=clock.LOCAL)


def test_6_1_no_reason_is_asked_for_days_on_which_somebody_cannot_come() -> None:
    kept = {*Availability.__table__.c.keys(), *AvailabilityDate.__table__.c.keys()}
    assert not kept & {"reason", "why", "note"}


def test_6_1_a_volunteer_says_no_without_having_to_say_why(
    session: Session, client: Clients, known: Scene
) -> None:
    home = places.household(session, known.unit)
    asked = visit(session, home, known.chen, state="proposed")
    said = client(known.chen).post(f"/visits/{asked.id}/answer", {"answer": "decline"}, version=1)
    assert said.json["state"] == "turned_down"


@pytest.mark.parametrize("category", ["suggestion", "property_service.attitude"])
def test_6_1_there_is_a_function_for_complaints_and_suggestions(
    session: Session, client: Clients, known: Scene, category: str
) -> None:
    body = {
        "category": category,
        "place_id": str(known.unit.id),
        "text": "一个月问两次就够了",
        "public_area": True,
    }
    answer = client(known.chen).post("/tickets", body)
    assert answer.status_code == 201, answer.json
    (kept,) = found(Ticket)
    assert (kept.category, kept.reporter_id) == (category, known.chen.id)


def test_6_8_whoever_is_asked_finds_it_in_the_inbox(
    session: Session, client: Clients, known: Scene
) -> None:
    home = places.household(session, known.unit)
    answer = client(known.committee).post(
        f"/visits/owed/doors/{home.id}/stops", {"purpose": "asked"}
    )
    assert answer.status_code == 201
    assert {item.person_id for item in found(InboxItem)} == {known.chen.id}
