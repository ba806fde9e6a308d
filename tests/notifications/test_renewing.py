"""A browser says at each start where it is to be rung: new, moved, or as before."""

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.core import clock
from app.core.audit import AuditRow
from app.core.db import reading
from app.identity.models import Person
from app.notifications.models import PushSubscription
from tests.factories.identity import person
from tests.notifications.test_routes import MakeClient, body, subscriptions


@pytest.fixture
def me(session: Session) -> Person:
    return person(session)


def test_a_browser_that_says_the_same_at_each_start_writes_nothing_more(
    client: MakeClient, me: Person
) -> None:
    phone, same = client(me), body()
    first = phone.post("/push/subscriptions", same).json
    again = phone.post("/push/subscriptions", same)
    assert (again.status_code, again.json) == (201, first)
    assert [row.verb for row in audits()] == ["subscribed"]


def test_a_browser_with_a_new_address_takes_the_place_of_its_old_one(
    client: MakeClient, me: Person
) -> None:
    """As after another key of the server, or when the browser has moved by itself."""
    phone, other = client(me), client(me)
    other.post("/push/subscriptions", body(device_name="电脑"))
    phone.post("/push/subscriptions", body())
    moved = body()
    phone.post("/push/subscriptions", moved)
    assert {row.endpoint for row in subscriptions() if row.device_name != "电脑"} == {
        moved["endpoint"]
    }
    assert len(subscriptions()) == 2


def test_one_that_failed_and_says_it_is_there_is_written_anew(
    client: MakeClient, session: Session, me: Person
) -> None:
    phone, same = client(me), body()
    phone.post("/push/subscriptions", same)
    session.execute(update(PushSubscription).values(failed_at=clock.now()))
    session.commit()
    phone.post("/push/subscriptions", same)
    assert [row.failed_at for row in subscriptions()] == [None]


def audits() -> list[AuditRow]:
    with reading() as session:
        about = AuditRow.subject_kind == "push_subscription"
        return list(session.scalars(select(AuditRow).where(about)))
