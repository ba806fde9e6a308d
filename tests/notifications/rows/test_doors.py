"""Each row about doors, patrols, hours and calls, as those about tickets: these people hear it in
these words, this pressingly; whoever did it, and everybody else, hears nothing."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from app.core import clock
from tests.factories.visits import TUESDAY
from tests.notifications.rows.doors import Stair, stair
from tests.notifications.rows.every import OF_DOORS, OF_TICKETS
from tests.notifications.rows.watching import by_night, unwished

NIGHT = TUESDAY + timedelta(hours=12)  # 22:00
# Of every way of pressing one, and those that may wake somebody.
AT_ALL_HOURS = [
    "TicketOpened.watched",
    "TicketMoved.accept_sent",
    "TicketMoved.review",
    "VisitsProposed.asked",
    "WellnessCheckNeeded.wellness_check",
    "StrayDropped.stray_dropped",
    "CallOpened.opened",
    "CallOpened.danger",
]


@pytest.fixture
def around(session: Session, tuesday: None) -> Stair:
    return stair(session)


@pytest.mark.parametrize("title", list(OF_DOORS))
def test_these_seats_are_told_and_nobody_else(around: Stair, title: str) -> None:
    case = OF_DOORS[title]
    case.act(around)
    assert around.told() == case.expected()


@pytest.mark.parametrize("title", AT_ALL_HOURS)
@pytest.mark.parametrize("hours", ["night", "unwished"])
def test_at_night_and_to_who_wants_no_ringing_the_same_is_said_more_quietly(
    around: Stair, title: str, hours: str
) -> None:
    case = {**OF_TICKETS, **OF_DOORS}[title]
    if hours == "unwished":
        around.wish_for_the_inbox_alone()
    with clock.frozen(NIGHT if hours == "night" else TUESDAY):
        case.act(around)
        assert around.told() == case.expected(by_night if hours == "night" else unwished)
