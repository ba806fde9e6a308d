"""Filters that people keep: their own, their organisation's, in an order, one to begin with."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy.orm import Session

from app.identity.models import Person
from tests.auditing import unwatched
from tests.clients import Client
from tests.factories import tickets
from tests.factories.tickets import Neighbourhood

Clients = dict[str, Client]


@pytest.fixture
def desks(
    session: Session, here: Neighbourhood, client: Callable[[Person | None], Client]
) -> Clients:
    """The clerk, a colleague of hers, and the property company."""
    tickets.join(session, here, "colleague", "committee")
    with unwatched():
        session.commit()
    return {word: client(here.people[word]) for word in ("committee", "colleague", "property")}


def kept(desk: Client, name: str, query: str, **said: Any) -> dict[str, Any]:
    answer = desk.post("/tickets/filters", {"name": name, "query": query, **said})
    assert answer.status_code == 201, answer.json
    return dict(answer.json or {})


def names(desk: Client) -> list[str]:
    return [one["name"] for one in (desk.get("/tickets/filters").json or {})["items"]]


def test_a_filter_is_ones_own_until_it_is_shared(here: Neighbourhood, desks: Clients) -> None:
    office = str(here.organisations["committee"].id)
    mine = kept(desks["committee"], "超时的电梯", "overdue=true&category=facility.lift")
    assert mine["query"] == "category=facility.lift&overdue=true"
    assert names(desks["colleague"]) == []
    path = f"/tickets/filters/{mine['id']}"
    shared = desks["committee"].patch(path, {"shared_with": office}, version=mine["version"])
    assert shared.status_code == 200, shared.json
    seen = (desks["colleague"].get("/tickets/filters").json or {})["items"][0]
    assert (seen["mine"], seen["owner_name"]) == (False, here.people["committee"].name)
    assert names(desks["property"]) == []
    refused = desks["colleague"].patch(path, {"name": "别的"}, version=seen["version"])
    assert refused.status_code == 404
    assert desks["colleague"].delete(path).status_code == 404


def test_a_filter_is_renamed_dropped_and_brought_back(desks: Clients) -> None:
    desk = desks["committee"]
    mine = kept(desk, "路灯", "q=%E8%B7%AF%E7%81%AF")
    path = f"/tickets/filters/{mine['id']}"
    assert desk.patch(path, {"name": "灯"}, version=mine["version"]).status_code == 200
    assert desk.patch(path, {"name": "旧的"}, version=mine["version"]).status_code == 412
    assert names(desk) == ["灯"]
    assert desk.delete(path).status_code == 204
    assert names(desk) == []
    back = kept(desk, "灯", mine["query"], id=mine["id"])
    assert back["id"] == mine["id"]
    again = desk.post("/tickets/filters", {"name": "灯", "query": "q=1", "id": mine["id"]})
    assert again.status_code == 409


def test_filters_are_put_in_order_and_one_comes_first(here: Neighbourhood, desks: Clients) -> None:
    desk, colleague = desks["committee"], desks["colleague"]
    office = str(here.organisations["committee"].id)
    ids = [kept(desk, name, f"q={name}", shared_with=office)["id"] for name in ("一", "二", "三")]
    kept(colleague, "自己的", "mine=true")
    ordered = desk.put("/tickets/filters/order", {"ids": [ids[2], ids[0]]})
    assert [one["name"] for one in (ordered.json or {})["items"]] == ["三", "一", "二"]
    assert names(colleague) == ["自己的", "三", "一", "二"]
    first = colleague.put("/tickets/filters/default", {"id": ids[0]})
    assert [one["name"] for one in (first.json or {})["items"] if one["is_default"]] == ["一"]
    assert desk.delete(f"/tickets/filters/{ids[0]}").status_code == 204
    left = (colleague.get("/tickets/filters").json or {})["items"]
    assert not any(one["is_default"] for one in left)
    assert colleague.put("/tickets/filters/default", {"id": ids[1]}).status_code == 200
    none = colleague.put("/tickets/filters/default", {"id": None})
    assert not any(one["is_default"] for one in (none.json or {})["items"])
    assert colleague.put("/tickets/filters/default", {"id": str(uuid4())}).status_code == 404


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"name": "", "query": "q=1"}, "name"),
        ({"name": "太长" * 11, "query": "q=1"}, "name"),
        ({"name": "空的", "query": ""}, "query"),
        ({"name": "乱的", "query": "nonsense=1"}, "query"),
        ({"name": "错的", "query": "status=flying"}, "query"),
        ({"name": "别家", "query": "q=1", "shared_with": str(uuid4())}, "shared_with"),
    ],
)
def test_what_no_list_understands_is_not_kept(
    desks: Clients, said: dict[str, Any], field: str
) -> None:
    answer = desks["committee"].post("/tickets/filters", said)
    assert answer.status_code == 422
    assert set((answer.json or {})["errors"]) == {field}


def test_nobody_keeps_more_than_twenty(desks: Clients) -> None:
    for number in range(20):
        kept(desks["property"], f"第{number}个", f"q={number}")
    answer = desks["property"].post("/tickets/filters", {"name": "多了", "query": "q=1"})
    assert answer.status_code == 422
