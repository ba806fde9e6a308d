"""Robots say what happened in counts, whatever is written; joined, in turn, so many a minute."""

import json
import re
import threading
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from app.core import clock, duties, worker
from app.core.db import database
from app.core.events import publish
from app.core.outbox import State
from app.robots.models import RobotUse
from app.robots.rules import ROOM
from app.robots.service import saying
from app.tickets.rules import Verb
from tests.auditing import unwatched
from tests.channels.receivers import Hooks
from tests.clients import Client
from tests.factories import tickets
from tests.factories.notifications import Cast, moved, opened
from tests.factories.notifications import cast as people_of
from tests.factories.tickets import Neighbourhood
from tests.robots.saying import (
    DINGTALK,
    FEISHU,
    HOSTILE,
    MORNING,
    NAMES,
    NIGHT,
    NOON,
    WECOM,
    add,
    happens,
    rows,
    said,
)


def test_what_happens_together_is_said_together(
    session: Session, here: Neighbourhood, seats: dict[str, Client], group: Hooks
) -> None:
    assert add(seats["committee"], here.organisations["committee"].id).status_code == 201
    with clock.frozen(NOON):
        happens(session, here, 7)
        worker.carry_all(saying.KIND)
        assert group.got == [], "it waits for more"
    with clock.frozen(NOON + timedelta(seconds=31)):
        worker.carry_all(saying.KIND)
    assert said(group) == ["红邻：新的事 7 件。点开看：http://localhost/app/tickets"]
    with clock.frozen(NOON + timedelta(minutes=5)):
        worker.carry_all(saying.KIND)
    assert len(group.got) == 1, "and said once"


def test_an_emergency_is_said_at_once_also_at_night(
    session: Session, here: Neighbourhood, seats: dict[str, Client], group: Hooks
) -> None:
    add(seats["committee"], here.organisations["committee"].id)
    with clock.frozen(NIGHT):
        happens(session, here, 2)
        happens(session, here, 1, emergency=True)
        worker.carry_all(saying.KIND)
    assert said(group) == ["红邻：应急的事 1 件，请马上看。点开看：http://localhost/app/tickets"]
    with clock.frozen(MORNING):
        worker.carry_all(saying.KIND)
    assert said(group)[1:] == ["红邻：新的事 2 件。点开看：http://localhost/app/tickets"]


def test_a_propertys_group_hears_of_what_it_is_given(
    session: Session, here: Neighbourhood, seats: dict[str, Client], group: Hooks
) -> None:
    company = here.organisations["property"].id
    assert add(seats["property"], company, DINGTALK + "abcdef", secret="SECx").status_code == 201
    around: Cast = people_of(session)
    with clock.frozen(NOON):
        publish(session, opened(around, community_id=here.community.id))  # not its business yet
        given = {"community_id": here.community.id, "lead_org_id": company}
        publish(session, moved(around, Verb.DISPATCH, **given))
        publish(session, moved(around, Verb.START, **given))
        with unwatched():
            session.commit()
    with clock.frozen(NOON + timedelta(minutes=1)):
        worker.carry_all(saying.KIND)
    assert said(group) == ["红邻：新的事 1 件。点开看：http://localhost/app/tickets"]
    assert "sign=" in group.got[0][0]


@pytest.mark.parametrize("url", [WECOM + "abcdef", DINGTALK + "abcdef", FEISHU + "abcdef"])
def test_nothing_that_anybody_wrote_leaves(
    session: Session, here: Neighbourhood, seats: dict[str, Client], group: Hooks, url: str
) -> None:
    """Names, doors and numbers in every text that a person can write, and whole tickets."""
    with unwatched():
        for word, who in here.people.items():
            who.name = f"王建国{word}"
        for organisation in here.organisations.values():
            organisation.name = "王建国 13800138000"
        here.community.name = "王建国3栋1单元201"
        session.commit()
    made = add(seats["committee"], here.organisations["committee"].id, url, name=HOSTILE[:40])
    assert made.status_code == 201, made.text
    with clock.frozen(NOON):
        tickets.report(session, here, text=HOSTILE)
        tickets.report(session, here, text=HOSTILE, category="emergency.burst_flood")
        session.commit()
    with clock.frozen(NOON + timedelta(minutes=1)):
        worker.carry_all(saying.KIND)
    tried = seats["committee"].post(f"/robots/{made.json['id']}/test")
    assert tried.status_code == 204
    with clock.frozen(NOON + timedelta(minutes=2)):
        worker.carry_all(saying.KIND)
    with clock.frozen(MORNING):
        with database().transaction() as writing:
            duties.DUTIES["robots.morning"](writing, clock.today())
        worker.carry_all(saying.KIND)
    assert len(group.got) >= 3
    part = r"(应急的事|新的事|今天在办|其中超时|超时的) \d+ 件(，请马上看)?"
    link = re.escape("http://localhost/app/tickets")
    counts = re.compile(rf"红邻：{part}(，{part})*。点开看：{link}")
    for words, raw in zip(said(group), group.bodies, strict=True):
        assert counts.fullmatch(words) or words.startswith("红邻试一下"), words
        whole = json.dumps(json.loads(raw), ensure_ascii=False)
        assert not any(name in whole for name in NAMES)
        assert not re.search(r"\d{5,}", re.sub(r'"timestamp": "\d+"', "", whole))


