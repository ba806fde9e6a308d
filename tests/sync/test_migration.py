"""Old data comes into the feed: filled afterwards, it says what it would have said all along."""

from collections.abc import Iterator
from datetime import date

import pytest
from alembic import command
from flask import Flask
from sqlalchemy import func, select, text

from app import cli, demo
from app.core import clock
from app.core.db import database, reading, transaction
from app.core.numbering import FeedChange, FeedScope
from app.notifications.models import InboxItem
from tests.migrated import migrated


@pytest.fixture(autouse=True)
def tuesday() -> None:
    """Here it is today: the database looks at its own clock."""


Lies = set[tuple[str, str, str, str, date | None]]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def filled(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """A migrated database with the demo community, written by the application of today. Each of
    the tests leaves it at the newest version."""
    with migrated(request.param, tmp_path_factory.mktemp("filled")) as app:
        with app.app_context(), transaction() as session:
            demo.build(session)
        yield app


def lies() -> Lies:
    """Every pointer to what a phone holds today."""
    with reading() as session:
        rows = session.execute(
            select(
                FeedScope.kind, FeedScope.key, FeedChange.kind, FeedChange.row_id, FeedChange.until
            ).join(FeedChange, FeedChange.scope_id == FeedScope.id)
        )
        return {
            (scope, str(key), kind, str(row_id), until)
            for scope, key, kind, row_id, until in rows
            if until is None or until > clock.today()
        }


def items() -> set[str]:
    """The messages that are there; going back to 0001 drops kinds that it does not know."""
    with reading() as session:
        return {str(item_id) for item_id in session.scalars(select(InboxItem.id))}


def test_filled_afterwards_the_feed_says_what_it_would_have_said(filled: Flask) -> None:
    with filled.app_context():
        written = lies()
        command.downgrade(cli.alembic_config(), "0001")
        command.upgrade(cli.alembic_config(), "head")
        there = items()
        kept = {one for one in written if one[2] != "patrol"}  # a later migration's own tables
        assert lies() == {one for one in kept if one[2] != "inbox" or one[3] in there}
        assert len(written) > 5000
        with reading() as session:
            counted = session.execute(
                select(
                    FeedScope.seq, func.count(), func.min(FeedChange.seq), func.max(FeedChange.seq)
                )
                .join(FeedChange, FeedChange.scope_id == FeedScope.id)
                .group_by(FeedScope.id, FeedScope.seq)
            ).all()
        assert all(seq == count == last and first == 1 for seq, count, first, last in counted)


def test_visits_and_pictures_of_before_are_nobodys_dispute_and_their_senders_own(
    filled: Flask,
) -> None:
    with filled.app_context():
        command.downgrade(cli.alembic_config(), "0001")
        with database().engine.connect() as connection:
            person = connection.scalar(text("SELECT id FROM person LIMIT 1"))
            connection.execute(
                text(
                    "INSERT INTO media (hash, stored, width, height, bytes, uploaded_by,"
                    " created_at) VALUES ('ab', 'cd', 1, 1, 1, :person, CURRENT_TIMESTAMP)"
                ),
                {"person": person},
            )
            connection.commit()
        command.upgrade(cli.alembic_config(), "head")
        with database().engine.connect() as connection:
            assert connection.scalar(text("SELECT count(*) FROM visit WHERE disputed")) == 0
            sent = text("SELECT person_id FROM media_sender WHERE hash = 'ab'")
            assert connection.scalars(sent).all() == [person]
