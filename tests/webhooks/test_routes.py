"""Who adds, tries, resumes and removes webhooks, and what they see."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app.core import claiming, outbox
from app.core.audit import AuditRow
from app.notifications.models import InboxItem
from app.webhooks.models import Webhook
from app.webhooks.service import sending
from app.webhooks.service.sending import Tried
from tests.clients import Client
from tests.factories import tickets
from tests.factories.tickets import Neighbourhood
from tests.webhooks.receiver import Receiver

Clients = Callable[..., Client]


def asked(here: Neighbourhood, **said: Any) -> dict[str, Any]:
    return {
        "name": "市民热线",
        "url": "https://hotline.example.test/hook",
        "kinds": ["ticket.moved", "ticket.opened"],
        "place_id": str(here.community.id),
    } | said


def test_a_webhook_is_added_and_its_secret_shown_once(
    client: Clients, session: Session, here: Neighbourhood
) -> None:
    committee = client(here.people["committee"])
    added = committee.post("/webhooks", asked(here))
    assert added.status_code == 201, added.text
    [listed] = committee.get("/webhooks").json["items"]
    assert "secret" not in listed
    assert listed["kinds"] == ["ticket.opened", "ticket.moved"]
    assert listed["stopped_at"] is None
    kept = session.execute(text("SELECT secret FROM webhook")).scalar()
    assert added.json["secret"] not in kept
    assert session.scalars(select(Webhook)).one().secret == added.json["secret"]
    assert session.execute(text("SELECT count(*) FROM idempotency")).scalar() == 0


@pytest.mark.parametrize(
    "url",
    [
        "http://hotline.example.test/hook",
        "https://127.0.0.1/hook",
        "https://[::1]/hook",
        "https://user:word@example.test/",
        "ftp://example.test/",
        "hook",
    ],
)
def test_an_address_that_nothing_is_sent_to_is_refused(
    client: Clients, here: Neighbourhood, url: str
) -> None:
    answer = client(here.people["committee"]).post("/webhooks", asked(here, url=url))
    assert answer.status_code == 422
    assert list(answer.json["errors"]) == ["url"]


@pytest.mark.parametrize("word", ["property", "owners", "volunteer", "social", "subdistrict"])
def test_others_may_not(client: Clients, here: Neighbourhood, word: str) -> None:
    assert client(here.people[word]).post("/webhooks", asked(here)).status_code == 403


def test_webhooks_of_other_communities_are_not_there(
    client: Clients, session: Session, here: Neighbourhood, hook: Webhook
) -> None:
    elsewhere = tickets.neighbourhood(session)
    session.commit()
    stranger = client(elsewhere.people["committee"])
    assert stranger.post("/webhooks", asked(here)).status_code == 404
    assert stranger.get("/webhooks").json["items"] == []
    for call in (f"/webhooks/{hook.id}/test", f"/webhooks/{hook.id}/resume"):
        assert stranger.post(call).status_code == 404
    assert stranger.delete(f"/webhooks/{hook.id}").status_code == 404


def test_a_trial_arrives(
    client: Clients, here: Neighbourhood, hook: Webhook, receiver: Receiver
) -> None:
    tried = client(here.people["committee"]).post(f"/webhooks/{hook.id}/test")
    assert tried.status_code == 202
    outbox.deliver(claiming.claim())
    [(headers, _)] = receiver.arrived
    assert headers["x-honglin-delivery"] == tried.json["id"]
    assert headers["x-honglin-kind"] == "trial"


def test_a_webhook_that_was_given_up_is_resumed(
    client: Clients, session: Session, here: Neighbourhood, hook: Webhook, receiver: Receiver
) -> None:
    committee = client(here.people["committee"])
    sending.failed(session, hook.id, Tried(id="1", kind="trial", status=410), gone=True)
    session.commit()
    [listed] = committee.get("/webhooks").json["items"]
    assert (listed["failures"], listed["stopped_at"] is None) == (1, False)
    committee.post(f"/webhooks/{hook.id}/test")
    outbox.deliver(claiming.claim())
    assert receiver.arrived == []
    resumed = committee.post(f"/webhooks/{hook.id}/resume")
    assert (resumed.json["failures"], resumed.json["stopped_at"]) == (0, None)
    item = session.scalars(select(InboxItem).where(InboxItem.about == hook.id)).first()
    assert item.read_at is not None
    session.rollback()
    committee.post(f"/webhooks/{hook.id}/test")
    outbox.deliver(claiming.claim())
    assert len(receiver.arrived) == 1


def test_a_removed_webhook_hears_nothing_more(
    client: Clients, session: Session, here: Neighbourhood, hook: Webhook, receiver: Receiver
) -> None:
    committee = client(here.people["committee"])
    committee.post(f"/webhooks/{hook.id}/test")
    assert committee.delete(f"/webhooks/{hook.id}").status_code == 204
    assert committee.delete(f"/webhooks/{hook.id}").status_code == 404
    tickets.report(session, here)
    session.commit()
    outbox.deliver(claiming.claim())
    assert receiver.arrived == []
    found = select(AuditRow.verb).where(AuditRow.subject_id == UUID(str(hook.id)))
    assert session.scalars(found.order_by(AuditRow.at)).all() == ["added", "tried", "removed"]


def test_the_latest_tries_are_listed_with_their_result(
    client: Clients, here: Neighbourhood, hook: Webhook, receiver: Receiver
) -> None:
    committee = client(here.people["committee"])
    path = f"/webhooks/{hook.id}"
    assert committee.get(f"{path}/deliveries").json["items"] == []
    first = committee.post(f"{path}/test").json
    outbox.deliver(claiming.claim())
    [tried] = committee.get(f"{path}/deliveries").json["items"]
    assert (tried["id"], tried["kind"], tried["taken"]) == (first["id"], "trial", True)
    assert 200 <= tried["status"] < 300
    assert client(here.people["property"]).get(f"{path}/deliveries").status_code == 403


def test_only_so_many_tries_are_kept(
    client: Clients, session: Session, here: Neighbourhood, hook: Webhook
) -> None:
    for number in range(sending.RECENT + 5):
        sending.failed(session, hook.id, Tried(id=str(number), kind="trial", status=None))
    session.commit()
    items = client(here.people["committee"]).get(f"/webhooks/{hook.id}/deliveries").json["items"]
    assert [one["id"] for one in items][:2] == [str(sending.RECENT + 4), str(sending.RECENT + 3)]
    assert len(items) == sending.RECENT
    assert not items[0]["taken"]


def test_a_paused_webhook_hears_nothing_until_it_is_resumed(
    client: Clients, session: Session, here: Neighbourhood, hook: Webhook, receiver: Receiver
) -> None:
    committee = client(here.people["committee"])
    paused = committee.post(f"/webhooks/{hook.id}/pause")
    assert paused.json["stopped_at"] is not None
    tickets.report(session, here)
    session.commit()
    outbox.deliver(claiming.claim())
    assert receiver.arrived == []
    assert committee.post(f"/webhooks/{hook.id}/resume").json["stopped_at"] is None
    verbs = session.scalars(
        select(AuditRow.verb).where(AuditRow.subject_id == hook.id).order_by(AuditRow.id)
    ).all()
    assert verbs[-2:] == ["paused", "resumed"]
