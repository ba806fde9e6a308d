"""SELECTs on patrols, each starting from the actor: the committee its community's, and everybody
the patrols to which they were asked. Points are public area; who is asked there reads of them."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.errors import NotFound
from app.identity.actor import Actor
from app.identity.queries import people_named
from app.places.queries import place_texts
from app.visits.marks import mark_of, read, unsigned
from app.visits.models_patrols import (
    Patrol,
    PatrolPerson,
    PatrolPoint,
    PatrolRoute,
    PatrolRoutePoint,
)
from app.visits.queries.cards import hours
from app.visits.rules.patrols import GOING, HELD_DAYS, PatrolState


def asked_to(person_id: UUID) -> Select[UUID]:
    """The ids of the patrols to which somebody was asked and did not decline."""
    return select(PatrolPerson.patrol_id).where(
        PatrolPerson.person_id == person_id, PatrolPerson.answer.in_(GOING)
    )


def visible_to(actor: Actor) -> Select[Patrol]:
    """The patrols an actor may open."""
    mine = select(PatrolPerson.patrol_id).where(PatrolPerson.person_id == actor.id)
    return select(Patrol).where(
        or_(Patrol.community_id.in_(actor.committee_communities), Patrol.id.in_(mine))
    )


def get(session: Session, actor: Actor, patrol_id: UUID, *, lock: bool = False) -> Patrol:
    """One patrol the actor may open. NotFound otherwise."""
    one = visible_to(actor).where(Patrol.id == patrol_id)
    found = session.scalar(one.with_for_update(of=Patrol) if lock else one)
    if found is None:
        raise NotFound
    return found


def mine(actor: Actor) -> Select[Patrol]:
    """What a phone shows: open patrols, and those of the last month that were walked."""
    since = clock.today() - timedelta(days=HELD_DAYS)
    return select(Patrol).where(
        Patrol.id.in_(asked_to(actor.id)),
        or_(
            Patrol.state == PatrolState.OPEN,
            (Patrol.state == PatrolState.DONE) & (Patrol.on >= since),
        ),
    )


def kept(actor: Actor) -> Select[Patrol]:
    """The patrols of the committee's communities."""
    return select(Patrol).where(Patrol.community_id.in_(actor.committee_communities))


def routes_kept(actor: Actor) -> Select[PatrolRoute]:
    return select(PatrolRoute).where(PatrolRoute.community_id.in_(actor.committee_communities))


def route_kept(session: Session, actor: Actor, route_id: UUID) -> PatrolRoute:
    """A route the actor's committee keeps. NotFound otherwise."""
    found = session.scalar(routes_kept(actor).where(PatrolRoute.id == route_id))
    if found is None:
        raise NotFound
    return found


def points_kept(actor: Actor) -> Select[PatrolPoint]:
    return select(PatrolPoint).where(
        PatrolPoint.community_id.in_(actor.committee_communities), PatrolPoint.retired.is_(False)
    )


def point_kept(session: Session, actor: Actor, point_id: UUID) -> PatrolPoint:
    """A point the actor's committee keeps. NotFound otherwise."""
    found = session.scalar(points_kept(actor).where(PatrolPoint.id == point_id))
    if found is None:
        raise NotFound
    return found


def point_marked(session: Session, actor: Actor, mark: str) -> dict[str, Any]:
    """The point of a code that was scanned, and the patrol of today that passes it. NotFound for a
    code that is not ours or was replaced, or of a community the actor has nothing to do with."""
    said = read(mark)
    point = session.get(PatrolPoint, said[0]) if said else None
    if said is None or point is None or point.retired or point.serial != said[1]:
        raise NotFound("这张码不能用了，请告诉社区换一张。")
    here = select(PatrolRoutePoint.route_id).where(PatrolRoutePoint.point_id == point.id)
    walk = session.scalar(
        mine(actor)
        .where(Patrol.route_id.in_(here), Patrol.on == clock.today())
        .order_by(Patrol.window_from, Patrol.id)
        .limit(1)
    )
    if walk is None and point.community_id not in actor.communities():
        raise NotFound
    return points_shown(session, [point])[0] | {"patrol_id": walk.id if walk else None}


