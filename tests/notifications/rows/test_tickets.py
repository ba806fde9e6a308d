"""Each row about tickets: the move is made, and these people hear it in these words, this
pressingly; whoever made it, and everybody else, hears nothing."""

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from app.core import clock
from app.notifications.rules.followers import MOVED
from app.tickets.rules import Verb
from tests.factories.visits import TUESDAY
from tests.notifications.rows import around_tickets
from tests.notifications.rows.of_tickets import OF_TICKETS
from tests.notifications.rows.watching import Case, Street, street


@pytest.fixture(autouse=True)
def tuesday() -> Iterator[None]:
    """A working morning, so that nothing waits for the quiet hours."""
    with clock.frozen(TUESDAY):
        yield


@pytest.fixture
def around(session: Session, tuesday: None) -> Street:
    return street(session)


assert around_tickets.tells == OF_TICKETS.tells  # its cases are among them


@pytest.mark.parametrize("name", list(OF_TICKETS))
def test_these_seats_are_told_and_nobody_else(around: Street, name: str) -> None:
    case = OF_TICKETS[name]
    assert around.told(case.act(around)) == case.expected(name)


@pytest.mark.parametrize("verb", list(MOVED), ids=lambda verb: f"TicketMoved.{verb}_followed")
def test_a_neighbour_who_met_the_same_hears_their_row_and_the_others_theirs(
    around: Street, verb: Verb
) -> None:
    around.neighbour_met_it = True
    case = OF_TICKETS[f"TicketMoved.{verb}"]
    follower = Case(case.act, {"follower": "neighbour"})
    expected = case.expected(f"TicketMoved.{verb}")
    told = around.told(case.act(around))
    assert told == expected | follower.expected(f"TicketMoved.{verb}_followed")
