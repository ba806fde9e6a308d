"""A neighbourhood, and another system that is told about its community."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.webhooks.models import Webhook
from app.webhooks.rules import Told
from app.webhooks.service import keeping
from tests.factories import tickets
from tests.factories.tickets import Neighbourhood
from tests.webhooks import receiver as receivers
from tests.webhooks.receiver import Receiver


@pytest.fixture
def here(session: Session) -> Neighbourhood:
    """One community with somebody of every party."""
    made = tickets.neighbourhood(session)
    session.commit()
    return made


@pytest.fixture
def loopback(app: Flask) -> Iterator[None]:
    """The allowance of tests."""
    app.config["OUTGOING_ALLOW_PRIVATE"] = True
    yield
    app.config["OUTGOING_ALLOW_PRIVATE"] = False


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """The other system."""
    with receivers.receiving() as found:
        yield found


@pytest.fixture
def hook(session: Session, here: Neighbourhood, receiver: Receiver, loopback: None) -> Webhook:
    """It is told of everything in the community."""
    made = keeping.add(
        session,
        here.actors["committee"],
        name="市民热线",
        url=receiver.url(),
        kinds=list(Told),
        place_id=here.community.id,
    )
    session.commit()
    session.expunge_all()  # the worker and requests write from sessions of their own
    return made
