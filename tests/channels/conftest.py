"""A person, and an installation whose mail server and https hooks are on loopback."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.identity.models import Person
from tests.channels.receivers import Hooks, MailServer, https_server, mail_server
from tests.factories.identity import person
from tests.push_receiver.certificates import TestAuthority


@pytest.fixture
def somebody(session: Session) -> Person:
    who = person(session)
    session.commit()
    return who


@pytest.fixture
def settings(app: Flask) -> Iterator[dict[str, object]]:
    """The settings of the application, for one test."""
    before = dict(app.config)
    yield app.config
    app.config.clear()
    app.config.update(before)


@pytest.fixture
def mails(settings: dict[str, object]) -> Iterator[MailServer]:
    with mail_server() as server:
        settings.update(
            SMTP_HOST="127.0.0.1",
            SMTP_PORT=server.port,
            SMTP_MODE="insecure",
            SMTP_FROM="honglin@example.test",
        )
        yield server


@pytest.fixture
def hooks(settings: dict[str, object], tmp_path: Path) -> Iterator[Hooks]:
    authority = TestAuthority(tmp_path)
    with https_server(authority.server()) as server:
        settings.update(CHANNELS_ALLOW_PRIVATE=True, CHANNELS_CA_FILE=str(tmp_path / "ca.pem"))
        yield server
