"""A receiver on loopback, and an application that may send to it (which no real one may)."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.core import clock
from app.core.keys import keys
from app.core.outgoing import Policy
from app.notifications.push import EXTENSION
from app.notifications.sender import Sender
from app.notifications.vapid import Signer
from tests.factories.notifications import Cast, cast
from tests.push_receiver.server import PushReceiver

NOON = datetime(2027, 3, 3, 4, 0, tzinfo=UTC)  # in Nanjing


@pytest.fixture
def service() -> Iterator[PushReceiver]:
    """A push service that goes by the clock of the test."""
    with PushReceiver(now=lambda: clock.now().timestamp()) as running:
        yield running


@pytest.fixture
def outward(app: Flask) -> Iterator[Sender]:
    """The sender of the application, allowed to reach loopback for this one test."""
    before = app.extensions[EXTENSION]
    signer = Signer(keys().vapid_private, "mailto:admin@example.test")
    made = app.extensions[EXTENSION] = Sender(signer, Policy(allow_private=True))
    yield made
    made.close()
    app.extensions[EXTENSION] = before


@pytest.fixture
def noon() -> Iterator[datetime]:
    """Midday, so that these tests also pass at night."""
    with clock.frozen(NOON):
        yield NOON


@pytest.fixture
def people(session: Session) -> Cast:
    return cast(session)