def route_points(session: Session, route_ids: Collection[UUID]) -> dict[UUID, list[PatrolPoint]]:
    """The points of each of these routes, in their order."""
    found: dict[UUID, list[PatrolPoint]] = {one: [] for one in route_ids}
    rows = session.execute(
        select(PatrolRoutePoint.route_id, PatrolPoint)
        .join(PatrolPoint, PatrolPoint.id == PatrolRoutePoint.point_id)
        .where(PatrolRoutePoint.route_id.in_(route_ids))
        .order_by(PatrolRoutePoint.number)
    )
    for route_id, point in rows:
        if not point.retired:
            found[route_id].append(point)
    return found


def people_of(session: Session, patrol_ids: Collection[UUID]) -> dict[UUID, list[PatrolPerson]]:
    """Who was asked to each of these patrols."""
    found: dict[UUID, list[PatrolPerson]] = {one: [] for one in patrol_ids}
    for row in session.scalars(
        select(PatrolPerson)
        .where(PatrolPerson.patrol_id.in_(patrol_ids))
        .order_by(PatrolPerson.person_id)
    ):
        found[row.patrol_id].append(row)
    return found


def last_asked(session: Session, people: Iterable[UUID]) -> dict[UUID, date]:
    """The last day to which each of these people was asked, whatever they answered."""
    rows = session.execute(
        select(PatrolPerson.person_id, func.max(Patrol.on))
        .join(Patrol, Patrol.id == PatrolPerson.patrol_id)
        .where(PatrolPerson.person_id.in_(list(people)))
        .group_by(PatrolPerson.person_id)
    )
    return dict(rows.all())


def points_shown(session: Session, points: Sequence[PatrolPoint]) -> list[dict[str, Any]]:
    """Points as they are shown."""
    texts = place_texts(session, {point.place_id for point in points})
    return [
        {
            "id": point.id,
            "name": point.name,
            "hint": point.hint,
            "place": {"id": point.place_id, "name": texts[point.place_id]},
            "mark": unsigned(mark_of(point)),
            "version": point.version,
        }
        for point in points
    ]


def routes_shown(session: Session, routes: Sequence[PatrolRoute]) -> list[dict[str, Any]]:
    """Routes as the office sees them."""
    points = route_points(session, [one.id for one in routes])
    names = people_named(session, {UUID(who) for one in routes for who in one.people})
    return [
        {
            "id": one.id,
            "name": one.name,
            "days": one.days,
            "window": hours(one.window_from, one.window_to),
            "people": [{"id": UUID(who), "name": names.get(UUID(who), "")} for who in one.people],
            "at_once": one.at_once,
            "points": [{"id": point.id, "name": point.name} for point in points[one.id]],
            "ended": one.ended,
            "version": one.version,
        }
        for one in routes
    ]


def cards(session: Session, actor: Actor, patrols: Sequence[Patrol]) -> list[dict[str, Any]]:
    """Patrols as those who walk them, and their committee, see them."""
    ids = {one.route_id for one in patrols}
    routes = {
        one.id: one for one in session.scalars(select(PatrolRoute).where(PatrolRoute.id.in_(ids)))
    }
    points = route_points(session, ids)
    shown = {
        one["id"]: one
        for one in points_shown(session, [each for some in points.values() for each in some])
    }
    people = people_of(session, [one.id for one in patrols])
    asked = {row.person_id for some in people.values() for row in some}
    names = people_named(session, asked)
    return [
        {
            "id": one.id,
            "name": routes[one.route_id].name,
            "date": one.on,
            "window": hours(one.window_from, one.window_to),
            "state": one.state,
            "people": [
                {
                    "id": row.person_id,
                    "name": names.get(row.person_id, ""),
                    "answer": row.answer,
                    "walked": row.walked,
                }
                for row in people[one.id]
            ],
            "points": [shown[point.id] for point in points[one.route_id]],
            "seen": one.seen,
            "minutes": one.minutes,
            "remark": one.remark,
            "version": one.version,
        }
        for one in patrols
    ]
