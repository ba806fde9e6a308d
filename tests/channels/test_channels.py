"""A person names a channel, confirms it, uses it; and nobody else learns of it."""

import logging
from collections.abc import Callable, Collection, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Text, cast, select, text
from sqlalchemy.orm import Session

from app.channels import queries
from app.channels.models import OwnChannel
from app.channels.rules import State
from app.channels.service import sending
from app.core import clock, worker
from app.core.audit import AuditRow
from app.core.db import Base, database, uuid7
from app.core.outbox import OutboxRow
from app.core.outbox import State as Row
from app.identity.models import Person
from tests.auditing import unwatched
from tests.channels.receivers import Hooks, MailServer
from tests.clients import Client
from tests.factories.identity import person

ADDRESS = "wang.secret@example.test"
Clients = Callable[..., Client]


def add(client: Client, kind: str = "mail", address: str = ADDRESS) -> dict[str, Any]:
    answer = client.post("/me/channels", {"kind": kind, "address": address})
    assert answer.status_code == 201, answer.text
    return dict(answer.json or {})


def confirm(client: Client, channel_id: str, code: str) -> Any:
    return client.post(f"/me/channels/{channel_id}/confirm", {"code": code})


def ready(session: Session, who: Person, client: Client, mails: MailServer) -> OwnChannel:
    """A channel in use."""
    made = add(client)
    worker.carry_all(sending.KIND)
    confirm(client, made["id"], mails.got[-1].subject[-6:])
    return session.get_one(OwnChannel, UUID(made["id"]), populate_existing=True)


def moved(session: Session, channel_id: str, address: str) -> OwnChannel:
    """What nobody can name: an address of this machine."""
    channel = session.get_one(OwnChannel, UUID(channel_id))
    channel.address = address
    with unwatched():
        session.commit()
    return channel


def rows(session: Session) -> list[OutboxRow]:
    session.expire_all()
    return list(session.scalars(select(OutboxRow).where(OutboxRow.kind == sending.KIND)))


def tell(channel: OwnChannel, item_id: Any = None, **more: Any) -> None:
    said = {"item_id": str(item_id or uuid7()), "title": "有一件工单", "link": "/tickets/1"}
    with database().transaction() as session:
        until = more.pop("until", clock.now() + timedelta(hours=1))
        sending.send(session, {channel.id: {**said, "step": "own", **more}}, until)


class NobodyReads:
    """An inbox that nobody looks into; and what went through channels."""

    def may_ring(self, _session: Session, asked: Mapping[UUID, bool]) -> Collection[UUID]:
        return asked.keys()

    def took(self, _session: Session, _pairs: Collection[tuple[UUID, UUID]]) -> None:
        """It is not asked here."""


