"""After a change of the key towards push services nobody counts as reached who is not."""

import json
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import cli
from app.core import keys
from app.core.audit import AuditRow
from tests.factories.visits import Scene, scene
from tests.notifications.test_reach import Clients, rung, unreachable


@pytest.fixture
def known(session: Session) -> Scene:
    return scene(session)


def test_who_was_rung_until_now_is_at_once_among_the_unreachable(
    app: Flask, session: Session, client: Clients, known: Scene
) -> None:
    rung(session, known.chen)
    committee = client(known.committee)
    assert str(known.chen.id) not in unreachable(committee)
    said = app.test_cli_runner().invoke(cli.group, ["push-key-changed"])
    assert said.output == "1 devices until their owners open the app\n"
    assert unreachable(committee)[str(known.chen.id)] == "devices_fail"
    logged = session.scalars(select(AuditRow).where(AuditRow.subject_kind == "push_key")).one()
    assert (logged.verb, logged.details) == ("changed", {"devices": 1})


def test_another_key_leaves_all_other_secrets_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    before = keys.load_or_make(path)
    keys.renew_vapid(path)
    after = keys.load_or_make(path)
    changed = {name for name, one in vars(after).items() if vars(before)[name] != one}
    assert changed == {"vapid_private", "vapid_public"}
    assert path.stat().st_mode & 0o777 == 0o600
    assert json.loads(path.read_text()).keys() == vars(before).keys()
    assert list(tmp_path.iterdir()) == [path], "no draft is left"
