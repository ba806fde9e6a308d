"""Who sees whose rates, what the list behind a figure shows, and the files."""

import io
from collections.abc import Callable

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy.orm import Session

from app.core import clock
from app.reports.rules import month_of
from app.tickets.rules import Verb
from tests.clients import Client
from tests.factories import identity, tickets
from tests.factories.tickets import Neighbourhood, act

Clients = Callable[..., Client]


def some_work(session: Session, here: Neighbourhood) -> None:
    """One closed ticket of the company, one that was withdrawn at the desk, and one that it gave
    back."""
    tickets.closed(session, here)
    gone = tickets.report(session, here)
    act(session, here, gone, "volunteer", Verb.WITHDRAW)
    back = tickets.dispatched(session, here)
    act(session, here, back, "property", Verb.RETURN, reason="不归我们修")
    session.commit()


def months_ahead() -> str:
    """What is due may be due next month."""
    return month_of(clock.now())


@pytest.mark.parametrize("by", ["committee", "secretary", "subdistrict", "district"])
def test_who_oversees_a_community_sees_all_its_organisations(
    client: Clients, session: Session, here: Neighbourhood, by: str
) -> None:
    some_work(session, here)
    found = client(here.people[by]).get("/reports/rates").json
    names = {row["organisation_name"] for row in found["items"]}
    assert names == {"社区受理台", here.organisations["property"].name}
    assert found["community"]["id"] == str(here.community.id)


def test_an_organisation_sees_only_itself(
    client: Clients, session: Session, here: Neighbourhood
) -> None:
    some_work(session, here)
    company = here.organisations["property"]
    found = client(here.people["property"]).get("/reports/rates").json
    assert {row["organisation_name"] for row in found["items"]} == {company.name}
    assert client(here.people["social"]).get("/reports/rates").json["items"] == []
    query = {"organisation_id": str(company.id), "month": months_ahead(), "measure": "satisfaction"}
    asked = client(here.people["social"]).get("/reports/rates/tickets", **query)
    assert asked.json["items"] == []
    assert len(client(here.people["property"]).get("/reports/rates/tickets", **query).json["items"])
    desk = {"month": months_ahead(), "measure": "resolution"}
    assert client(here.people["property"]).get("/reports/rates/tickets", **desk).json["items"] == []


def test_another_community_is_not_found(
    client: Clients, session: Session, here: Neighbourhood
) -> None:
    other = identity.community(session)
    asked = client(here.people["committee"]).get("/reports/rates", community_id=str(other.id))
    assert asked.status_code == 404


def test_what_is_not_counted_is_listed_with_its_reason_and_shows_no_place_to_who_gave_it_up(
    client: Clients, session: Session, here: Neighbourhood
) -> None:
    some_work(session, here)
    company = str(here.organisations["property"].id)
    clerk = client(here.people["committee"])
    desk = {"month": months_ahead(), "measure": "resolution"}
    (line,) = clerk.get("/reports/rates/tickets", **desk).json["items"]
    assert (line["outcome_name"], line["excluded"]) == ("报事人撤回", True)
    rows = client(here.people["property"]).get("/reports/rates").json["items"]
    passed = [
        line
        for row in rows
        for line in client(here.people["property"])
        .get(
            "/reports/rates/tickets",
            organisation_id=company,
            month=row["month"],
            measure="response",
            outcome="passed_on",
        )
        .json["items"]
    ]
    assert [(one["outcome_name"], one["shown"], one["place_text"]) for one in passed] == [
        ("改由别家来办", False, None)
    ]


def test_the_files_hold_the_figures_and_what_is_not_counted(
    client: Clients, session: Session, here: Neighbourhood
) -> None:
    some_work(session, here)
    clerk = client(here.people["committee"])
    book = CalamineWorkbook.from_filelike(io.BytesIO(clerk.get("/reports/rates.xlsx").data))
    assert book.sheet_names == ["三率", "不算在内"]
    reasons = [line[-1] for line in book.get_sheet_by_name("不算在内").to_python()]
    assert "报事人撤回" in reasons
    text = clerk.get("/reports/rates.csv").data.decode("utf-8-sig")
    assert "社区受理台" in text
    assert "报事人撤回" in text


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/reports/rates", {"until": "2026-13"}),
        ("/reports/rates", {"months": "14"}),
        ("/reports/rates/tickets", {"month": "2026-11", "measure": "speed"}),
        ("/reports/rates/tickets", {"month": "2026-11", "measure": "response", "cursor": "x"}),
        ("/reports/rates/tickets", {"month": "2026-11", "measure": "response", "outcome": "x"}),
    ],
)
def test_a_question_that_makes_no_sense_is_refused(
    client: Clients, session: Session, here: Neighbourhood, path: str, query: dict[str, str]
) -> None:
    session.commit()
    assert client(here.people["committee"]).get(path, **query).status_code == 422
