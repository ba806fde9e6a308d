"""Each row about tickets: the move is made, and these people hear it in these words, this
pressingly; whoever made it, and everybody else, hears nothing."""

import pytest
from sqlalchemy.orm import Session

from tests.notifications.rows.every import OF_TICKETS
from tests.notifications.rows.watching import Street, by_day, street, urgently

# What is told of an emergency in other words, and more pressingly; but where somebody is on duty
# they alone are rung at any hour (`TicketOpened.watched`).
OF_MOVES = ("TicketMoved", "TicketNearlyDue", "TicketOverdue")
URGENT = [
    title
    for title, case in OF_TICKETS.items()
    if case.name.startswith(OF_MOVES)
    and case.expected(spoken=urgently) != case.expected()
    and "accept_sent" not in title
    and "on duty" not in title
]


@pytest.fixture
def around(session: Session, tuesday: None) -> Street:
    return street(session)


@pytest.mark.parametrize("title", list(OF_TICKETS))
def test_these_seats_are_told_and_nobody_else(around: Street, title: str) -> None:
    case = OF_TICKETS[title]
    case.act(around)
    assert around.told() == case.expected()


@pytest.mark.parametrize("title", URGENT)
def test_of_an_emergency_they_are_told_more_pressingly_and_nobody_else(
    around: Street, title: str
) -> None:
    around.urgent = True
    case = OF_TICKETS[title]
    case.act(around)
    assert around.told() == case.expected(by_day, urgently)
