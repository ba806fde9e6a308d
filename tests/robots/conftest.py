"""A neighbourhood, and the three makers' servers on loopback."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.identity.models import Person
from tests.auditing import unwatched
from tests.channels.receivers import Hooks, https_server
from tests.clients import Client
from tests.factories import tickets
from tests.factories.tickets import Neighbourhood
from tests.push_receiver.certificates import TestAuthority


@pytest.fixture
def here(session: Session) -> Neighbourhood:
    """One community with somebody of every party."""
    return tickets.neighbourhood(session)


@pytest.fixture
def seats(
    session: Session, here: Neighbourhood, client: Callable[[Person | None], Client]
) -> dict[str, Client]:
    """Somebody of every party, signed in."""
    with unwatched():
        session.commit()
    return {word: client(person) for word, person in here.people.items()}


@pytest.fixture
def group(app: Flask, tmp_path: Path) -> Iterator[Hooks]:
    """What the groups hear."""
    before = dict(app.config)
    with https_server(TestAuthority(tmp_path).server()) as hooks:
        hooks.usual = {"errcode": 0, "code": 0}
        origin = f"https://localhost:{hooks.port}"
        app.config.update(
            ROBOT_ORIGINS=dict.fromkeys(("wecom", "dingtalk", "feishu"), origin),
            ROBOT_CA_FILE=str(tmp_path / "ca.pem"),
        )
        yield hooks
    app.config.clear()
    app.config.update(before)
