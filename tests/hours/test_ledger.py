"""The ledger as a file: a line for each record, and a row in the log for each time."""

import io
from datetime import timedelta
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy.orm import Session

from app.core import clock
from app.core.audit import AuditRow
from app.hours import ledger
from app.hours.rules import HoursState, Kind
from tests.clients import Client
from tests.factories.visits import found
from tests.hours.conftest import Known
from tests.hours.made import hours
from tests.visits.walking import Clients

DONE = HoursState.CONFIRMED


def fetch(who: Client, **narrowed: Any) -> Any:
    return who.post("/hours/ledger/file", narrowed)


def test_the_ledger_is_a_line_for_each_record_and_no_formula(
    client: Clients, session: Session, known: Known
) -> None:
    chen = known.scene.chen
    hours(session, known, chen, state=DONE, settled_by=known.leader.id, settled_at=clock.now())
    hours(
        session,
        known,
        chen,
        on=clock.today() - timedelta(1),
        kind=Kind.OTHER,
        content="=HYPERLINK(1)",
        counted=None,
        minutes=20,
    )
    answer = fetch(client(known.scene.committee))
    assert answer.status_code == 200
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.data))
    head, first, second = book.get_sheet_by_index(0).to_python()
    assert tuple(head) == ledger.HEAD
    assert first[:6] == [
        "2026-11-23",
        chen.name,
        known.scene.team.name,
        "其他服务",
        "=HYPERLINK(1)",
        0.25,
    ]
    assert second[5:8] == [1.75, "已确认", known.leader.name]
    assert fetch(client(chen)).status_code == 403


def test_a_ledger_that_is_too_long_is_refused(
    client: Clients, session: Session, known: Known, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger, "MOST_ROWS", 0)
    hours(session, known, known.scene.chen)
    answer = fetch(client(known.scene.committee))
    assert answer.json["code"] == "hours_ledger_too_long"


def test_who_took_the_ledger_out_and_how_much_of_it_is_logged(
    client: Clients, session: Session, known: Known
) -> None:
    for away in (0, 1, 40):
        hours(session, known, known.scene.chen, on=clock.today() - timedelta(away), state=DONE)
    clerk = known.scene.committee
    narrowed = {"first": "2026-11-01", "last": "2026-11-30", "state": "confirmed"}
    assert fetch(client(clerk), **narrowed).status_code == 200
    (logged,) = found(AuditRow, AuditRow.subject_kind == "hours_ledger")
    assert (logged.actor_id, logged.subject_id) == (clerk.id, known.scene.community.id)
    assert logged.details == {"rows": 2, "filter": narrowed}
    fetch(client(clerk), **narrowed)
    assert len(found(AuditRow, AuditRow.subject_kind == "hours_ledger")) == 2


def test_a_ledger_that_was_refused_is_not_logged_as_fetched(
    client: Clients, session: Session, known: Known, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger, "MOST_ROWS", 0)
    hours(session, known, known.scene.chen)
    assert fetch(client(known.scene.committee)).status_code == 422
    assert fetch(client(known.leader)).status_code == 403
    assert not found(AuditRow, AuditRow.subject_kind == "hours_ledger")
