"""Random re-checks: what is drawn, who may look, what follows from it."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as some
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock, duties
from app.core.errors import NotFound
from app.notifications.models import InboxItem
from app.tickets.jobs import close_silent
from app.tickets.models import Ticket
from app.tickets.models_recheck import TicketRecheck
from app.tickets.queries import rechecks as queries
from app.tickets.rules import TicketStatus, Verb
from app.tickets.rules.rechecks import Closed, RecheckResult, draw, month_before
from app.tickets.rules.refusals_recheck import OwnRecheck, RecheckDone, RecheckReason
from app.tickets.service import rechecks
from app.tickets.service.rechecks import Found
from tests.clients import Client
from tests.factories import tickets
from tests.factories.clocks import at
from tests.factories.tickets import Neighbourhood, act, picture

CLOSED = some.lists(some.builds(Closed, some.uuids(), some.booleans()), unique_by=lambda c: c.id)
UNTRUE = Found(RecheckResult.UNTRUE, "灯还是不亮")


@given(CLOSED, some.integers(1, 100), some.text(max_size=4))
def test_a_share_is_drawn_of_the_rated_and_of_the_unrated_and_always_the_same(
    closed: list[Closed], percent: int, seed: str
) -> None:
    drawn = draw(closed, percent, seed)
    assert drawn == draw(closed[::-1], percent, seed)
    assert len({one.id for one in drawn}) == len(drawn)
    assert set(drawn) <= set(closed)
    exact = len(closed) * percent / 100
    assert min(1, len(closed)) <= len(drawn) <= len(closed)
    assert exact <= len(drawn) < exact + 1 or (len(drawn) == 1 and exact < 1)
    if len(drawn) > 1:
        assert {one.unrated for one in drawn} == {one.unrated for one in closed}


def test_the_month_before_is_drawn_from() -> None:
    assert month_before(at("2026-01-05T10:00").date()) == "2025-12"


def one_closed(session: Session, here: Neighbourhood, **said: object) -> TicketRecheck:
    """A ticket of this month, and what is drawn of it in the next."""
    tickets.closed(session, here, **said)
    session.flush()
    return drawn(session)


def drawn(session: Session) -> TicketRecheck:
    first = (clock.today() + timedelta(days=31)).replace(day=1)
    for day in (first, first, first + timedelta(days=1)):
        duties.DUTIES["tickets.draw_rechecks"](session, day)
    session.flush()
    return session.scalars(select(TicketRecheck)).one()


def waits(session: Session, here: Neighbourhood, by: str) -> list[UUID]:
    return [one.id for one in session.scalars(queries.waiting(here.actors[by]))]


def test_it_waits_for_those_who_had_no_hand_in_it(session: Session, here: Neighbourhood) -> None:
    tickets.join(session, here, "clerk", "committee")
    tickets.join(session, here, "both", "committee", "property")
    row = one_closed(session, here)
    for by in ("clerk", "secretary", "owners"):
        assert waits(session, here, by) == [row.id], by
    for by in ("committee", "property", "volunteer", "social", "both", "subdistrict"):
        assert waits(session, here, by) == [], by
    for by in ("committee", "both"):  # the first has reviewed it, the second's company has led it
        with pytest.raises(OwnRecheck):
            rechecks.record(session, here.actors[by], row.id, row.version, UNTRUE)
    with pytest.raises(NotFound):
        rechecks.record(session, here.actors["property"], row.id, row.version, UNTRUE)


def test_what_the_community_led_is_looked_at_by_others(
    session: Session, here: Neighbourhood
) -> None:
    ticket = tickets.resolved(session, here, "committee", category="neighbour.mediation")
    act(session, here, ticket, "owners", Verb.REVIEW)
    act(session, here, ticket, "volunteer", Verb.CLOSE, solved="yes", satisfied="yes")
    row = drawn(session)
    tickets.join(session, here, "owner", "owners")
    assert [by for by in here.actors if waits(session, here, by)] == [
        "subdistrict",
        "district",
        "owner",
    ]
    rechecks.record(session, here.actors["subdistrict"], row.id, row.version, UNTRUE)


def test_what_is_not_so_is_told_to_the_committee_who_may_have_it_done_again(
    session: Session, here: Neighbourhood
) -> None:
    row = one_closed(session, here)
    owner = here.actors["owners"]
    with pytest.raises(RecheckReason):
        rechecks.record(session, owner, row.id, row.version, Found(RecheckResult.UNTRUE))
    photo = picture(session, owner)
    found = Found(RecheckResult.UNTRUE, "灯还是不亮", (photo,))
    rechecks.record(session, owner, row.id, row.version, found)
    ticket = session.get_one(Ticket, row.ticket_id)
    assert [one.phase for one in ticket.photos] == ["recheck"]
    titles = {
        item.person_id: item.title
        for item in session.scalars(select(InboxItem).order_by(InboxItem.id))
        if "抽查" in item.title
    }
    assert titles[here.people["committee"].id] == "抽查不属实，请看看要不要再办"
    assert titles[here.people["property"].id] == "你们办的工单抽查不属实"
    act(session, here, ticket, "committee", Verb.REOPEN, reason="抽查不属实")
    assert ticket.status is TicketStatus.IN_PROGRESS
    with pytest.raises(RecheckDone):
        rechecks.record(session, owner, row.id, row.version, found)


def test_silence_is_drawn_too(session: Session, here: Neighbourhood) -> None:

    tickets.reviewed(session, here)
    with tickets.later(days=8):
        close_silent(session, clock.today())
        row = drawn(session)
    assert row.unrated
    assert row.closed_by_id is None


def test_an_owners_committee_looks_again_by_the_app(
    client: Callable[..., Client], session: Session, here: Neighbourhood
) -> None:
    row = one_closed(session, here)
    session.commit()
    owner = client(here.people["owners"])
    (found,) = owner.get("/tickets/rechecks").json["items"]
    assert (found["may_look"], found["result"], found["unrated"]) == (True, None, False)
    path = f"/tickets/rechecks/{row.id}"
    said = {"result": "true", "note": ""}
    answer = owner.post(f"{path}/result", said, version=found["version"])
    assert (answer.status_code, answer.json["result_name"]) == (200, "属实")
    assert owner.post(f"{path}/result", said, version=found["version"]).status_code in (409, 412)
    assert owner.get("/tickets/rechecks").json["items"] == []
    assert client(here.people["property"]).get(path).status_code == 404
    assert owner.get(f"/tickets/rechecks/{uuid4()}").status_code == 404
