"""Whose hours were sent back, corrected or voided hears of it in plain words, and why."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.hours.models import ServiceHours
from app.hours.rules import HoursState
from app.notifications.models import InboxItem
from app.notifications.rules import hours as telling
from tests.factories.visits import found, visit
from tests.hours.conftest import Known
from tests.hours.made import hours
from tests.hours.test_counting import deliver
from tests.visits.walking import Clients

WHY = "那天没有去"
SEEN = {"on": "2026-11-24", "method": "door", "outcome": "ok"}


def move(client: Clients, who: Any, row: ServiceHours, verb: str, **said: Any) -> None:
    (now,) = found(ServiceHours, ServiceHours.id == row.id)
    answer = client(who).post(f"/hours/{row.id}/moves", {"verb": verb} | said, version=now.version)
    assert answer.status_code == 200, answer.json


def told(who: Any) -> list[tuple[str, str, str]]:
    items = found(InboxItem, InboxItem.person_id == who.id, InboxItem.read_at.is_(None))
    return [(one.title, one.body, one.link) for one in items if one.kind == "hours_news"]


@pytest.mark.parametrize(
    ("verb", "said", "title"),
    [
        ("send_back", {}, "有一条服务时长退回给您，请看看"),
        ("void", {}, "您的一条服务时长作废了，原因写在里面"),
        ("correct", {"minutes": 30}, "您的一条服务时长更正了"),
        ("correct", {"minutes": 100}, "您的一条服务时长更正了"),
    ],
)
def test_what_the_leader_did_to_it_and_why_is_in_the_inbox(
    client: Clients, session: Session, known: Known, *, verb: str, said: Any, title: str
) -> None:
    became = "，1.75 小时改成 0.5 小时" if said == {"minutes": 30} else ""
    chen = known.scene.chen
    row = hours(session, known, chen)
    move(client, known.leader, row, verb, reason=WHY, **said)
    assert told(chen) == [(title, f"11月24日 走访{became}。原因：{WHY}", "/hours")]
    assert not told(known.leader)
    assert not told(known.scene.li)


def test_that_hours_were_confirmed_is_told_to_nobody(
    client: Clients, session: Session, known: Known
) -> None:
    row = hours(session, known, known.scene.chen)
    move(client, known.leader, row, "confirm")
    assert not found(InboxItem)


def test_what_was_sent_back_is_off_the_inbox_once_it_was_said_anew(
    client: Clients, session: Session, known: Known
) -> None:
    chen = known.scene.chen
    row = hours(session, known, chen)
    move(client, known.leader, row, "send_back", reason=WHY)
    move(client, chen, row, "say", minutes=60)
    assert told(chen) == []


def test_a_long_reason_is_cut_to_what_an_inbox_holds(
    client: Clients, session: Session, known: Known
) -> None:
    chen = known.scene.chen
    row = hours(session, known, chen)
    move(client, known.leader, row, "void", reason="长" * 200)
    ((_, body, _),) = told(chen)
    assert len(body) == 200
    assert body.endswith("长…")
    assert client(chen).get("/hours").json["items"][0]["reason"] == "长" * 200


@pytest.mark.parametrize("confirmed", [True, False])
def test_confirmed_hours_that_fall_with_their_visit_are_told_of_and_others_are_not(
    app: Flask, client: Clients, session: Session, known: Known, confirmed: bool
) -> None:
    """The partner hears too, who did not write the record that was voided."""
    chen, li = known.scene.chen, known.scene.li
    asked = visit(session, known.door, chen, li)
    client(chen).put(f"/visits/{asked.id}/record", SEEN, version=1)
    deliver(app)
    for row in found(ServiceHours) if confirmed else ():
        move(client, known.leader, row, "confirm")
    gone = {"reason": "记错了门"}
    answer = client(known.leader).post(f"/visits/{asked.id}/void", gone, version=2)
    assert answer.status_code == 200, answer.json
    deliver(app)
    assert {row.state for row in found(ServiceHours)} == {HoursState.VOIDED}
    news = (
        "您的一条服务时长不再算了，原因写在里面",
        "11月24日 走访。原因：走访或巡查的记录没有了",
        "/hours",
    )
    for who in (chen, li):
        assert told(who) == ([news] if confirmed else [])


def test_no_line_names_a_household_or_a_person() -> None:
    lines = [
        *telling.FELL,
        *telling.GONE,
        *(one for some in telling.MOVED.values() for one in some),
    ]
    assert len(lines) == 5
    for line in lines:
        assert "户" not in line.title