@pytest.fixture
def unread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody has read anything."""
    monkeypatch.setattr(sending, "INBOXES", {"test": NobodyReads()})


def test_a_channel_is_used_when_its_owner_has_typed_the_code(
    client: Clients, session: Session, somebody: Person, mails: MailServer
) -> None:
    phone = client(somebody)
    made = add(phone)
    assert (made["state"], made["address_masked"]) == ("unconfirmed", "w***@example.test")
    assert queries.in_use(session, [somebody.id]) == {}
    assert worker.carry_all(sending.KIND)
    assert [one.to for one in mails.got] == [ADDRESS]
    wrong = confirm(
        phone, made["id"], "000000" if mails.got[0].subject[-6:] != "000000" else "1" * 6
    )
    assert (wrong.json["state"], wrong.json["tries_left"]) == ("unconfirmed", 4)
    right = confirm(phone, made["id"], mails.got[0].subject[-6:])
    assert right.json["state"] == "ready"
    assert [str(one) for one in queries.in_use(session, [somebody.id])[somebody.id]] == [made["id"]]


def test_a_code_is_guessed_five_times_and_no_more(
    client: Clients, session: Session, somebody: Person, mails: MailServer
) -> None:
    phone = client(somebody)
    made = add(phone)
    right = sending.code_of(session.get_one(OwnChannel, UUID(made["id"])))
    wrong = f"{(int(right) + 1) % 10**6:06d}"
    for _ in range(5):
        assert confirm(phone, made["id"], wrong).status_code == 200
    assert confirm(phone, made["id"], right).json["code"] == "channel_code_over"
    again = phone.post(f"/me/channels/{made['id']}/code")
    assert again.json["tries_left"] == 5
    assert confirm(phone, made["id"], right).json["state"] == "unconfirmed"


def test_a_code_is_over_after_a_quarter_of_an_hour(
    client: Clients, session: Session, somebody: Person, mails: MailServer
) -> None:
    phone = client(somebody)
    made = add(phone)
    code = sending.code_of(session.get_one(OwnChannel, UUID(made["id"])))
    with clock.frozen(clock.now() + timedelta(minutes=16)):
        assert confirm(phone, made["id"], code).json["code"] == "channel_code_over"
        worker.carry_all(sending.KIND)
    assert mails.got == []


def test_nobody_has_codes_sent_all_day_long(
    client: Clients, somebody: Person, mails: MailServer
) -> None:
    phone = client(somebody)
    for number in range(10):
        made = add(phone, address=f"a{number}@example.test")
        assert phone.delete(f"/me/channels/{made['id']}").status_code == 204
    asked = phone.post("/me/channels", {"kind": "mail", "address": "b@example.test"})
    assert asked.json["code"] == "channel_codes_too_many"


def test_a_channel_is_nobody_elses_business(
    client: Clients, session: Session, somebody: Person, mails: MailServer
) -> None:
    made = add(client(somebody))
    other = person(session)
    session.commit()
    stranger = client(other)
    assert stranger.get("/me/channels").json["items"] == []
    for verb in ("confirm", "code", "test"):
        body = {"code": "123456"} if verb == "confirm" else None
        assert stranger.post(f"/me/channels/{made['id']}/{verb}", body).status_code == 404
    assert stranger.delete(f"/me/channels/{made['id']}").status_code == 404
    assert add(stranger)["state"] == "unconfirmed", "the same address may be two people's"


def test_an_address_is_nowhere_but_encrypted_in_its_row(
    client: Clients,
    session: Session,
    somebody: Person,
    mails: MailServer,
    unread: None,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    phone = client(somebody)
    channel = ready(session, somebody, phone, mails)
    code = sending.code_of(channel)
    tell(channel)
    mails.refuse = f"550 no such user {ADDRESS}"
    worker.carry_all(sending.KIND)
    assert len(mails.got) == 1, "the code alone was taken"
    local = ADDRESS.partition("@")[0]
    assert local not in caplog.text
    assert code not in caplog.text
    for table in ("own_channel", "outbox", "audit", "idempotency"):
        columns = Base.metadata.tables[table].columns
        raw = select(*(cast(column, Text) for column in columns)).execution_options()
        kept = str(session.execute(text(str(raw.compile(session.connection())))).all())
        assert local not in kept, table
        assert code not in kept, table
    assert ADDRESS not in phone.get("/me/channels").text
    verbs = session.scalars(select(AuditRow.verb).where(AuditRow.subject_kind == "own_channel"))
    assert sorted(verbs) == ["added", "broken", "confirmed"]


def test_what_leaves_says_no_more_than_the_words_and_a_link(
    client: Clients, session: Session, somebody: Person, mails: MailServer, unread: None
) -> None:
    channel = ready(session, somebody, client(somebody), mails)
    tell(channel)
    worker.carry_all(sending.KIND)
    assert mails.got[-1].subject == "有一件工单"
    assert mails.got[-1].text.strip() == "打开红邻看看：http://localhost/app/tickets/1"


def test_what_was_read_or_is_past_does_not_leave(
    client: Clients, session: Session, somebody: Person, mails: MailServer
) -> None:
    channel = ready(session, somebody, client(somebody), mails)
    tell(channel)  # nobody says that it is unread
    worker.carry_all(sending.KIND)
    assert len(mails.got) == 1
    assert {row.state for row in rows(session)} == {Row.DONE}


def test_a_channel_that_is_refused_for_good_is_broken_and_its_owner_sees_it(
    client: Clients, session: Session, somebody: Person, mails: MailServer, unread: None
) -> None:
    phone = client(somebody)
    channel = ready(session, somebody, phone, mails)
    mails.refuse = "550 no such user"
    tell(channel)
    worker.carry_all(sending.KIND)
    seen = phone.get("/me/channels").json["items"][0]
    assert seen["state"] == "broken"
    assert seen["why"]
    assert queries.in_use(session, [somebody.id]) == {}
    mails.refuse = ""
    again = phone.post(f"/me/channels/{channel.id}/code")
    assert again.json["state"] == "unconfirmed"
    worker.carry_all(sending.KIND)
    assert confirm(phone, str(channel.id), mails.got[-1].subject[-6:]).json["state"] == "ready"


def test_a_refusal_for_now_is_tried_again_and_breaks_nothing(
    client: Clients, session: Session, somebody: Person, mails: MailServer, unread: None
) -> None:
    phone = client(somebody)
    channel = ready(session, somebody, phone, mails)
    mails.refuse = "451 come back later"
    tell(channel)
    worker.carry_all(sending.KIND)
    seen = phone.get("/me/channels").json["items"][0]
    assert (seen["state"], seen["failed_at"] is not None) == ("ready", True)
    mails.refuse = ""
    with clock.frozen(clock.now() + timedelta(minutes=2)):
        worker.carry_all(sending.KIND)
    assert mails.got[-1].subject == "有一件工单"


def test_a_hook_of_ones_own_is_spoken_to_over_https(
    client: Clients, session: Session, somebody: Person, hooks: Hooks, unread: None
) -> None:
    phone = client(somebody)
    made = add(phone, "other", "https://hook.example.cn/x")
    channel = moved(session, made["id"], f"jsons://localhost:{hooks.port}/x")
    worker.carry_all(sending.KIND)
    path, said = hooks.got[0]
    assert path == "/x"
    code = said["title"][-6:]
    assert confirm(phone, made["id"], code).json["state"] == "ready"
    hooks.answers = [(302, {})]
    tell(channel)
    worker.carry_all(sending.KIND)
    assert [path for path, _ in hooks.got] == ["/x", "/x"], "no redirect is followed"
    session.refresh(channel)
    assert channel.state is State.BROKEN


def test_a_hook_that_leads_inside_is_not_called(
    client: Clients, session: Session, somebody: Person, hooks: Hooks, settings: dict[str, Any]
) -> None:
    settings["CHANNELS_ALLOW_PRIVATE"] = False
    made = add(client(somebody), "other", "https://hook.example.cn/x")
    channel = moved(session, made["id"], f"jsons://localhost:{hooks.port}/x")
    worker.carry_all(sending.KIND)
    assert hooks.got == []
    session.refresh(channel)
    assert channel.state is State.BROKEN


def test_what_is_not_set_up_is_not_offered(client: Clients, somebody: Person) -> None:
    phone = client(somebody)
    assert phone.get("/me/channels").json == {"items": [], "offered": ["other"]}
    asked = phone.post("/me/channels", {"kind": "mail", "address": ADDRESS})
    assert "kind" in asked.json["errors"]


def test_a_person_has_five_channels_and_each_once(
    client: Clients, somebody: Person, mails: MailServer
) -> None:
    phone = client(somebody)
    for number in range(5):
        add(phone, address=f"a{number}@example.test")
    twice = phone.post("/me/channels", {"kind": "mail", "address": "A1@Example.test"})
    assert twice.json["code"] == "channel_known"
    more = phone.post("/me/channels", {"kind": "mail", "address": "b@example.test"})
    assert more.json["code"] == "channels_too_many"
