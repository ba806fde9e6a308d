"""A lead has somebody else of its own see to a ticket: who may, to whom, and who hears of it."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import Invalid
from app.notifications.models import InboxItem
from app.tickets.models import Ticket
from app.tickets.rules import Verb
from app.tickets.rules.refusals import NotYourMove, VolunteersAreAsked, WrongState
from app.tickets.service import moves_for
from app.tickets.service.leading import HAS_IT, NOT_A_COLLEAGUE
from tests.clients import Client
from tests.factories import tickets
from tests.factories.routing import watch
from tests.factories.tickets import Neighbourhood, act

COMPANY, FITTER, SECOND = "property", "fitter", "second fitter"


@pytest.fixture
def given(session: Session, here: Neighbourhood) -> Ticket:
    """A ticket of the company; the fitter was on duty when it came."""
    for word in (FITTER, SECOND):
        tickets.join(session, here, word, COMPANY)
    watch(session, here, COMPANY, FITTER)
    return tickets.dispatched(session, here)


def hand_on(session: Session, here: Neighbourhood, ticket: Ticket, by: str, to: str) -> None:
    act(session, here, ticket, by, Verb.HAND_ON, person_id=here.people[to].id, note="我下班了")


def test_a_colleague_takes_over_and_hears_of_it_and_the_clocks_run_on(
    session: Session, here: Neighbourhood, given: Ticket
) -> None:
    status, clocks = given.status, [(one.kind, one.due_at) for one in given.clocks]
    hand_on(session, here, given, FITTER, SECOND)
    assert given.duty_person_id == here.people[SECOND].id
    assert given.status is status
    assert [(one.kind, one.due_at) for one in given.clocks] == clocks
    found = select(InboxItem.person_id).where(InboxItem.title == "有一件工单交给您来办")
    assert session.scalars(found).all() == [here.people[SECOND].id]


def test_who_takes_a_ticket_over_themselves_is_not_told_of_it(
    session: Session, here: Neighbourhood, given: Ticket
) -> None:
    hand_on(session, here, given, SECOND, SECOND)
    assert given.duty_person_id == here.people[SECOND].id
    found = select(InboxItem.person_id).where(InboxItem.title == "有一件工单交给您来办")
    assert session.scalars(found).all() == []


@pytest.mark.parametrize(
    ("to", "sentence"), [("committee", NOT_A_COLLEAGUE), (FITTER, HAS_IT)], ids=["stranger", "same"]
)
def test_only_a_colleague_who_has_it_not_yet_can_be_chosen(
    session: Session, here: Neighbourhood, given: Ticket, to: str, sentence: str
) -> None:
    with pytest.raises(Invalid) as refused:
        hand_on(session, here, given, COMPANY, to)
    assert refused.value.errors == {"person_id": [sentence]}


def test_nobody_outside_the_lead_orders_its_people_about(
    session: Session, here: Neighbourhood, given: Ticket
) -> None:
    with pytest.raises(NotYourMove):
        hand_on(session, here, given, "committee", SECOND)


def test_what_is_finished_is_handed_on_to_nobody(session: Session, here: Neighbourhood) -> None:
    tickets.join(session, here, FITTER, COMPANY)
    with pytest.raises(WrongState):
        hand_on(session, here, tickets.resolved(session, here, COMPANY), COMPANY, FITTER)


def test_a_volunteer_is_asked_and_not_sent(session: Session, here: Neighbourhood) -> None:
    ticket = tickets.dispatched(session, here, "volunteer")
    tickets.join(session, here, SECOND, "volunteer")
    with pytest.raises(VolunteersAreAsked):
        hand_on(session, here, ticket, "volunteer", SECOND)
    offered = {line.verb for line in moves_for(session, here.actors["volunteer"], ticket)}
    assert Verb.HAND_ON not in offered


def test_the_colleagues_to_choose_from_are_shown_to_the_lead_alone_who_is_on_duty_first(
    given: Ticket, seats: dict[str, Client], here: Neighbourhood
) -> None:
    path = f"/tickets/{given.id}/colleagues"
    lines = seats[COMPANY].get(path).json["items"]
    assert [line["on_duty"] for line in lines] == [True, False, False]
    assert (lines[0]["id"], lines[0]["has_it"]) == (str(here.people[FITTER].id), True)
    assert {line["id"] for line in lines[1:]} == {
        str(here.people[word].id) for word in (COMPANY, SECOND)
    }
    for word in ("committee", "owners", "volunteer"):
        assert seats[word].get(path).status_code == 404


def test_the_timeline_says_who_got_it(
    session: Session, here: Neighbourhood, given: Ticket, seats: dict[str, Client]
) -> None:
    hand_on(session, here, given, FITTER, SECOND)
    session.commit()
    last = seats[COMPANY].get(f"/tickets/{given.id}").json["timeline"][0]
    assert (last["verb_name"], last["text"]) == (
        "交给同事",
        f"交给{here.people[SECOND].name}。我下班了",
    )
