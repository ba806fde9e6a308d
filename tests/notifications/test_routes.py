"""The doors: one's own inbox and devices, nobody else's, and what a form refuses."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock, worker
from app.core.db import reading, transaction
from app.core.keys import keys
from app.identity.models import Person
from app.notifications.models import InboxItem, PushSubscription
from app.notifications.rules.telling import Kind
from tests.clients import Client
from tests.factories.identity import person, stored
from tests.factories.notifications import subscription
from tests.push_receiver.keys import BrowserKeys
from tests.push_receiver.server import PushReceiver

MakeClient = Callable[..., Client]
UNKNOWN = UUID(int=1)  # the same in every process that collects these tests


@pytest.fixture
def me(session: Session) -> Person:
    return person(session)


def item(session: Session, who: Person, **more: Any) -> InboxItem:
    said: dict[str, Any] = {
        "kind": Kind.TICKET_TODO,
        "title": "有一件工单派给你们，请接单",
        "body": "2026-0001 电梯故障",
        "link": "/tickets/1",
        "about": uuid4(),
    }
    made = InboxItem(person_id=who.id, **(said | more))
    stored(session, made)
    return made


def body(**more: Any) -> dict[str, Any]:
    return {
        "endpoint": f"https://push.example.test/{uuid4()}",
        "keys": BrowserKeys().as_json(),
        "device_name": "王阿姨的手机",
    } | more


def subscriptions() -> list[PushSubscription]:
    with reading() as session:
        return list(session.scalars(select(PushSubscription)))


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", "/inbox"),
        ("get", "/inbox/unread"),
        ("post", f"/inbox/{UNKNOWN}/read"),
        ("post", "/inbox/read-all"),
        ("get", "/push/key"),
        ("get", "/push/subscriptions"),
        ("post", "/push/subscriptions"),
        ("delete", f"/push/subscriptions/{UNKNOWN}"),
        ("post", "/push/test"),
    ],
)
def test_nobody_gets_in_without_signing_in(client: MakeClient, method: str, path: str) -> None:
    answer = getattr(client(), method)(path)
    assert (answer.status_code, answer.json["code"]) == (401, "sign_in_needed")


def test_the_inbox_is_ones_own_newest_first_by_pages(
    client: MakeClient, session: Session, me: Person
) -> None:
    mine = [item(session, me, title=f"第{n}件") for n in "一二三"]
    item(session, person(session))
    phone = client(me)
    page = phone.get("/inbox", limit=2).json
    assert [each["title"] for each in page["items"]] == ["第三件", "第二件"]
    rest = phone.get("/inbox", limit=2, cursor=page["next_cursor"]).json
    assert [each["id"] for each in rest["items"]] == [str(mine[0].id)]
    assert rest["next_cursor"] is None
    assert rest["items"][0]["kind_name"] == "工单待办"


def test_what_was_read_is_counted_and_listed_no_more_as_unread(
    client: MakeClient, session: Session, me: Person
) -> None:
    first, second = item(session, me), item(session, me)
    phone = client(me)
    assert phone.get("/inbox/unread").json == {"count": 2}
    for _ in range(2):
        assert phone.post(f"/inbox/{first.id}/read").status_code == 204
    assert phone.get("/inbox/unread").json == {"count": 1}
    unread = phone.get("/inbox", unread="true").json["items"]
    assert [each["id"] for each in unread] == [str(second.id)]
    assert len(phone.get("/inbox").json["items"]) == 2


def test_reading_all_reads_ones_own_only(client: MakeClient, session: Session, me: Person) -> None:
    other = person(session)
    for who in (me, me, other):
        item(session, who)
    assert client(me).post("/inbox/read-all").status_code == 204
    assert client(me).get("/inbox/unread").json == {"count": 0}
    assert client(other).get("/inbox/unread").json == {"count": 1}


def test_an_item_of_somebody_else_is_not_there(
    client: MakeClient, session: Session, me: Person
) -> None:
    theirs = item(session, person(session))
    assert client(me).post(f"/inbox/{theirs.id}/read").status_code == 404


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)  # whose plan names the index
def test_the_unread_are_counted_from_an_index(session: Session, me: Person) -> None:
    asked = "SELECT count(*) FROM inbox_item WHERE person_id = 'x' AND read_at IS NULL"
    plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}").all()
    assert "COVERING INDEX ix_inbox_item_person_id_read_at" in str(plan)


def test_the_public_key_is_that_of_the_installation(client: MakeClient, me: Person) -> None:
    assert client(me).get("/push/key").json == {"public_key": keys().vapid_public}


def test_a_browser_that_subscribes_is_listed_without_its_secrets(
    client: MakeClient, me: Person
) -> None:
    phone = client(me)
    made = phone.post("/push/subscriptions", body())
    assert made.status_code == 201
    [listed] = phone.get("/push/subscriptions").json["items"]
    assert listed == made.json
    assert (listed["device_name"], listed["current"]) == ("王阿姨的手机", True)
    assert not {"endpoint", "p256dh", "auth"} & set(listed)
    assert [each["current"] for each in client(me).get("/push/subscriptions").json["items"]] == [
        False
    ]


def test_the_same_browser_twice_is_one_device_with_its_newest_keys(
    client: MakeClient, me: Person
) -> None:
    phone, first, again = client(me), body(), BrowserKeys().as_json()
    phone.post("/push/subscriptions", first)
    phone.post("/push/subscriptions", first | {"keys": again})
    [kept] = subscriptions()
    assert (kept.p256dh, kept.auth) == (again["p256dh"], again["auth"])


def test_a_browser_with_a_new_address_replaces_its_old_one(client: MakeClient, me: Person) -> None:
    phone = client(me)
    phone.post("/push/subscriptions", body())
    phone.post("/push/subscriptions", newest := body())
    assert [each.endpoint for each in subscriptions()] == [newest["endpoint"]]


def test_a_browser_belongs_to_whoever_is_signed_in_on_it_now(
    client: MakeClient, session: Session, me: Person
) -> None:
    other, shared = person(session), body()
    client(other).post("/push/subscriptions", shared)
    client(me).post("/push/subscriptions", shared)
    assert [each.person_id for each in subscriptions()] == [me.id]
    assert client(other).get("/push/subscriptions").json["items"] == []


def test_an_eleventh_device_is_refused_with_a_way_out(
    client: MakeClient, session: Session, me: Person
) -> None:
    for _ in range(10):
        subscription(session, me)
    refused = client(me).post("/push/subscriptions", body())
    assert (refused.status_code, refused.json["code"]) == (409, "push_too_many_devices")
    assert len(subscriptions()) == 10


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"endpoint": "http://push.example.test/x"}, "endpoint"),
        ({"endpoint": "https://192.168.1.1/x"}, "endpoint"),
        ({"endpoint": "https://[::1]/x"}, "endpoint"),
        ({"endpoint": ""}, "endpoint"),
        ({"endpoint": None}, "endpoint"),
        ({"keys": BrowserKeys().as_json() | {"p256dh": "AAAA"}}, "keys.p256dh"),
        ({"keys": BrowserKeys().as_json() | {"auth": "AAAA"}}, "keys.auth"),
        ({"keys": {"auth": "AAAA"}}, "keys.p256dh"),
        ({"keys": None}, "keys"),
        ({"device_name": "长" * 61}, "device_name"),
        ({"surprise": 1}, "surprise"),
    ],
)
def test_what_nothing_can_be_sent_to_is_refused_in_chinese(
    client: MakeClient, me: Person, wrong: dict[str, Any], field: str
) -> None:
    refused = client(me).post("/push/subscriptions", body(**wrong))
    assert (refused.status_code, refused.json["code"]) == (422, "invalid")
    assert any("\u4e00" <= sign <= "\u9fff" for sign in refused.json["errors"][field][0])
    assert subscriptions() == []


def test_ones_own_device_can_be_switched_off_and_nobody_elses(
    client: MakeClient, session: Session, me: Person
) -> None:
    mine, theirs = subscription(session, me), subscription(session, person(session))
    phone = client(me)
    assert phone.delete(f"/push/subscriptions/{theirs.id}").status_code == 404
    assert phone.delete(f"/push/subscriptions/{mine.id}").status_code == 204
    assert phone.delete(f"/push/subscriptions/{mine.id}").status_code == 404
    assert [each.id for each in subscriptions()] == [theirs.id]


def test_signing_out_of_a_device_ends_its_push(client: MakeClient, me: Person) -> None:
    phone, other = client(me), client(me)
    phone.post("/push/subscriptions", body())
    other.post("/push/subscriptions", kept := body())
    assert phone.delete("/session").status_code == 204
    assert [each.endpoint for each in subscriptions()] == [kept["endpoint"]]


@pytest.mark.usefixtures("outward", "noon")
def test_a_trial_rings_every_device_of_ones_own_once_a_minute(
    client: MakeClient, session: Session, me: Person, service: PushReceiver
) -> None:
    browsers = [service.browser(), service.browser()]
    for browser in browsers:
        subscription(session, me, browser.endpoint, browser.keys)
    other = service.browser()
    subscription(session, person(session), other.endpoint, other.keys)
    phone = client(me)
    for _ in range(3):
        assert phone.post("/push/test").json == {"queued": 2}
    worker.carry_all("push")
    assert [len(browser.got) for browser in [*browsers, other]] == [1, 1, 0]


@pytest.mark.usefixtures("outward")
def test_a_trial_rings_at_night_too_because_its_owner_asked(
    client: MakeClient, session: Session, me: Person, service: PushReceiver
) -> None:
    browser = service.browser()
    subscription(session, me, browser.endpoint, browser.keys)
    night = clock.local_now().replace(hour=23)
    with clock.frozen(night):
        client(me).post("/push/test")
        worker.carry_all("push")
    assert len(browser.got) == 1


def test_nothing_is_queued_where_no_device_is(client: MakeClient, me: Person) -> None:
    assert client(me).post("/push/test").json == {"queued": 0}


def test_a_repeated_subscribe_with_its_key_answers_the_same(client: MakeClient, me: Person) -> None:
    phone, key, said = client(me), uuid4(), body()
    first = phone.post("/push/subscriptions", said, key=key)
    second = phone.post("/push/subscriptions", said, key=key)
    assert first.json == second.json
    with transaction() as session:
        assert len(session.scalars(select(PushSubscription)).all()) == 1
