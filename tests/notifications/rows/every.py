"""All cases of all rows."""

from app.notifications.rules.followers import MOVED
from tests.notifications.rows import (
    around_tickets,
    of_calls,
    of_keeping,
    of_visits,
    tickets_otherwise,
)
from tests.notifications.rows.of_records import OF_DOORS
from tests.notifications.rows.of_tickets import OF_TICKETS
from tests.notifications.rows.watching import Act, Street

for _more in (around_tickets, tickets_otherwise):
    assert _more.tells == OF_TICKETS.tells  # its cases are among them
for _more in (of_calls, of_keeping, of_visits):
    assert _more.tells == OF_DOORS.tells


def met_by_a_neighbour(act: Act) -> Act:
    """The same, and a neighbour has said that they met it, too."""

    def met(street: Street) -> object:
        street.neighbour_met_it = True
        return act(street)

    return met


for verb in MOVED:
    _case = OF_TICKETS[f"TicketMoved.{verb}"]
    OF_TICKETS.tells(
        f"TicketMoved.{verb}_followed",
        besides={_case.name: _case.seats},
        follower="neighbour",
    )(met_by_a_neighbour(_case.act))

EVERY = [*OF_TICKETS.values(), *OF_DOORS.values()]
