"""A committee's rules: who makes them, where they decide and where they only suggest."""

from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from app.core.audit import AuditRow
from app.core.errors import Invalid, NotFound, Stale
from app.identity.models import Membership
from app.tickets import catalogue, routing
from app.tickets.models import TicketEntry
from app.tickets.models_routing import RoutingRule
from app.tickets.queries.details import helping
from app.tickets.rules import TicketStatus, Verb
from app.tickets.service import routing as service
from app.tickets.service.facts import advise
from tests.auditing import unwatched
from tests.clients import Client
from tests.factories import tickets
from tests.factories.routing import LIGHT, rule, said
from tests.factories.tickets import Neighbourhood, act, report

FLOOD = "emergency.burst_flood"


def test_a_rule_only_suggests_unless_the_committee_says_that_it_decides(
    session: Session, here: Neighbourhood
) -> None:
    rule(session, here)
    ticket = report(session, here)
    act(session, here, ticket, "committee", Verb.ACCEPT)
    assert ticket.status is TicketStatus.ACCEPTED
    advice = advise(ticket)
    assert advice is not None
    assert advice.rule.lead_org_id == here.organisations["social"].id


def test_a_rule_that_decides_gives_what_was_accepted_to_its_lead_and_helpers(
    session: Session, here: Neighbourhood
) -> None:
    rule(session, here, decides=True, co_org_ids=[here.organisations["property"].id])
    ticket = report(session, here)
    act(session, here, ticket, "committee", Verb.ACCEPT)
    assert ticket.status is TicketStatus.DISPATCHED
    assert ticket.lead_org_id == here.organisations["social"].id
    assert helping(ticket) == {here.organisations["property"].id}
    last = ticket.entries[-1]
    assert (last.verb, last.by_person_id, last.said["by_rule"]) == ("dispatch", None, True)
    moves = session.scalars(
        select(AuditRow.actor_id)
        .where(AuditRow.subject_id == ticket.id, AuditRow.verb == "moved")
        .order_by(AuditRow.id)
    ).all()
    assert moves == [here.people["committee"].id, None]


def test_the_category_that_the_clerk_chooses_is_the_one_the_rule_is_about(
    session: Session, here: Neighbourhood
) -> None:
    rule(session, here, about="order.noise", decides=True)
    ticket = report(session, here)
    act(session, here, ticket, "committee", Verb.ACCEPT, category="order.noise")
    assert ticket.lead_org_id == here.organisations["social"].id


def test_who_has_returned_a_ticket_is_not_suggested_again(
    session: Session, here: Neighbourhood
) -> None:
    rule(session, here, decides=True)
    ticket = report(session, here)
    act(session, here, ticket, "committee", Verb.ACCEPT)
    act(session, here, ticket, "social", Verb.RETURN, reason="不归我们")
    assert ticket.status is TicketStatus.ACCEPTED
    advice = advise(ticket)
    assert advice is not None
    assert "退过" in advice.objection
    assert not advice.decides


def test_a_lead_that_does_not_work_there_any_more_decides_nothing(
    session: Session, here: Neighbourhood
) -> None:
    rule(session, here, decides=True)
    with unwatched():
        here.organisations["social"].place_id = tickets.neighbourhood(session).community.id
        for post in here.actors["social"].posts:
            held = session.get_one(Membership, post.id)
            held.place_id = here.organisations["social"].place_id
        session.commit()
    ticket = report(session, here)
    act(session, here, ticket, "committee", Verb.ACCEPT)
    assert ticket.status is TicketStatus.ACCEPTED


def test_an_emergency_goes_where_a_rule_decides_and_else_as_the_table_says(
    session: Session, here: Neighbourhood
) -> None:
    company = here.organisations["property"].id
    assert report(session, here, category=FLOOD).lead_org_id == company
    rule(session, here, about=FLOOD)
    assert report(session, here, category=FLOOD).lead_org_id == company
    rule(session, here, about=FLOOD, place_id=here.building.id, decides=True)
    assert report(session, here, category=FLOOD).lead_org_id == here.organisations["social"].id


def test_a_rule_of_a_neighbouring_community_says_nothing(
    session: Session, here: Neighbourhood
) -> None:
    rule(session, here, decides=True)
    other = tickets.neighbourhood(session)
    assert routing.advice(other.community.id, other.unit.path, LIGHT) is None


