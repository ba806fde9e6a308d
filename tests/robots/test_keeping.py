"""An organisation names its robots, chooses what they say, and sees how that goes."""

from datetime import timedelta

from sqlalchemy import Text, cast, select, text
from sqlalchemy.orm import Session

from app.core import clock, worker
from app.core.db import Base
from app.robots.models import Robot
from app.robots.service import saying
from tests.channels.receivers import Hooks
from tests.clients import Client
from tests.factories.tickets import Neighbourhood
from tests.robots.saying import DINGTALK, NOON, WECOM, add, happens, rows, said


def test_a_robot_says_only_what_was_chosen(
    session: Session, here: Neighbourhood, seats: dict[str, Client], group: Hooks
) -> None:
    made = add(seats["committee"], here.organisations["committee"].id, wants=["overdue"]).json
    with clock.frozen(NOON):
        happens(session, here, 3)
    assert rows(session) == []
    chosen = seats["committee"].put(f"/robots/{made['id']}/wants", {"wants": ["new"]})
    assert chosen.json["wants"] == ["new"]
    with clock.frozen(NOON):
        happens(session, here, 1)
    assert len(rows(session)) == 1


def test_neither_address_nor_secret_is_kept_in_the_open(
    session: Session, here: Neighbourhood, seats: dict[str, Client], group: Hooks
) -> None:
    token, secret = "tokentoken123", "SECgeheim"
    made = add(
        seats["committee"], here.organisations["committee"].id, DINGTALK + token, secret=secret
    )
    seats["committee"].post(f"/robots/{made.json['id']}/test")
    group.answers = [(200, {"errcode": 300005, "errmsg": f"token {token} is not exist"})]
    worker.carry_all(saying.KIND)
    seen = seats["committee"].get("/robots")
    for table in ("robot", "robot_use", "outbox", "audit", "idempotency"):
        columns = Base.metadata.tables[table].columns
        raw = str(select(*(cast(one, Text) for one in columns)).compile(session.connection()))
        kept = str(session.execute(text(raw)).all())
        assert token not in kept, table
        assert secret not in kept, table
    assert token not in seen.text
    assert seen.json["items"][0]["token_masked"] == "***n123"
    assert seen.json["items"][0]["why"] == "网址不对，或者机器人已经删掉了"


def test_a_robot_that_is_refused_for_good_stops_and_can_be_resumed(
    session: Session, here: Neighbourhood, seats: dict[str, Client], group: Hooks
) -> None:
    made = add(seats["committee"], here.organisations["committee"].id).json
    group.answers = [(200, {"errcode": 93000})]
    with clock.frozen(NOON):
        happens(session, here, 3)
    with clock.frozen(NOON + timedelta(minutes=1)):
        worker.carry_all(saying.KIND)
        happens(session, here, 1)
    with clock.frozen(NOON + timedelta(minutes=3)):
        worker.carry_all(saying.KIND)
    assert len(group.got) == 1
    assert seats["committee"].get("/robots").json["items"][0]["stopped_at"]
    back = seats["committee"].post(f"/robots/{made['id']}/resume").json
    assert (back["stopped_at"], back["why"]) == (None, None)
    with clock.frozen(NOON + timedelta(minutes=5)):
        happens(session, here, 1)
    with clock.frozen(NOON + timedelta(minutes=6)):
        worker.carry_all(saying.KIND)
    assert said(group)[1:] == ["红邻：新的事 1 件。点开看：http://localhost/app/tickets"]


def test_only_whose_robot_it_is_may_touch_it(
    session: Session, here: Neighbourhood, seats: dict[str, Client]
) -> None:
    made = add(seats["committee"], here.organisations["committee"].id).json
    path = f"/robots/{made['id']}"
    for word in ("property", "secretary"):
        assert seats[word].get("/robots").json["items"] == []
        assert seats[word].put(f"{path}/wants", {"wants": ["new"]}).status_code == 404
        for verb in ("test", "stop", "resume"):
            assert seats[word].post(f"{path}/{verb}").status_code == 404
        assert seats[word].delete(path).status_code == 404
    for word in ("volunteer", "owners", "social"):
        assert seats[word].get("/robots").status_code == 403
    assert add(seats["property"], here.organisations["committee"].id).status_code == 404
    assert seats["committee"].post(f"{path}/stop").json["stopped_at"]
    assert seats["committee"].delete(path).status_code == 204
    assert session.scalars(select(Robot)).all() == []


def test_one_robot_is_named_once_and_five_by_an_organisation(
    here: Neighbourhood, seats: dict[str, Client]
) -> None:
    mine = here.organisations["committee"].id
    for number in range(5):
        assert add(seats["committee"], mine, f"{WECOM}robot-{number}").status_code == 201
    assert add(seats["committee"], mine, f"{WECOM}robot-9").json["code"] == "robots_too_many"
    company = here.organisations["property"].id
    assert add(seats["property"], company, f"{WECOM}robot-1").json["code"] == "robot_known"
    wrong = add(seats["property"], company, "https://example.cn/hook")
    assert "url" in wrong.json["errors"]
