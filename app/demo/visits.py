"""Two months of past visits, a round that is under way, and what today asks of two volunteers."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.core import clock
from app.core.db import uuid7
from app.demo.people import Crowd
from app.demo.places import Town
from app.places.rules import VisitWish
from app.visits.models import Round, Visit, VisitPartner, VisitRecord
from app.visits.rules import Band, Method, Outcome, Purpose, RoundState, VisitState

PAST_DAYS, PAST_VISITS = 60, 1520
EVENING = (time(18, 30), time(20, 30), Band.EVENING)
MORNING = (time(9, 30), time(11, 30), Band.MORNING)
OUTCOMES = (Outcome.OK, Outcome.NOT_HOME, Outcome.ISSUE, Outcome.DECLINED)
USUAL = [
    {"days": "weekday", "from": "18:30", "to": "20:30"},
    {"days": "weekend", "from": "09:30", "to": "11:30"},
    {"days": "weekend", "from": "15:00", "to": "17:30"},
]


def build(session: Session, dice: Random, town: Town, crowd: Crowd) -> None:
    """Past visits with records, a published and a draft round, today's visits and proposals."""
    homes = [
        home
        for home in town.households
        if home["id"] in crowd.mains and home["wish"] is not VisitWish.NO_MORE_VISITS
    ]
    mine = _doors_of(crowd, homes, "陈师傅")
    today, asked = mine[:7], mine[7:10]
    busy = {home["id"] for home in (*today, *asked)}
    past = dice.sample([home for home in homes if home["id"] not in busy], PAST_VISITS)
    _past(session, dice, crowd, past)
    round_ = _rounds(session, town, crowd, len(today) + len(asked))
    _open(session, crowd, round_, today, asked)
    _for_partner(session, crowd, round_, mine[10:12])


def _doors_of(crowd: Crowd, homes: list[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    """Some doors of two buildings of this person, a few from each."""
    person = crowd.people[name]
    all_ = [home for home in homes if crowd.mains[home["id"]][0] == person.id]
    buildings = list(dict.fromkeys(home["building_id"] for home in all_))
    by_building = [[h for h in all_ if h["building_id"] == b][::9] for b in buildings[:2]]
    return [*by_building[0][:4], *by_building[1][:3], *by_building[0][4:8], *by_building[1][3:6]]


def _window(day: date) -> tuple[time, time, Band]:
    return MORNING if day.weekday() >= 5 else EVENING


def _visit(crowd: Crowd, home: dict[str, Any], day: date, state: VisitState) -> dict[str, Any]:
    start, end, _ = _window(day)
    return {
        "id": uuid7(),
        "community_id": home["community_id"],
        "household_id": home["id"],
        "round_id": None,
        "follows_id": None,
        "person_id": crowd.mains[home["id"]][0],
        "purpose": Purpose.ROUTINE,
        "state": state,
        "on": day,
        "window_from": start,
        "window_to": end,
        "attempt": 1,
        "hint": None,
        "created_at": clock.now() - timedelta(days=PAST_DAYS + 3),
        "version": 1,
    }


def _past(session: Session, dice: Random, crowd: Crowd, homes: list[dict[str, Any]]) -> None:
    visits, records = [], []
    for home in homes:
        day = clock.today() - timedelta(days=dice.randint(15, PAST_DAYS))
        visit = _visit(crowd, home, day, VisitState.DONE)
        visits.append(visit)
        outcome = dice.choices(OUTCOMES, weights=(80, 10, 5, 5))[0]
        moment = datetime.combine(day, _window(day)[0], tzinfo=clock.LOCAL)
        records.append(
            {
                "visit_id": visit["id"],
                "household_id": home["id"],
                "on": day,
                "slot": _window(day)[2],
                "method": Method.DOOR,
                "outcome": outcome,
                "needs": ["power_fire"] if outcome is Outcome.ISSUE else [],
                "note": None,
                "note_agreed": False,
                "next_step": None,
                "ticket_id": None,
                "recorded_by": visit["person_id"],
                "device_time": None,
                "received_at": moment + timedelta(minutes=dice.randint(2, 90)),
            }
        )
    session.execute(insert(Visit), visits)
    session.execute(insert(VisitRecord), records)


def _rounds(session: Session, town: Town, crowd: Crowd, households: int) -> Round:
    team = crowd.flag_team
    if team is None:
        raise ValueError("the teams come first")
    shared: dict[str, Any] = {
        "community_id": town.community.id,
        "team_id": team.id,
        "windows": USUAL,
        "created_by": crowd.people["王干事"].id,
    }
    whom: dict[str, Any] = {"care_levels": [], "building_ids": [], "household_ids": []}
    running = Round(
        title="入冬用电用火走访",
        purpose=Purpose.SAFETY,
        whom=whom,
        starts_on=clock.today() - timedelta(days=3),
        ends_on=clock.today() + timedelta(days=11),
        state=RoundState.PUBLISHED,
        households=households,
        created_at=clock.now() - timedelta(days=4),
        published_at=clock.now() - timedelta(days=3),
        **shared,
    )
    draft = Round(
        title="元旦前看望重点户",
        purpose=Purpose.CARE,
        whom=whom | {"care_levels": ["high", "focus"]},
        starts_on=clock.today() + timedelta(days=20),
        ends_on=clock.today() + timedelta(days=33),
        state=RoundState.DRAFT,
        created_at=clock.now() - timedelta(days=1),
        **shared,
    )
    session.add_all((running, draft))
    session.flush()
    return running


def _open(
    session: Session,
    crowd: Crowd,
    round_: Round,
    today: list[dict[str, Any]],
    asked: list[dict[str, Any]],
) -> None:
    accepted = [_visit(crowd, home, clock.today(), VisitState.ACCEPTED) for home in today]
    proposed = [
        _visit(crowd, home, clock.today() + timedelta(days=2 + nth), VisitState.PROPOSED)
        for nth, home in enumerate(asked)
    ]
    _keep(session, round_, (*accepted, *proposed))
    partner = crowd.people["李姐"].id
    pairs = [{"visit_id": visit["id"], "person_id": partner} for visit in accepted[:4]]
    session.execute(insert(VisitPartner), pairs)


def _for_partner(
    session: Session, crowd: Crowd, round_: Round, homes: list[dict[str, Any]]
) -> None:
    person = crowd.people["李姐"].id
    visits = [
        _visit(crowd, home, clock.today() + timedelta(days=3), VisitState.PROPOSED)
        | {"person_id": person}
        for home in homes
    ]
    _keep(session, round_, visits)


def _keep(session: Session, round_: Round, visits: Iterable[dict[str, Any]]) -> None:
    fields: dict[str, UUID | Purpose] = {"round_id": round_.id, "purpose": round_.purpose}
    session.execute(insert(Visit), [visit | fields for visit in visits])
