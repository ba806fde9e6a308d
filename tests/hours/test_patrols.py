"""Patrols become hours of those who walked them."""

from collections.abc import Callable
from datetime import timedelta

from flask import Flask
from sqlalchemy.orm import Session

from app.hours import jobs
from app.hours.rules import Kind
from app.hours.service import counting
from app.hours.service.patrols import of_patrol
from app.teams.rules import TeamKind
from app.visits.rules.patrols import PatrolState
from tests.clients import Client
from tests.factories import teams
from tests.factories.visits import TODAY
from tests.hours.conftest import Known
from tests.hours.test_counting import deliver, hours
from tests.visits.walking import patrol, point, route, walked

Clients = Callable[..., Client]


def test_a_patrol_counts_what_its_walkers_say_it_took_in_the_armbands_team(
    app: Flask, client: Clients, session: Session, known: Known
) -> None:
    scene = known.scene
    armbands = teams.team(session, scene.community, scene.chen, kind=TeamKind.RED_ARMBAND)
    gate = point(session, scene)
    along = route(session, scene, gate, people=[scene.chen, scene.li])
    out = patrol(session, along, scene.chen, scene.li)
    walked(client(scene.chen), out, gate, minutes=50)
    deliver(app)
    [counted] = hours(session)
    assert (counted.person_id, counted.kind, counted.minutes) == (scene.chen.id, Kind.PATROL, 50)
    assert counted.team_id == armbands.id
    walked(client(scene.li), out, minutes=90)
    deliver(app)
    assert [one.minutes for one in hours(session, scene.li)] == [50]
    assert hours(session, scene.li)[0].team_id == scene.team.id


def test_a_patrol_that_nobody_walked_counts_nothing(session: Session, known: Known) -> None:
    scene = known.scene
    along = route(session, scene, point(session, scene), people=[scene.chen])
    out = patrol(session, along, scene.chen)
    assert of_patrol(session, out.id) == []
    assert of_patrol(session, along.id) == []


def test_what_was_not_told_of_is_counted_the_next_day(
    app: Flask, client: Clients, session: Session, known: Known
) -> None:
    scene = known.scene
    along = route(session, scene, point(session, scene), people=[scene.chen])
    done = {"state": PatrolState.DONE, "minutes": 30, "on": TODAY - timedelta(days=1)}
    out = patrol(session, along, scene.chen, walked=True, **done)
    jobs.missed(session, TODAY)
    session.commit()
    deliver(app)
    assert [one.minutes for one in hours(session)] == [30]
    counting.follow(session, Kind.PATROL, out.id)
    session.commit()
    assert len(hours(session)) == 1
