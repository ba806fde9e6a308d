"""Accepting and dispatching several tickets at once: each on its own."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.audit import AuditRow
from app.core.db import reading
from app.identity.models import Person
from app.tickets.models import Ticket, TicketEntry
from app.tickets.rules import Verb
from tests.auditing import unwatched
from tests.clients import Client
from tests.factories import tickets
from tests.factories.tickets import Neighbourhood, act


@pytest.fixture
def desk(
    session: Session, here: Neighbourhood, client: Callable[[Person | None], Client]
) -> Client:
    """The committee's clerk. What a test makes beforehand is stored by `sent`."""
    with unwatched():
        session.commit()
    return client(here.people["committee"])


def sent(
    session: Session, desk: Client, verb: str, *chosen: Ticket, key: object = None, **said: Any
) -> list[dict[str, Any]]:
    items = [{"id": str(one.id), "version": one.version} for one in chosen]
    with unwatched():
        session.commit()
    answer = desk.post("/tickets/bulk", {"verb": verb, "items": items, **said}, key=key)
    assert answer.status_code == 200, answer.json
    return list((answer.json or {})["items"])


def test_what_can_be_done_is_done_and_the_rest_says_why_not(
    session: Session, here: Neighbourhood, desk: Client
) -> None:
    fresh, stale, done = (tickets.report(session, here) for _ in range(3))
    act(session, here, done, "committee", Verb.ACCEPT)
    stale_version = stale.version
    act(session, here, stale, "volunteer", Verb.WITHDRAW)
    foreign = tickets.report(session, tickets.neighbourhood(session))
    session.flush()
    session.expunge(stale)
    stale.version = stale_version
    found = sent(session, desk, "accept", fresh, stale, done, foreign)
    assert [one["done"] for one in found] == [True, False, False, False]
    assert [one["code"] for one in found[1:]] == ["stale", "ticket_wrong_state", "not_found"]
    assert found[0]["status_name"] == "待派单"
    assert all(one["why"] for one in found[1:])


def test_each_has_its_own_timeline_and_its_own_audit_row(
    session: Session, here: Neighbourhood, desk: Client
) -> None:
    made = [tickets.report(session, here) for _ in range(3)]
    sent(session, desk, "accept", *made)
    with reading() as fresh:
        for one in made:
            moves = select(AuditRow).where(AuditRow.subject_id == one.id, AuditRow.verb == "moved")
            assert len(fresh.scalars(moves).all()) == 1
            lines = select(TicketEntry).where(
                TicketEntry.ticket_id == one.id, TicketEntry.verb == "accept"
            )
            assert len(fresh.scalars(lines).all()) == 1


def test_what_was_refused_leaves_nothing_behind(
    session: Session, here: Neighbourhood, desk: Client
) -> None:
    near = tickets.report(session, here)
    far = tickets.report(session, here, place_id=here.community.id)
    for one in (near, far):
        act(session, here, one, "committee", Verb.ACCEPT)
    lead = str(here.organisations["owners"].id)
    found = sent(session, desk, "dispatch", far, near, lead_org_id=lead)
    assert [one["done"] for one in found] == [False, True]
    assert found[0]["why"] not in (None, "有几处没填对，请看红字提示。")
    with reading() as fresh:
        kept = fresh.get_one(Ticket, far.id)
        assert (kept.status, kept.lead_org_id, kept.version) == ("accepted", None, far.version)
        lines = select(TicketEntry).where(TicketEntry.ticket_id == far.id)
        assert {one.verb for one in fresh.scalars(lines)} == {"submit", "accept"}
        assert fresh.get_one(Ticket, near.id).status == "dispatched"


def test_the_same_key_does_it_once_and_what_failed_can_be_sent_again(
    session: Session, here: Neighbourhood, desk: Client
) -> None:
    ticket = tickets.report(session, here)
    key = uuid4()
    first = sent(session, desk, "accept", ticket, key=key)
    assert sent(session, desk, "accept", ticket, key=key) == first
    again = sent(session, desk, "accept", ticket)
    assert again[0]["code"] == "stale"


def test_leads_are_offered_by_how_many_of_the_chosen_they_work_at(
    session: Session, here: Neighbourhood, desk: Client
) -> None:
    near = tickets.report(session, here)
    far = tickets.report(session, here, place_id=here.community.id)
    with unwatched():
        session.commit()
    ids = [str(near.id), str(far.id), str(uuid4())]
    answer = desk.post("/tickets/bulk/leads", {"ids": ids})
    fits = {one["name"]: one["fits"] for one in (answer.json or {})["items"]}
    assert fits[here.organisations["committee"].name] == 2
    assert fits[here.organisations["property"].name] == 1


def test_only_the_committee_acts_for_many_and_only_so(
    session: Session, here: Neighbourhood, desk: Client, client: Callable[[Person | None], Client]
) -> None:
    ticket = tickets.report(session, here)
    with unwatched():
        session.commit()
    body = {"verb": "accept", "items": [{"id": str(ticket.id), "version": 1}]}
    company = client(here.people["property"])
    assert company.post("/tickets/bulk", body).status_code == 403
    assert desk.post("/tickets/bulk", body | {"verb": "close"}).status_code == 422
    assert desk.post("/tickets/bulk", body | {"items": []}).status_code == 422
