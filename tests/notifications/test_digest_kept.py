"""What waits for a digest is not lost when the database is away at that moment."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import carrying, clock, outbox
from app.core.db import reading, transaction
from app.core.events import publish
from app.notifications.models import InboxItem
from app.tickets.rules import Verb
from tests.factories.notifications import Cast, moved, subscription
from tests.notifications.told import NIGHT, NOON
from tests.push_receiver.server import PushReceiver

pytestmark = pytest.mark.usefixtures("noon", "outward")


def test_what_waits_for_the_digest_does_so_though_the_database_was_away_for_a_moment(
    session: Session, people: Cast, service: PushReceiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = service.browser()
    subscription(session, people.dispatcher, browser.endpoint, browser.keys)
    session.commit()
    with transaction() as writing:
        publish(writing, moved(people, Verb.DISPATCH))
    traffic = carrying.Traffic("push")

    def away(*_: object) -> None:
        raise OSError("away")

    with clock.frozen(NIGHT):
        with monkeypatch.context() as patched:
            patched.setattr(outbox, "settle_all", away)
            with pytest.raises(OSError, match="away"):
                traffic.turn()
        while traffic.turn():
            pass
    assert browser.asked == 0
    with reading() as looking:
        waits = looking.scalars(select(InboxItem.digest_at).where(InboxItem.kind == "ticket_todo"))
        assert list(waits) == [NOON + timedelta(hours=20, minutes=30)]
