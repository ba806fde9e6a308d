"""Patrols: people are asked, answer, walk and end them. What they find is in `findings`."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from app.core import clock
from app.core.errors import Invalid
from app.core.events import publish
from app.identity.actor import Actor
from app.teams import availability, rosters
from app.visits.events_patrols import (
    PatrolAnswered,
    PatrolCancelled,
    PatrolProposed,
    PatrolsAsked,
    PatrolWalked,
)
from app.visits.models_patrols import Patrol, PatrolPerson, PatrolRoute
from app.visits.queries import patrols as queries
from app.visits.rules.patrols import (
    GOING,
    NotAskedToPatrol,
    PatrolAnswer,
    PatrolIsOver,
    PatrolState,
    Turn,
    answer_problem,
    asked_next,
    end_problems,
    turns,
)
from app.visits.service.rounds import current


@dataclass(frozen=True, kw_only=True)
class Walk:
    """What somebody says of a patrol they walked. `with_ids` walked too."""

    seen: Sequence[UUID]
    minutes: int
    remark: str | None = None
    with_ids: Sequence[UUID] = ()


def propose(session: Session, actor_id: UUID | None, route: PatrolRoute, day: date) -> None:
    """Ask people to the coming week of a route, and to no day of it twice."""
    hours = (route.window_from, route.window_to)
    wanted = [] if route.ended else turns(route.days, hours, day)
    known = set(session.scalars(select(Patrol.on).where(Patrol.route_id == route.id)))
    told: dict[UUID, list[date]] = defaultdict(list)
    people = _still_there(session, route)
    last = queries.last_asked(session, people)
    for turn in (turn for turn in wanted if turn.on not in known):
        asked = asked_next(people, last, _away(session, people, turn), turn.on, route.at_once)
        if asked:
            _make(session, actor_id, route, turn, asked)
        for person_id in asked:
            told[person_id].append(turn.on)
            last[person_id] = max(turn.on, last.get(person_id, turn.on))
    for person_id, days in sorted(told.items()):
        publish(
            session,
            PatrolsAsked(
                subject_id=route.id,
                actor_id=actor_id,
                person_id=person_id,
                count=len(days),
                first_on=min(days),
                last_on=max(days),
            ),
        )


def _still_there(session: Session, route: PatrolRoute) -> list[UUID]:
    there = rosters.team_people(session, route.community_id)
    return [who for who in map(UUID, route.people) if who in there]


def _away(session: Session, people: Sequence[UUID], turn: Turn) -> frozenset[UUID]:
    """Who has said that this day is not for them. Which hours suit is their own to answer."""
    free = availability.windows_of(session, people, turn.on, turn.on)
    return frozenset(who for who in people if not free[who])


def _make(
    session: Session, actor_id: UUID | None, route: PatrolRoute, turn: Turn, asked: Sequence[UUID]
) -> None:
    patrol = Patrol(
        community_id=route.community_id,
        route_id=route.id,
        on=turn.on,
        window_from=turn.start,
        window_to=turn.end,
        state=PatrolState.OPEN,
        seen=[],
    )
    session.add(patrol)
    session.flush()
    session.add_all(PatrolPerson(patrol_id=patrol.id, person_id=who) for who in asked)
    session.flush()
    publish(session, PatrolProposed(**facts(patrol, actor_id), people=len(asked)))


def answer(session: Session, actor: Actor, patrol_id: UUID, said: PatrolAnswer) -> Patrol:
    """Accept or decline for oneself; saying it twice changes nothing."""
    patrol = queries.get(session, actor, patrol_id, lock=True)
    people = {row.person_id: row for row in queries.people_of(session, [patrol.id])[patrol.id]}
    if actor.id not in people:
        raise NotAskedToPatrol
    if problem := answer_problem(patrol.state, patrol.on, clock.today()):
        raise problem
    people[actor.id].answer = said
    flag_modified(patrol, "state")  # its card has changed for all who go
    session.flush()
    left = sum(row.answer in GOING for row in people.values())
    publish(session, PatrolAnswered(**facts(patrol, actor.id), answer=said.value, left=left))
    return patrol


def end(session: Session, actor: Actor, patrol_id: UUID, walk: Walk) -> Patrol:
    """A patrol was walked. Where another of those who walked has said so before, the points that
    each saw are put together, and the first word on how long it took stands."""
    patrol = queries.get(session, actor, patrol_id, lock=True)
    people = {row.person_id: row for row in queries.people_of(session, [patrol.id])[patrol.id]}
    if actor.id not in people:
        raise NotAskedToPatrol
    if patrol.state is PatrolState.CANCELLED:
        raise PatrolIsOver
    if problems := end_problems(patrol.on, walk.minutes, clock.today()):
        raise Invalid(errors=problems)
    for person_id in {actor.id, *walk.with_ids} & people.keys():
        people[person_id].walked = True
        people[person_id].answer = PatrolAnswer.ACCEPTED
    points = queries.route_points(session, [patrol.route_id])[patrol.route_id]
    seen = {*patrol.seen, *map(str, walk.seen)}
    patrol.seen = [str(point.id) for point in points if str(point.id) in seen]
    if patrol.state is PatrolState.OPEN:
        patrol.state, patrol.minutes = PatrolState.DONE, walk.minutes
    patrol.remark = walk.remark or patrol.remark
    flag_modified(patrol, "state")
    session.flush()
    publish(
        session,
        PatrolWalked(
            **facts(patrol, actor.id),
            minutes=patrol.minutes or walk.minutes,
            seen=len(patrol.seen),
            walked=tuple(sorted(who for who, row in people.items() if row.walked)),
        ),
    )
    return patrol


def cancel(session: Session, actor: Actor, patrol_id: UUID, version: int, reason: str) -> Patrol:
    """The office calls one patrol off; those who would have gone are told."""
    patrol = current(queries.get(session, actor, patrol_id, lock=True), version)
    if patrol.state is not PatrolState.OPEN:
        raise PatrolIsOver
    return _off(session, actor, patrol, reason)


def call_off(session: Session, actor: Actor, route: PatrolRoute, reason: str) -> None:
    """Call off what is still to come of a route."""
    for patrol in session.scalars(
        select(Patrol).where(
            Patrol.route_id == route.id,
            Patrol.state == PatrolState.OPEN,
            Patrol.on >= clock.today(),
        )
    ).all():
        _off(session, actor, patrol, reason)


def _off(session: Session, actor: Actor, patrol: Patrol, reason: str) -> Patrol:
    people = queries.people_of(session, [patrol.id])[patrol.id]
    going = tuple(row.person_id for row in people if row.answer in GOING)
    patrol.state, patrol.reason = PatrolState.CANCELLED, reason
    session.flush()
    publish(session, PatrolCancelled(**facts(patrol, actor.id), person_ids=going))
    return patrol


def facts(patrol: Patrol, actor_id: UUID | None) -> dict[str, Any]:
    """What every event of a patrol says."""
    return {
        "subject_id": patrol.id,
        "actor_id": actor_id,
        "community_id": patrol.community_id,
        "on": patrol.on,
    }
