"""Two routes of the first estate's red armbands: one walked yesterday, the others asked for."""

from datetime import time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.demo.people import Crowd
from app.demo.places import Town
from app.teams.models import Team, TeamMember
from app.teams.rules import TeamKind
from app.visits.models_patrols import Patrol, PatrolPerson, PatrolPoint
from app.visits.rules.patrols import PatrolAnswer, PatrolState
from app.visits.rules.windows import Window
from app.visits.service import findings, patrol_routes, patrols

POINTS = (
    ("东门岗亭", "门禁好不好、有没有堵门"),
    ("电动车棚", "有没有飞线充电"),
    ("消防通道", "有没有停车、堆东西"),
    ("垃圾分类点", "满没满、有没有散在外面"),
    ("中心花园", "健身器材有没有松"),
)
REMARK = "车棚里有两辆车没停好，提醒过了。"
FOUND = {"category": "facility.power_lighting", "text": "车棚最里面那盏灯不亮，晚上看不清"}


def build(session: Session, town: Town, crowd: Crowd) -> None:
    """The committee's clerk sets the points and routes; 李姐 walked yesterday and walks today."""
    clerk, lijie = crowd.actor(session, crowd.people["王干事"]), crowd.people["李姐"]
    estate = town.estates[0]
    points = [
        patrol_routes.add_point(session, clerk, {"place_id": estate.id, "name": name, "hint": hint})
        for name, hint in POINTS
    ]
    team = session.scalars(
        select(Team).where(Team.place_id == estate.id, Team.kind == TeamKind.RED_ARMBAND)
    ).one()
    people = session.scalars(
        select(TeamMember.person_id).where(TeamMember.team_id == team.id).order_by(TeamMember.id)
    ).all()
    others = [one for one in people if one != lijie.id]
    for name, hours, some, walkers in (
        ("早上一圈", Window(time(9), time(10)), points, [lijie.id, others[0]]),
        ("傍晚一圈", Window(time(17), time(18)), points[1:4], [*others, lijie.id]),
    ):
        said = {
            "name": name,
            "days": [1, 2, 3, 4, 5, 6, 7],
            "window": hours,
            "people": walkers,
            "at_once": 2,
            "points": [point.id for point in some],
            "ended": False,
        }
        patrol_routes.add_route(session, clerk, town.community.id, said)
    _today(session, crowd)
    _yesterday(session, crowd, points)


def _today(session: Session, crowd: Crowd) -> None:
    """李姐 has agreed to what she is asked today."""
    actor = crowd.actor(session, crowd.people["李姐"])
    mine = select(PatrolPerson.patrol_id).where(PatrolPerson.person_id == actor.id)
    for patrol in session.scalars(
        select(Patrol).where(Patrol.id.in_(mine), Patrol.on == clock.today())
    ).all():
        patrols.answer(session, actor, patrol.id, PatrolAnswer.ACCEPTED)


def _yesterday(session: Session, crowd: Crowd, points: list[PatrolPoint]) -> None:
    actor = crowd.actor(session, crowd.people["李姐"])
    first = session.scalars(select(Patrol).order_by(Patrol.on, Patrol.id).limit(1)).one()
    walked = Patrol(
        community_id=first.community_id,
        route_id=first.route_id,
        on=clock.today() - timedelta(days=1),
        window_from=first.window_from,
        window_to=first.window_to,
        state=PatrolState.OPEN,
        seen=[],
    )
    session.add(walked)
    session.flush()
    session.add(PatrolPerson(patrol_id=walked.id, person_id=actor.id, answer=PatrolAnswer.ASKED))
    session.flush()
    shed = points[1]
    seen = FOUND | {"place_id": shed.place_id, "spot": shed.name, "public_area": True}
    findings.report(session, actor, walked.id, shed.id, seen)
    walk = patrols.Walk(seen=[point.id for point in points], minutes=45, remark=REMARK)
    patrols.end(session, actor, walked.id, walk)
