"""Calling a reporter back: who may, what is kept, and that an answered call closes the ticket."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import NotFound, Refusal
from app.tickets.models import Ticket
from app.tickets.models_recheck import TicketCallback
from app.tickets.queries import callbacks as queries
from app.tickets.rules import Satisfied, Solved, TicketStatus, Verb
from app.tickets.rules import refusals as no
from app.tickets.rules.refusals_recheck import TriedOften
from app.tickets.service import callbacks
from app.tickets.service.calls import Call
from tests.clients import Client
from tests.factories import tickets
from tests.factories.tickets import Neighbourhood, act
from tests.tickets.test_promises import peopled

ANSWERED = Call(reached=True, note="说修好了", solved="yes", satisfied="fairly")
MISSED = Call(reached=False, note="没人接")


def call(session: Session, here: Neighbourhood, by: str, ticket: Ticket, what: Call) -> None:
    callbacks.record(session, here.actors[by], ticket.id, ticket.version, what)


def waiting(session: Session, here: Neighbourhood, by: str) -> list[Ticket]:
    return list(session.scalars(queries.waiting(here.actors[by])))


@pytest.mark.parametrize("by", ["committee", "secretary", "head"])
def test_a_call_that_is_answered_closes_the_ticket_and_keeps_who_called(
    session: Session, here: Neighbourhood, by: str
) -> None:
    peopled(session, here)
    ticket = tickets.reviewed(session, here)
    assert waiting(session, here, by) == [ticket]
    call(session, here, by, ticket, ANSWERED)
    assert (ticket.status, ticket.solved) == (TicketStatus.CLOSED, Solved.YES)
    assert ticket.satisfied is Satisfied.FAIRLY
    kept = session.scalars(select(TicketCallback)).one()
    assert (kept.by_person_id, kept.reached) == (here.people[by].id, True)
    assert not waiting(session, here, by)


def test_three_tries_are_kept_and_no_fourth_is_made(session: Session, here: Neighbourhood) -> None:
    ticket = tickets.reviewed(session, here)
    for _ in range(3):
        call(session, here, "committee", ticket, MISSED)
    assert ticket.status is TicketStatus.REVIEWED
    assert not waiting(session, here, "committee")
    with pytest.raises(TriedOften):
        call(session, here, "committee", ticket, MISSED)
    call(session, here, "committee", ticket, ANSWERED)  # they rang back by themselves
    assert [one.reached for one in session.scalars(select(TicketCallback))].count(False) == 3


def test_nobody_calls_back_about_work_of_their_own(session: Session, here: Neighbourhood) -> None:
    tickets.join(session, here, "both", "property", "committee")
    of_company = tickets.reviewed(session, here)
    of_community = tickets.resolved(session, here, "committee", category="neighbour.mediation")
    act(session, here, of_community, "owners", Verb.REVIEW)
    for by, ticket in (("both", of_company), ("committee", of_community)):
        assert ticket not in waiting(session, here, by)
        with pytest.raises(no.OwnCallback):
            call(session, here, by, ticket, ANSWERED)
        said = {"solved": "yes", "satisfied": "yes", "call_back_note": "打过"}
        with pytest.raises(no.OwnCallback):
            act(session, here, ticket, by, Verb.CLOSE, **said)
    call(session, here, "owners", of_community, ANSWERED)
    assert of_community.status is TicketStatus.CLOSED


def test_who_has_nothing_to_do_with_it_does_not_call(session: Session, here: Neighbourhood) -> None:
    ticket = tickets.reviewed(session, here)
    for by in ("social", "property", "owners"):
        with pytest.raises((NotFound, no.OwnCallback)):
            call(session, here, by, ticket, ANSWERED)
    peopled(session, here)
    private = tickets.reviewed(session, here, public_area=False, agreed_by="本人")
    with pytest.raises(NotFound):  # a private matter is no building head's
        call(session, here, "head", private, ANSWERED)


def test_a_call_without_answers_is_no_answered_call(session: Session, here: Neighbourhood) -> None:
    ticket = tickets.reviewed(session, here)
    with pytest.raises(Refusal) as refused:
        call(session, here, "committee", ticket, Call(reached=True))
    assert set(refused.value.errors or {}) == {"solved", "satisfied"}
    with pytest.raises(Refusal):
        call(session, here, "committee", ticket, Call(reached=False, solved="yes"))


def test_the_committee_calls_by_the_app(
    client: Callable[..., Client], session: Session, here: Neighbourhood
) -> None:
    ticket = tickets.reviewed(session, here)
    session.commit()
    clerk = client(here.people["committee"])
    (found,) = clerk.get("/tickets/callbacks").json["items"]
    assert (found["number"], found["tries"], found["guest"]) == (ticket.number, [], False)
    path = f"/tickets/{ticket.id}/callbacks"
    assert clerk.post(f"{path}/phone", {"reason": "回访"}).json["phone"].startswith("1990")
    missed = clerk.post(path, {"reached": False}, version=found["version"])
    assert missed.status_code == 201
    (found,) = clerk.get("/tickets/callbacks").json["items"]
    assert [one["reached"] for one in found["tries"]] == [False]
    body = {"reached": True, "solved": "no", "satisfied": "wont_say", "note": "还在漏"}
    assert clerk.post(path, body, version=found["version"]).status_code == 201
    assert clerk.get("/tickets/callbacks").json["items"] == []
    told = clerk.get(f"/tickets/{ticket.id}").json
    assert (told["status"], told["solved"], told["satisfied"]) == ("closed", "no", "wont_say")
    stranger = client(here.people["social"])
    assert stranger.post(f"{path}/phone", {"reason": "回访"}).status_code == 404