def test_a_maker_who_is_down_loses_nothing(
    session: Session, here: Neighbourhood, seats: dict[str, Client], group: Hooks
) -> None:
    add(seats["committee"], here.organisations["committee"].id)
    group.answers = [(502, {}), (200, {"errcode": 45009})]
    with clock.frozen(NOON):
        happens(session, here, 2)
    for minutes in (1, 4, 8):
        with clock.frozen(NOON + timedelta(minutes=minutes)):
            worker.carry_all(saying.KIND)
    assert len(group.got) == 3
    assert said(group)[-1] == "红邻：新的事 2 件。点开看：http://localhost/app/tickets"
    assert {row.state for row in rows(session)} == {State.DONE}


def test_a_storm_leaves_twenty_messages_a_minute_at_most_also_after_a_restart(
    session: Session, here: Neighbourhood, seats: dict[str, Client], group: Hooks
) -> None:
    made = add(seats["committee"], here.organisations["committee"].id).json
    for second in range(60):
        with clock.frozen(NOON + timedelta(seconds=second)):
            happens(session, here, 1, emergency=True)
            with database().transaction() as writing:
                payload = {"robot_id": made["id"], "trial": True}
                saying.outbox.enqueue(writing, saying.KIND, payload, f"storm:{second}")
            worker.carry_all(saying.KIND)  # a carrier of its own each time, as after a restart
    assert 10 <= len(group.got) <= 20
    use = session.get_one(RobotUse, UUID(made["id"]), populate_existing=True)
    assert use.room < ROOM


def test_two_workers_say_a_thing_once(
    session: Session, here: Neighbourhood, seats: dict[str, Client], group: Hooks
) -> None:
    made = add(seats["committee"], here.organisations["committee"].id).json
    app = seats["committee"].app
    with clock.frozen(NOON):
        happens(session, here, 5)
        with database().transaction() as writing:
            for number in range(6):
                payload = {"robot_id": made["id"]}
                saying.outbox.enqueue(writing, saying.KIND, payload, f"more:{number}")

    def work() -> None:
        with app.app_context():
            worker.carry_all(saying.KIND)

    with clock.frozen(NOON + timedelta(minutes=1)):
        threads = [threading.Thread(target=work) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert said(group) == ["红邻：新的事 5 件。点开看：http://localhost/app/tickets"]


def test_the_morning_is_counted_on_its_own_day(
    session: Session, here: Neighbourhood, seats: dict[str, Client], group: Hooks
) -> None:
    add(seats["committee"], here.organisations["committee"].id, wants=["morning"])
    with clock.frozen(NOON):
        tickets.report(session, here)
        session.commit()
    with clock.frozen(MORNING):
        with database().transaction() as writing:
            duties.DUTIES["robots.morning"](writing, clock.today())
            duties.DUTIES["robots.morning"](writing, clock.today())
        worker.carry_all(saying.KIND)
    assert len(group.got) == 1
    assert said(group)[0].startswith("红邻：今天在办 1 件，其中超时 ")
    with clock.frozen(MORNING + timedelta(days=1)):
        with database().transaction() as writing:
            duties.DUTIES["robots.morning"](writing, clock.today() - timedelta(days=1))
        worker.carry_all(saying.KIND)
    assert len(group.got) == 1
