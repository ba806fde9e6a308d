"""The call list: emergencies that nobody has seen, whom to telephone, and how that went."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.audit import AuditRow
from app.identity.models import Person
from app.notifications.models import InboxItem
from app.notifications.service import climbing
from app.tickets.models import Ticket
from app.tickets.rules import Verb
from tests.auditing import unwatched
from tests.clients import Client
from tests.factories import routing, tickets
from tests.factories.tickets import Neighbourhood

FLOOD = "emergency.burst_flood"
Seats = dict[str, Client]


@pytest.fixture
def here(session: Session) -> Neighbourhood:
    """A property company with a dispatcher, and a repairer who is on duty."""
    made = tickets.neighbourhood(session)
    tickets.join(session, made, "repairer", "property")
    routing.watch(session, made, "property", "repairer")
    return made


@pytest.fixture
def flood(session: Session, here: Neighbourhood) -> Ticket:
    """Given to the property company just now."""
    ticket = tickets.report(session, here, category=FLOOD)
    session.commit()
    return ticket


@pytest.fixture
def seats(
    session: Session, here: Neighbourhood, client: Callable[[Person | None], Client]
) -> Seats:
    with unwatched():
        session.commit()
    return {word: client(person) for word, person in here.people.items()}


def calls(client: Client, minutes: int = 6) -> list[dict[str, Any]]:
    with clock.frozen(clock.now() + timedelta(minutes=minutes)):
        return list((client.get("/calls").json or {})["items"])


def post(client: Client, path: str, body: Any) -> Any:
    with clock.frozen(clock.now() + timedelta(minutes=6)):
        return client.post(path, body)


def test_after_five_minutes_it_says_whom_to_telephone_first(
    here: Neighbourhood, flood: Ticket, seats: Seats
) -> None:
    assert calls(seats["committee"], minutes=4) == []
    (item,) = calls(seats["committee"])
    assert item["number"] == flood.number
    assert [(one["name"], one["on_duty"]) for one in item["people"]] == [
        ("repairer的人", True),
        ("property的人", False),
    ]
    assert all("****" in one["phone_masked"] for one in item["people"])
    assert [one["number"] for one in calls(seats["property"])] == [flood.number]


def test_nobody_else_sees_it(here: Neighbourhood, flood: Ticket, seats: Seats) -> None:
    body = {"person_id": str(here.people["repairer"].id)}
    for word in ("volunteer", "owners", "social", "subdistrict"):
        assert calls(seats[word]) == []
        assert post(seats[word], f"/calls/{flood.id}/phone", body).status_code == 404
        said = body | {"outcome": "reached"}
        assert post(seats[word], f"/calls/{flood.id}", said).status_code == 404


def test_what_somebody_has_read_is_on_no_list(
    session: Session, here: Neighbourhood, flood: Ticket, seats: Seats
) -> None:
    item = session.scalars(
        select(InboxItem).where(
            InboxItem.about == flood.id, InboxItem.person_id == here.people["property"].id
        )
    ).one()
    assert seats["property"].post(f"/inbox/{item.id}/read").status_code == 204
    assert calls(seats["committee"]) == []


def test_what_the_committee_has_read_is_not_seen_by_the_lead(
    session: Session, here: Neighbourhood, flood: Ticket, seats: Seats
) -> None:
    seats["committee"].post("/inbox/read-all")
    assert len(calls(seats["committee"])) == 1


def test_what_was_begun_is_on_no_list(
    session: Session, here: Neighbourhood, flood: Ticket, seats: Seats
) -> None:
    tickets.act(session, here, flood, "property", Verb.START)
    session.commit()
    assert calls(seats["committee"]) == []


def test_a_ticket_that_is_no_emergency_is_on_no_list(
    session: Session, here: Neighbourhood, seats: Seats
) -> None:
    tickets.dispatched(session, here)
    session.commit()
    assert calls(seats["committee"]) == []


def test_a_number_is_shown_on_request_and_that_is_logged(
    session: Session, here: Neighbourhood, flood: Ticket, seats: Seats
) -> None:
    repairer = here.people["repairer"]
    shown = post(seats["committee"], f"/calls/{flood.id}/phone", {"person_id": str(repairer.id)})
    assert shown.json == {"phone": repairer.phone}
    row = session.scalars(select(AuditRow).where(AuditRow.verb == "phone_shown")).one()
    assert (row.actor_id, row.subject_id) == (here.people["committee"].id, repairer.id)
    assert flood.number in row.details["reason"]
    other = post(
        seats["committee"], f"/calls/{flood.id}/phone", {"person_id": str(here.people["owners"].id)}
    )
    assert other.status_code == 404, "only who stands on the list"


@pytest.mark.parametrize("outcome", ["no_answer", "failed"])
def test_who_does_not_answer_stays_on_the_list_with_the_call(
    here: Neighbourhood, flood: Ticket, seats: Seats, outcome: str
) -> None:
    said = {"person_id": str(here.people["repairer"].id), "outcome": outcome}
    assert post(seats["committee"], f"/calls/{flood.id}", said).status_code == 204
    (item,) = calls(seats["property"], minutes=7)
    called = item["people"][0]["called"]
    assert (called["outcome"], called["by"]) == (outcome, "committee的人")
    assert item["people"][1]["called"] is None


def test_who_was_reached_closes_the_list_and_the_ladder(
    session: Session, here: Neighbourhood, flood: Ticket, seats: Seats
) -> None:
    said = {"person_id": str(here.people["repairer"].id), "outcome": "reached"}
    assert post(seats["committee"], f"/calls/{flood.id}", said).status_code == 204
    assert calls(seats["committee"], minutes=7) == []
    items = {
        item.person_id: item
        for item in session.scalars(select(InboxItem).where(InboxItem.about == flood.id))
    }
    assert items[here.people["repairer"].id].read_at is not None
    other = items[here.people["property"].id]
    assert other.read_at is None, "the others find it unread"
    row = session.scalars(select(AuditRow).where(AuditRow.verb == "emergency_called")).one()
    assert row.details["outcome"] == "reached"
    climbing.climb(
        session,
        {
            "item_id": str(other.id),
            "pressing": "emergency",
            "begun": clock.now().isoformat(),
            "at_any_hour": True,
            "step": "sms",
            "taken": ["own"],
            "until": (clock.now() + timedelta(hours=1)).isoformat(),
        },
    )
    assert not session.new, "but nobody else is told any further"


def test_given_to_another_it_begins_anew(
    session: Session, here: Neighbourhood, flood: Ticket, seats: Seats
) -> None:
    said = {"person_id": str(here.people["repairer"].id), "outcome": "reached"}
    with clock.frozen(clock.now() + timedelta(minutes=6)):
        seats["committee"].post(f"/calls/{flood.id}", said)
    session.refresh(flood)
    with clock.frozen(clock.now() + timedelta(minutes=8)):
        to = here.organisations["social"].id
        said = {"lead_org_id": to, "reason": "他们更近"}
        tickets.act(session, here, flood, "committee", Verb.ARBITRATE, **said)
        session.commit()
    (item,) = calls(seats["committee"], minutes=14)
    assert [one["name"] for one in item["people"]] == ["social的人"]
