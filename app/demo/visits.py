"""Two months of past visits, a round that is under way, and what today asks of two volunteers; what
waits for a leader is `unsettled`."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.core import clock
from app.core.db import uuid7
from app.core.events import publish
from app.demo import unsettled
from app.demo.people import Crowd
from app.demo.places import Town
from app.places.rules import CareLevel, VisitWish
from app.visits.events import VisitsProposed
from app.visits.models import Round, Visit, VisitPartner, VisitRecord
from app.visits.queries.planning import Whom
from app.visits.rules import (
    Band,
    Days,
    Method,
    Need,
    NextStep,
    Outcome,
    Purpose,
    RoundState,
    VisitState,
)
from app.visits.rules.windows import OpenWindow, Window
from app.visits.service import rounds

PAST_DAYS, PAST_VISITS = 60, 1520
ASKED_BEFORE = 2  # days between a proposal and its visit
TOGETHER = 0.6
EVENING = (time(18, 30), time(20, 30), Band.EVENING)
MORNING = (time(9, 30), time(11, 30), Band.MORNING)
OUTCOMES = (Outcome.OK, Outcome.NOT_HOME, Outcome.ISSUE, Outcome.DECLINED)
METHODS = (Method.DOOR, Method.DOWNSTAIRS, Method.PHONE)
HEARD = (
    (Need.POWER_FIRE, "插线板老化，答应换新的。"),
    (Need.LEAK, "卫生间顶上有点渗水，说好报给物业。"),
    (Need.PASSAGE, "门口过道堆了纸箱，愿意自己清。"),
    (Need.COMPANY, "想有人常来说说话。"),
    (Need.ABOUT_PROPERTY, "希望楼道扫得勤一点。"),
)
USUAL = (
    OpenWindow(Days.WEEKDAY, Window(*EVENING[:2])),
    OpenWindow(Days.WEEKEND, Window(*MORNING[:2])),
    OpenWindow(Days.WEEKEND, Window(time(15), time(17, 30))),
)


def build(session: Session, dice: Random, town: Town, crowd: Crowd) -> None:
    """Past visits with records, a published and a draft round, today's visits and proposals."""
    homes = [
        home
        for home in town.households
        if home["id"] in crowd.mains and home["wish"] is not VisitWish.NO_MORE_VISITS
    ]
    mine = _doors_of(crowd, homes, "陈师傅")
    today, asked, partners = mine[:7], mine[7:10], mine[10:12]
    busy = {home["id"] for home in mine}
    past = dice.sample([home for home in homes if home["id"] not in busy], PAST_VISITS)
    _past(session, dice, crowd, past)
    round_ = _running(session, town, crowd, mine[:12])
    _draft(session, town, crowd)
    _open(session, crowd, round_, today, asked)
    _for_partner(session, crowd, round_, partners)
    _say(session, crowd, round_, {"陈师傅": (2, 3, 4), "李姐": (3, 3)})
    unsettled.build(session, crowd, mine[12], mine[13])


def _doors_of(crowd: Crowd, homes: list[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    """Some doors of two buildings of this person, a few from each."""
    person = crowd.people[name]
    all_ = [home for home in homes if crowd.mains[home["id"]][0] == person.id]
    buildings = list(dict.fromkeys(home["building_id"] for home in all_))
    by_building = [[h for h in all_ if h["building_id"] == b][::9] for b in buildings[:2]]
    return [*by_building[0][:4], *by_building[1][:3], *by_building[0][4:8], *by_building[1][3:6]]


def _window(day: date) -> tuple[time, time, Band]:
    return MORNING if day.weekday() >= 5 else EVENING


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=clock.LOCAL)


def visit_row(crowd: Crowd, home: dict[str, Any], day: date, state: VisitState) -> dict[str, Any]:
    """A visit to a home by its main person, in the usual hours of a day."""
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
        "created_at": _noon(min(day, clock.today()) - timedelta(days=ASKED_BEFORE)),
        "version": 1,
    }


def _past(session: Session, dice: Random, crowd: Crowd, homes: list[dict[str, Any]]) -> None:
    """One visit to each of these homes; two have gone to most of them."""
    visits, records, along = [], [], []
    for home in homes:
        day = clock.today() - timedelta(days=dice.randint(1, PAST_DAYS))
        visit = visit_row(crowd, home, day, VisitState.DONE)
        visits.append(visit)
        records.append(record_row(dice, visit, home["wish"], drawn(dice)))
        if dice.random() < TOGETHER:
            partner = crowd.mains[home["id"]][1]
            along.append({"visit_id": visit["id"], "person_id": partner})
    session.execute(insert(Visit), visits)
    session.execute(insert(VisitRecord), records)
    session.execute(insert(VisitPartner), along)


