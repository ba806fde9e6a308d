"""Choosing how to be told: one's own choice, kept, offered and refused in plain words."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.audit import AuditRow
from app.core.db import reading, transaction
from app.core.events import publish
from app.notifications.models import InboxItem
from app.notifications.rules.table import ROWS
from app.tickets.rules import Verb
from tests.clients import Client
from tests.factories.notifications import Cast, moved

MakeClient = Callable[..., Client]
pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def mine(session: Session, people: Cast, client: MakeClient) -> Client:
    session.commit()
    return client(people.dispatcher)


def wish(paused: str | None = None, **most: str) -> dict[str, Any]:
    kinds = [{"kind": kind, "most": pressing} for kind, pressing in most.items()]
    return {"kinds": kinds, "paused_until": paused}


def shown(answer: Any) -> dict[str, str]:
    assert answer.status_code == 200, answer.json
    return {each["kind"]: each["most"] for each in answer.json["kinds"]}


def test_who_has_chosen_nothing_is_told_as_the_table_says(mine: Client) -> None:
    answer = mine.get("/telling/choices")
    assert set(shown(answer).values()) == {"today"}
    assert answer.json["paused_until"] is None
    assert [each["kind_name"] for each in answer.json["kinds"]][:2] == ["工单待办", "工单协办"]


def test_a_choice_is_kept_for_its_owner_and_nobody_else(
    mine: Client, people: Cast, client: MakeClient
) -> None:
    said = shown(mine.put("/telling/choices", wish(ticket_news="inbox", ticket_help="digest")))
    assert (said["ticket_news"], said["ticket_help"], said["ticket_todo"]) == (
        "inbox",
        "digest",
        "today",
    )
    assert shown(mine.get("/telling/choices")) == said
    assert set(shown(client(people.clerk).get("/telling/choices")).values()) == {"today"}


def test_what_is_left_out_is_told_as_the_table_says_again(mine: Client) -> None:
    mine.put("/telling/choices", wish(ticket_news="inbox"))
    assert set(shown(mine.put("/telling/choices", wish())).values()) == {"today"}


def test_a_choice_holds_for_the_next_fact(mine: Client, people: Cast) -> None:
    mine.put("/telling/choices", wish(ticket_todo="digest"))
    with transaction() as session:
        publish(session, moved(people, Verb.DISPATCH))
    with reading() as session:
        found = select(InboxItem).where(InboxItem.person_id == people.dispatcher.id)
        [item] = session.scalars(found)
    assert item.digest_at == clock.now() + timedelta(hours=6)


def test_choosing_is_written_down_without_saying_what(mine: Client, people: Cast) -> None:
    mine.put("/telling/choices", wish("2027-03-09", ticket_news="inbox", ticket_todo="today"))
    with reading() as session:
        rows = list(session.scalars(select(AuditRow).where(AuditRow.verb == "telling_chosen")))
    assert [(row.actor_id, row.details) for row in rows] == [
        (people.dispatcher.id, {"softened": 1, "paused": True})
    ]


@pytest.mark.parametrize(("until", "status"), [
    ("2027-03-02", 422), ("2027-03-03", 200), ("2027-06-01", 200), ("2027-06-02", 422),
    ("soon", 422),
])  # fmt: skip
def test_a_pause_lasts_from_today_for_three_months_at_most(
    mine: Client, until: str, status: int
) -> None:
    answer = mine.put("/telling/choices", wish(until))
    assert answer.status_code == status
    if status == 422:
        assert list(answer.json["errors"]) == ["paused_until"]


@pytest.mark.parametrize(("days", "until"), [(1, "2027-03-04"), (2, None)])
def test_a_pause_that_is_over_is_shown_no_more(
    mine: Client, people: Cast, client: MakeClient, days: int, until: str | None
) -> None:
    assert mine.put("/telling/choices", wish("2027-03-04")).json["paused_until"] == "2027-03-04"
    with clock.frozen(clock.now() + timedelta(days=days)):
        later = client(people.dispatcher)
        assert later.get("/telling/choices").json["paused_until"] == until


@pytest.mark.parametrize("kinds", [
    [{"kind": "ticket_news", "most": "emergency"}], [{"kind": "gossip", "most": "inbox"}],
    [{"kind": "ticket_news"}], None,
])  # fmt: skip
def test_what_is_no_choice_is_refused_and_nothing_is_kept(mine: Client, kinds: Any) -> None:
    answer = mine.put("/telling/choices", {"kinds": kinds, "paused_until": None})
    assert answer.status_code == 422
    with reading() as session:
        kept = select(func.count()).select_from(AuditRow).where(AuditRow.verb == "telling_chosen")
        assert session.scalar(kept) == 0


def test_the_company_is_asked_nothing_about_care_and_the_committee_is(
    mine: Client, people: Cast, client: MakeClient
) -> None:
    assert "care_todo" not in shown(mine.get("/telling/choices"))
    assert {"care_todo", "system_todo"} <= set(shown(client(people.clerk).get("/telling/choices")))


def test_the_committee_sees_the_table_as_it_stands(
    mine: Client, people: Cast, client: MakeClient
) -> None:
    answer = client(people.clerk).get("/telling/table")
    assert [each["title"] for each in answer.json["items"]] == [row.line.title for row in ROWS]
    assert answer.json["items"][0] == {
        "when": "报了一件事",
        "seat": "committee",
        "seat_name": "社区",
        "pressing": "today",
        "pressing_name": "当天，当时就响",
        "kind_name": "工单待办",
        "way_names": ["消息", "手机提醒", "自己加的方式"],
        "title": "有一件新报事，请受理",
    }
    assert mine.get("/telling/table").status_code == 403
