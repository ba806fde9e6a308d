"""What phones may hold of patrols: those to which a person was asked and did not decline, while
they are open, and for a month after they were walked. The points come with them."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import changes, clock
from app.core.changes import Held, Lies, Shown
from app.core.numbering import Scope
from app.identity.actor import Actor
from app.visits.models_patrols import (
    Patrol,
    PatrolPerson,
    PatrolPoint,
    PatrolRoute,
    PatrolRoutePoint,
)
from app.visits.queries import patrols as queries
from app.visits.rules.patrols import GOING, HELD_DAYS, PatrolState

KIND = "patrol"
PATROLS = "patrols"


def mine(_session: Session, actor: Actor) -> list[UUID]:
    """The scope of the actor's own patrols."""
    return [actor.id]


def until(patrol: Patrol) -> date | None:
    """The last day on which a phone holds a patrol."""
    if patrol.state is PatrolState.OPEN:
        return None
    done = patrol.state is PatrolState.DONE
    return patrol.on + timedelta(days=HELD_DAYS) if done else clock.today()


def where(session: Session, ids: Collection[UUID]) -> Iterator[Lies]:
    """A patrol lies with everybody who was asked to it."""
    people = queries.people_of(session, ids)
    for patrol in session.scalars(select(Patrol).where(Patrol.id.in_(ids))):
        for row in people[patrol.id]:
            gone = row.answer not in GOING
            yield Lies(
                patrol.id,
                Scope(PATROLS, row.person_id),
                clock.today() if gone else until(patrol),
            )


def show(
    session: Session, actor: Actor, scope: Scope, ids: Collection[UUID]
) -> Mapping[UUID, Shown]:
    """Those of these patrols to which the person goes; what was called off or declined is gone."""
    patrols = session.scalars(
        select(Patrol).where(
            Patrol.id.in_(ids),
            Patrol.id.in_(queries.asked_to(scope.key)),
            Patrol.state != PatrolState.CANCELLED,
        )
    ).all()
    drawn = queries.cards(session, actor, patrols)
    return {one.id: Shown(card, until(one)) for one, card in zip(patrols, drawn, strict=True)}


def _open_on(session: Session, route_ids: Iterable[UUID]) -> Iterable[UUID]:
    return session.scalars(
        select(Patrol.id).where(
            Patrol.route_id.in_(list(route_ids)), Patrol.state == PatrolState.OPEN
        )
    )


@changes.watch(Patrol)
def patrol_changed(session: Session, row: Patrol) -> None:
    """A patrol was made, answered, walked or called off."""
    changes.note(session, KIND, [row.id])


@changes.watch(PatrolPerson)
def person_changed(session: Session, row: PatrolPerson) -> None:
    """Somebody was asked, answered, or walked."""
    changes.note(session, KIND, [row.patrol_id])


@changes.watch(PatrolRoute)
def route_changed(session: Session, row: PatrolRoute) -> None:
    """A route has another name: the cards of its open patrols say it."""
    changes.note(session, "patrol_route", [row.id])


@changes.watch(PatrolRoutePoint)
def route_point_changed(session: Session, row: PatrolRoutePoint) -> None:
    """A route passes other points."""
    changes.note(session, "patrol_route", [row.route_id])


@changes.watch(PatrolPoint)
def point_changed(session: Session, row: PatrolPoint) -> None:
    """A point has another name, hint or code, or is looked at no more."""
    changes.note(session, "patrol_point", [row.id])


def on_routes(session: Session, route_ids: Collection[UUID]) -> list[UUID]:
    """The open patrols of these routes."""
    return list(_open_on(session, route_ids))


def past_points(session: Session, point_ids: Collection[UUID]) -> list[UUID]:
    """The open patrols that pass these points."""
    routes = session.scalars(
        select(PatrolRoutePoint.route_id).where(PatrolRoutePoint.point_id.in_(list(point_ids)))
    )
    return list(_open_on(session, routes))


def nowhere(_session: Session, _ids: Collection[UUID]) -> list[Lies]:
    """Routes and points are held by no phone themselves."""
    return []


def nothing(*_: object) -> Mapping[UUID, Shown]:
    return {}


for cause in ("patrol_route", "patrol_point"):
    changes.hold(Held(cause, nowhere, nothing))
changes.hold(Held(KIND, where, show, also={"patrol_route": on_routes, "patrol_point": past_points}))
changes.scope_kind(PATROLS, mine)
