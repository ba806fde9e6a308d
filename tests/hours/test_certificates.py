"""Certificates: issued from what is confirmed, the same on paper each time, checked by who holds
one, and fallen with the hours that they count."""

import subprocess
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.core import clock
from app.core.audit import AuditRow
from app.hours.rules import HoursState, Kind
from app.hours.rules.minutes import hours_text
from app.hours.service import counting
from app.identity.rules import OrganisationKind
from app.visits.models import Visit
from app.visits.rules import VisitState
from tests.auditing import unwatched
from tests.clients import Client
from tests.factories import identity
from tests.factories import visits as made
from tests.hours.conftest import Known
from tests.hours.made import hours
from tests.services import lacking

Clients = Callable[..., Client]
DONE = HoursState.CONFIRMED


def wanted(known: Known, **given: Any) -> dict[str, Any]:
    return {
        "person_id": str(known.scene.chen.id),
        "first": "2026-01-01",
        "last": "2026-11-24",
    } | given


def issued(client: Clients, session: Session, known: Known) -> dict[str, Any]:
    """Two evenings and a meeting, 4.75 hours in all."""
    chen, today = known.scene.chen, clock.today()
    hours(session, known, chen, state=DONE)
    hours(session, known, chen, state=DONE, on=today - timedelta(1))
    hours(
        session,
        known,
        chen,
        state=DONE,
        on=today - timedelta(9),
        kind=Kind.MEETING,
        content="消防培训",
        counted=None,
        minutes=75,
    )
    hours(session, known, chen, on=today - timedelta(2))
    hours(session, known, chen, state=DONE, on=today - timedelta(400))
    hours(session, known, known.scene.li, state=DONE)
    answer = client(known.scene.committee).post("/certificates", wanted(known))
    assert answer.status_code == 201, answer.json
    found: dict[str, Any] = answer.json
    return found


def test_a_certificate_carries_name_hours_content_issuer_handler_number_and_date(
    client: Clients, session: Session, known: Known
) -> None:
    """DOMAIN.md section 6.5, word by word."""
    found = issued(client, session, known)
    assert (found["name"], found["hours"]) == (known.scene.chen.name, "4.75")
    assert [(one["name"], one["times"], one["hours"]) for one in found["content"]] == [
        ("走访", 2, "3.5"),
        ("会议培训", 1, "1.25"),
    ]
    assert found["issuer"].startswith("演示residents_committee")
    assert (found["handler"], found["issued_on"]) == ("测试人", "2026-11-24")
    assert found["number"].endswith("-2026-0001")
    again = client(known.scene.committee).post("/certificates", wanted(known))
    assert again.json["number"].endswith("-2026-0002")
    mine = client(known.scene.chen).get("/certificates").json["items"]
    assert [one["number"][-4:] for one in mine] == ["0002", "0001"]
    assert len(client(known.scene.committee).get("/certificates/issued").json["items"]) == 2


def test_its_paper_is_the_same_each_time_and_shows_chinese(
    client: Clients, session: Session, known: Known, tmp_path: Any
) -> None:
    found = issued(client, session, known)
    path = f"/certificates/{found['id']}/paper"
    papers = [client(who).get(path) for who in (known.scene.chen, known.scene.committee)]
    assert papers[0].content_type == "application/pdf"
    assert papers[0].data == papers[1].data
    file = tmp_path / "paper.pdf"
    file.write_bytes(papers[0].data)
    try:
        text = subprocess.run(["pdftotext", str(file), "-"], capture_output=True, check=True)
    except FileNotFoundError:
        lacking("pdftotext", "what stands on a certificate")
    said = text.stdout.decode().replace(" ", "")
    for word in ("志愿服务证明", found["number"], found["code"], "4.75", "走访", found["issuer"]):
        assert word in said


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"first": "2025-01-01", "last": "2025-01-02"}, "certificate_nothing_confirmed"),
        ({"first": "2026-11-24", "last": "2026-11-23"}, "invalid"),
    ],
)
def test_nothing_confirmed_gives_no_certificate(
    client: Clients, session: Session, known: Known, wrong: dict[str, str], code: str
) -> None:
    hours(session, known, known.scene.chen)
    answer = client(known.scene.committee).post("/certificates", wanted(known, **wrong))
    assert answer.json["code"] == code


def test_nobody_issues_their_own(client: Clients, session: Session, known: Known) -> None:
    clerk = known.scene.committee
    hours(session, known, clerk, state=DONE)
    answer = client(clerk).post("/certificates", wanted(known, person_id=str(clerk.id)))
    assert answer.json["code"] == "certificate_not_for_oneself"


