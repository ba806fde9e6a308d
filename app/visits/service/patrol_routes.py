"""The committee's side of patrols: points, their codes, and the routes past them."""

from collections.abc import Sequence
from datetime import time
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.errors import Invalid, NotFound
from app.core.events import publish
from app.identity.actor import Actor
from app.places.models import Place
from app.teams import rosters
from app.visits.events_patrols import PatrolPointSaved, PatrolRouteSaved
from app.visits.models_patrols import PatrolPoint, PatrolRoute, PatrolRoutePoint
from app.visits.queries import patrols as queries
from app.visits.rules.patrols import route_problems
from app.visits.service import patrols
from app.visits.service.rounds import current

NO_MORE = "这条路线不走了。"


def add_point(session: Session, actor: Actor, said: dict[str, Any]) -> PatrolPoint:
    """A new point at an estate or a building of the committee's. NotFound for another place."""
    place = session.get(Place, said["place_id"])
    community_id = place.community_id if place else None
    if place is None or community_id not in actor.committee_communities:
        raise NotFound
    point = PatrolPoint(
        community_id=community_id, place_id=place.id, name=said["name"], hint=said["hint"]
    )
    session.add(point)
    return _saved(session, actor, point, ("name", "hint", "place_id"))


def edit_point(
    session: Session, actor: Actor, point_id: UUID, version: int, said: dict[str, Any]
) -> PatrolPoint:
    """Another name or hint; where it is stays."""
    point = current(queries.point_kept(session, actor, point_id), version)
    point.name, point.hint = said["name"], said["hint"]
    return _saved(session, actor, point, ("name", "hint"))


def renew_code(session: Session, actor: Actor, point_id: UUID, version: int) -> PatrolPoint:
    """Another code for the same point; the one that was printed leads nowhere any more."""
    point = current(queries.point_kept(session, actor, point_id), version)
    point.serial += 1
    return _saved(session, actor, point, ("code",))


def retire_point(session: Session, actor: Actor, point_id: UUID, version: int) -> None:
    """A point that nobody looks at any more; what was seen there stays."""
    point = current(queries.point_kept(session, actor, point_id), version)
    point.retired = True
    _saved(session, actor, point, ("retired",))


def _saved(
    session: Session, actor: Actor, point: PatrolPoint, fields: tuple[str, ...]
) -> PatrolPoint:
    session.flush()
    publish(session, PatrolPointSaved(subject_id=point.id, actor_id=actor.id, fields=fields))
    return point


def add_route(
    session: Session, actor: Actor, community_id: UUID, said: dict[str, Any]
) -> PatrolRoute:
    """A new route of one of the committee's communities; its coming week is asked for."""
    if community_id not in actor.committee_communities:
        raise NotFound
    route = PatrolRoute(community_id=community_id, **_columns(session, actor, community_id, said))
    session.add(route)
    _keep(session, actor, route, said["points"])
    return route


def edit_route(
    session: Session, actor: Actor, route_id: UUID, version: int, said: dict[str, Any]
) -> PatrolRoute:
    """Change a route: patrols that are out pass the new points, and stay as they were asked for
    unless the route is ended."""
    route = current(queries.route_kept(session, actor, route_id), version)
    for name, value in _columns(session, actor, route.community_id, said).items():
        setattr(route, name, value)
    _keep(session, actor, route, said["points"])
    return route


def _columns(
    session: Session, actor: Actor, community_id: UUID, said: dict[str, Any]
) -> dict[str, Any]:
    hours: tuple[time, time] = (said["window"].start, said["window"].end)
    problems = route_problems(said["days"], hours, said["people"], said["points"])
    if set(said["people"]) - rosters.team_people(session, community_id):
        problems["people"] = ["巡查的人要是本社区三支队伍里的人。"]
    known = session.scalars(
        queries.points_kept(actor).where(
            PatrolPoint.id.in_(said["points"]), PatrolPoint.community_id == community_id
        )
    ).all()
    if len(known) < len(set(said["points"])):
        problems["points"] = ["有的点已经撤了，请重新排。"]
    if problems:
        raise Invalid(errors=problems)
    return {
        "name": said["name"],
        "days": sorted(set(said["days"])),
        "window_from": hours[0],
        "window_to": hours[1],
        "people": [str(one) for one in said["people"]],
        "at_once": said["at_once"],
        "ended": said["ended"],
    }


def _keep(session: Session, actor: Actor, route: PatrolRoute, points: Sequence[UUID]) -> None:
    session.flush()
    for row in session.scalars(
        select(PatrolRoutePoint).where(PatrolRoutePoint.route_id == route.id)
    ).all():
        session.delete(row)
    session.flush()
    session.add_all(
        PatrolRoutePoint(route_id=route.id, number=number, point_id=point_id)
        for number, point_id in enumerate(points, start=1)
    )
    session.flush()
    publish(
        session,
        PatrolRouteSaved(
            subject_id=route.id,
            actor_id=actor.id,
            points=len(points),
            people=len(route.people),
            ended=route.ended,
        ),
    )
    if route.ended:
        patrols.call_off(session, actor, route, NO_MORE)
    patrols.propose(session, actor.id, route, clock.today())