def test_only_a_committee_makes_rules_for_its_own_places(
    session: Session, here: Neighbourhood
) -> None:
    other = tickets.neighbourhood(session)
    with pytest.raises(NotFound):
        service.save(session, other.actors["committee"], said(here))
    with pytest.raises(NotFound):
        service.save(session, here.actors["property"], said(here))
    with pytest.raises(NotFound):
        service.save(session, here.actors["committee"], said(here, place_id=here.unit.id))


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"about": "no.such"}, "about"),
        ({"lead_org_id": uuid4()}, "lead_org_id"),
        ({"co_org_ids": [uuid4()]}, "co_org_ids"),
    ],
)
def test_a_rule_names_what_there_is(
    session: Session, here: Neighbourhood, other: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        service.save(session, here.actors["committee"], said(here, **other))
    assert set(refused.value.errors) == {field}


def test_there_is_one_rule_for_a_place_and_a_kind(session: Session, here: Neighbourhood) -> None:
    first = rule(session, here)
    with pytest.raises(Invalid) as refused:
        service.save(session, here.actors["committee"], said(here, "property"))
    assert set(refused.value.errors) == {"about"}
    clerk = here.actors["committee"]
    service.save(session, clerk, said(here, "property"), first.id, first.version)
    assert first.lead_org_id == here.organisations["property"].id


def test_who_comes_second_is_told(session: Session, here: Neighbourhood) -> None:
    row = rule(session, here)
    clerk = here.actors["committee"]
    with pytest.raises(Stale):
        service.save(session, clerk, said(here), row.id, row.version + 1)
    with pytest.raises(Stale):
        service.drop(session, clerk, row.id, row.version + 1)


def test_a_rule_that_was_taken_away_speaks_no_more(session: Session, here: Neighbourhood) -> None:
    row = rule(session, here)
    service.drop(session, here.actors["committee"], row.id, row.version)
    session.commit()
    assert routing.advice(here.community.id, here.unit.path, LIGHT) is None
    verbs = select(AuditRow.verb).where(AuditRow.subject_id == row.id).order_by(AuditRow.id)
    assert session.scalars(verbs).all() == ["changed", "dropped"]


def test_a_preview_says_which_open_tickets_a_rule_would_have_touched(
    session: Session, here: Neighbourhood
) -> None:
    led = tickets.dispatched(session, here)
    waiting = report(session, here)
    report(session, here, category="order.noise")
    tickets.closed(session, here)
    clerk = here.actors["committee"]
    _, found = service.would_touch(session, clerk, said(here), None)
    assert {one.id for one in found} == {led.id, waiting.id}
    group = said(here, about="facility")
    assert len(service.would_touch(session, clerk, group, None)[1]) == 2
    nearer = rule(session, here, place_id=here.building.id)
    assert service.would_touch(session, clerk, said(here), None)[1] == []
    same = said(here, place_id=here.building.id)
    assert len(service.would_touch(session, clerk, same, nearer.id)[1]) == 2
    assert session.scalars(select(RoutingRule)).all() == [nearer]


def test_reporting_costs_no_statement_more_with_rules(
    session: Session, here: Neighbourhood
) -> None:
    report(session, here)
    session.commit()
    before = _statements(session, here)
    rule(session, here, decides=True)
    assert _statements(session, here) == before


def _statements(session: Session, here: Neighbourhood) -> int:
    catalogue.common()  # whatever has changed is known
    asked: list[str] = []

    def count(*said: Any) -> None:
        asked.append(str(said[2]))

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", count)
    report(session, here)
    session.commit()
    event.remove(engine, "before_cursor_execute", count)
    return len(asked)


# ---- over HTTP


def test_rules_over_http(session: Session, here: Neighbourhood, seats: dict[str, Client]) -> None:
    clerk = seats["committee"]
    sent = {key: str(value) if key.endswith("_id") else value for key, value in said(here).items()}
    tickets.dispatched(session, here)
    session.commit()
    seen = clerk.post("/tickets/routing/preview", sent).json or {}
    assert (seen["count"], seen["other"], seen["same"], seen["waiting"]) == (1, 1, 0, 0)
    made = clerk.post("/tickets/routing", sent)
    assert made.status_code == 201, made.json
    row = made.json or {}
    assert (row["about_name"], row["place_text"]) == ("公共照明用电", "和园一村")
    changed = clerk.put(
        f"/tickets/routing/{row['id']}",
        sent | {"about": "facility", "decides": True},
        version=row["version"],
    )
    assert (changed.json or {})["about_name"] == "公共设施（整类）"
    listed = (clerk.get("/tickets/routing").json or {})["items"]
    assert [(one["id"], one["decides"]) for one in listed] == [(row["id"], True)]
    choices = clerk.get("/tickets/routing/choices", place_id=here.building.id).json or {}
    assert {one["party"] for one in choices["items"]} == {
        "community_party", "property", "owners_committee", "volunteer_team", "social_org",
    }  # fmt: skip
    gone = clerk.delete(f"/tickets/routing/{row['id']}", version=changed.json["version"])  # type: ignore[index]
    assert gone.status_code == 204
    assert (clerk.get("/tickets/routing").json or {})["items"] == []


def test_who_accepts_is_told_before_that_a_rule_sends_it_on_at_once(
    session: Session, here: Neighbourhood, seats: dict[str, Client]
) -> None:
    rule(session, here, decides=True)
    ticket = report(session, here)
    session.commit()
    advice = (seats["committee"].get(f"/tickets/{ticket.id}/dispatch-options").json or {})["advice"]
    assert (advice["decides"], advice["objection"]) == (True, "")
    act(session, here, ticket, "committee", Verb.ACCEPT)
    assert str(ticket.lead_org_id) == advice["lead_org_id"]


def test_the_dispatch_form_is_filled_in_by_a_rule_and_says_who_returned_it(
    session: Session, here: Neighbourhood, seats: dict[str, Client]
) -> None:
    rule(session, here, co_org_ids=[here.organisations["property"].id])
    ticket = report(session, here)
    act(session, here, ticket, "committee", Verb.ACCEPT)
    session.commit()
    path = f"/tickets/{ticket.id}/dispatch-options"
    advice = (seats["committee"].get(path).json or {})["advice"]
    assert advice == {
        "lead_org_id": str(here.organisations["social"].id),
        "co_org_ids": [str(here.organisations["property"].id)],
        "decides": False,
        "objection": "",
    }
    tickets.dispatch(session, here, ticket, "social")
    act(session, here, ticket, "social", Verb.RETURN, reason="不归我们")
    session.commit()
    told = seats["committee"].get(path).json or {}
    assert "退过" in told["advice"]["objection"]
    assert {one["id"]: one["returned"] for one in told["items"]}[
        str(here.organisations["social"].id)
    ]
    assert session.scalars(select(TicketEntry.verb).where(TicketEntry.verb == "return")).all()
