"""Each row about tickets: the move is made, and these people hear it in these words, this
pressingly; whoever made it, and everybody else, hears nothing."""

import pytest
from sqlalchemy.orm import Session

from tests.notifications.rows.every import OF_TICKETS
from tests.notifications.rows.watching import Street, street


@pytest.fixture
def around(session: Session, tuesday: None) -> Street:
    return street(session)


@pytest.mark.parametrize("title", list(OF_TICKETS))
def test_these_seats_are_told_and_nobody_else(around: Street, title: str) -> None:
    case = OF_TICKETS[title]
    case.act(around)
    assert around.told() == case.expected()