def drawn(dice: Random) -> Outcome:
    """What comes of a visit, as often as it does."""
    return dice.choices(OUTCOMES, weights=(80, 10, 5, 5))[0]


def record_row(
    dice: Random, visit: dict[str, Any], wish: VisitWish, outcome: Outcome
) -> dict[str, Any]:
    """What was said of a visit."""
    issue, missed = outcome is Outcome.ISSUE, outcome is Outcome.NOT_HOME
    heard = dice.choice(HEARD)
    method = Method.DOOR if missed else dice.choices(METHODS, weights=(80, 10, 10))[0]
    if wish is VisitWish.PHONE_ONLY:
        method = Method.PHONE
    at = datetime.combine(visit["on"], visit["window_from"], tzinfo=clock.LOCAL)
    return {
        "visit_id": visit["id"],
        "household_id": visit["household_id"],
        "on": visit["on"],
        "slot": _window(visit["on"])[2],
        "method": method,
        "outcome": outcome,
        "needs": [heard[0].value] if issue else [],
        "note": heard[1] if issue else None,
        "note_agreed": issue,
        "next_step": NextStep.OTHER_TIME if missed else None,
        "ticket_id": None,
        "recorded_by": visit["person_id"],
        "device_time": None,
        "received_at": at + timedelta(minutes=dice.randint(2, 90)),
    }


def _running(session: Session, town: Town, crowd: Crowd, homes: list[dict[str, Any]]) -> Round:
    """The round that is under way; it names its doors one by one."""
    round_ = Round(
        title="入冬用电用火走访",
        purpose=Purpose.SAFETY,
        community_id=town.community.id,
        team_id=crowd.flags.id,
        windows=[_kept(one) for one in USUAL],
        created_by=crowd.people["王干事"].id,
        whom={
            "care_levels": [],
            "building_ids": [],
            "household_ids": [str(home["id"]) for home in homes],
        },
        starts_on=clock.today() - timedelta(days=2),
        ends_on=clock.today() + timedelta(days=11),
        state=RoundState.PUBLISHED,
        households=len(homes),
        created_at=_noon(clock.today() - timedelta(days=ASKED_BEFORE + 1)),
        published_at=_noon(clock.today() - timedelta(days=ASKED_BEFORE)),
    )
    session.add(round_)
    session.flush()
    return round_


def _kept(one: OpenWindow) -> dict[str, str]:
    start, end = one.window.start, one.window.end
    return {"days": one.days.value, "from": f"{start:%H:%M}", "to": f"{end:%H:%M}"}


def _draft(session: Session, town: Town, crowd: Crowd) -> None:
    buildings = tuple(building.id for building in town.buildings[town.estates[0].id])
    wanted = rounds.Wanted(
        title="元旦前看望重点户",
        purpose=Purpose.CARE,
        team_id=crowd.flags.id,
        whom=Whom((CareLevel.HIGH, CareLevel.FOCUS), buildings, ()),
        starts_on=clock.today() + timedelta(days=20),
        ends_on=clock.today() + timedelta(days=33),
        windows=USUAL,
    )
    clerk = crowd.actor(session, crowd.people["王干事"])
    rounds.draft(session, clerk, wanted)


def _say(session: Session, crowd: Crowd, round_: Round, asked: dict[str, tuple[int, ...]]) -> None:
    """The proposals come to the inbox of those who are asked."""
    for name, days in asked.items():
        publish(
            session,
            VisitsProposed(
                subject_id=round_.id,
                actor_id=round_.created_by,
                round_id=round_.id,
                person_id=crowd.people[name].id,
                count=len(days),
                first_on=clock.today() + timedelta(days=min(days)),
                last_on=clock.today() + timedelta(days=max(days)),
            ),
        )


def _open(
    session: Session,
    crowd: Crowd,
    round_: Round,
    today: list[dict[str, Any]],
    asked: list[dict[str, Any]],
) -> None:
    accepted = [visit_row(crowd, home, clock.today(), VisitState.ACCEPTED) for home in today]
    proposed = [
        visit_row(crowd, home, clock.today() + timedelta(days=2 + nth), VisitState.PROPOSED)
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
        visit_row(crowd, home, clock.today() + timedelta(days=3), VisitState.PROPOSED)
        | {"person_id": person}
        for home in homes
    ]
    _keep(session, round_, visits)


def _keep(session: Session, round_: Round, visits: Iterable[dict[str, Any]]) -> None:
    fields: dict[str, UUID | Purpose] = {"round_id": round_.id, "purpose": round_.purpose}
    session.execute(insert(Visit), [visit | fields for visit in visits])