def test_who_holds_the_paper_learns_whether_it_holds_and_what_stands_on_it(
    client: Clients, session: Session, known: Known
) -> None:
    found = issued(client, session, known)
    asked = {"number": found["number"], "code": found["code"].lower()}
    anybody = client()
    answer = anybody.post("/certificates/check", asked)
    assert answer.json["valid"] is True
    assert answer.json["certificate"]["hours"] == "4.75"
    assert not {"id", "code", "version"} & set(answer.json["certificate"])
    nothing = {"valid": False, "certificate": None}
    for other in ({"code": "0000000000"}, {"number": "1-2026-0001"}):
        assert anybody.post("/certificates/check", asked | other).json == nothing


def test_a_certificate_falls_when_hours_that_it_counts_are_voided(
    client: Clients, session: Session, known: Known
) -> None:
    found = issued(client, session, known)
    clerk, leader = client(known.scene.committee), client(known.leader)
    row = client(known.scene.chen).get("/hours").json["items"][0]
    path = f"/hours/{row['id']}/moves"
    more = {"verb": "correct", "minutes": 120, "reason": "还多待了一会"}
    assert leader.post(path, more, version=1).status_code == 200
    assert clerk.get(f"/certificates/{found['id']}").json["revoked"] is False
    voided = clerk.post(path, {"verb": "void", "reason": "那天没有去"}, version=2)
    assert voided.status_code == 200
    fallen = clerk.get(f"/certificates/{found['id']}").json
    assert (fallen["revoked"], bool(fallen["revoke_reason"])) == (True, True)
    asked = {"number": found["number"], "code": found["code"]}
    assert client().post("/certificates/check", asked).json["valid"] is False
    assert len(made.found(AuditRow, AuditRow.verb == "revoked")) == 1
    paper = client(known.scene.chen).get(f"/certificates/{found['id']}/paper")
    assert paper.status_code == 200


def test_a_certificate_falls_when_a_visit_that_it_counts_is_taken_back(
    client: Clients, session: Session, known: Known
) -> None:
    record = made.done(session, known.door, known.scene.chen)
    counting.follow(session, Kind.VISIT, record.visit_id)
    session.commit()
    row = client(known.leader).get("/hours/to-confirm").json["items"][0]
    seen = [{"id": row["id"], "version": row["version"]}]
    client(known.leader).post("/hours/confirm", {"seen": seen})
    found = client(known.scene.committee).post("/certificates", wanted(known)).json
    with unwatched():
        session.get_one(Visit, record.visit_id).state = VisitState.CANCELLED
        session.commit()
    session.expire_all()
    counting.follow(session, Kind.VISIT, record.visit_id)
    session.commit()
    mine = client(known.scene.chen).get(f"/certificates/{found['id']}")
    assert mine.json["revoked"] is True


def test_the_committee_revokes_once_and_with_a_reason(
    client: Clients, session: Session, known: Known
) -> None:
    found = issued(client, session, known)
    path = f"/certificates/{found['id']}/revoke"
    said = {"reason": "名字写错了"}
    clerk = client(known.scene.committee)
    assert client(known.scene.chen).post(path, said, version=1).status_code == 403
    assert clerk.post(path, said, version=7).status_code == 412
    assert clerk.post(path, said, version=1).json["revoke_reason"] == "名字写错了"
    assert clerk.post(path, said, version=2).json["code"] == "certificate_already_revoked"


def test_others_see_no_certificate(client: Clients, session: Session, known: Known) -> None:
    found = issued(client, session, known)
    elsewhere = identity.member(
        session, OrganisationKind.RESIDENTS_COMMITTEE, identity.community(session)
    )
    for who in (known.scene.li, known.leader, elsewhere):
        assert client(who).get(f"/certificates/{found['id']}").status_code == 404
        assert client(who).get(f"/certificates/{found['id']}/paper").status_code == 404
    other = client(elsewhere).post(
        f"/certificates/{found['id']}/revoke", {"reason": "不对"}, version=1
    )
    assert other.status_code == 404
    assert client(elsewhere).post("/certificates", wanted(known)).status_code == 409


@pytest.mark.parametrize(
    ("quarters", "said"), [(0, "0"), (1, "0.25"), (2, "0.5"), (4, "1"), (40, "10"), (51, "12.75")]
)
def test_hours_on_paper_have_no_idle_noughts(quarters: int, said: str) -> None:
    assert hours_text(quarters) == said
