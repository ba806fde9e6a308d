"""The administrator whom nobody invites: made on the server, once."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import cli
from app.core import clock
from app.core.audit import AuditRow
from app.core.keys import keys
from app.identity.models import Organisation, Person
from app.identity.place_scope import Place
from app.identity.rules import OrganisationKind, PlaceKind, Role
from tests.clients import Client
from tests.factories import identity as make

MakeClient = Callable[..., Client]
Ask = Callable[..., Result]
PHONE, PASSWORD = "19912340001", "窗前一盏小灯亮着"


@pytest.fixture
def ask(app: Flask) -> Ask:
    """Run the command; what is not given as an option is typed."""
    cli.register(app)

    def run(*options: str, phone: str = PHONE, password: str = PASSWORD) -> Result:
        typed = f"林科长\n{phone}\n320113\n栖霞区\n{password}\n{password}\n"
        return app.test_cli_runner().invoke(args=["honglin", "first-admin", *options], input=typed)

    return run


def count(session: Session, table: type[Person | Organisation | Place]) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def test_the_first_administrator_is_made_and_signs_in(
    session: Session, client: MakeClient, ask: Ask
) -> None:
    answer = ask()
    assert answer.exit_code == 0, answer.output
    assert PASSWORD not in answer.output
    body = {"phone": PHONE, "password": PASSWORD, "device_name": "办公室"}
    arrived = client().post("/session", body)
    assert arrived.status_code == 201
    office = session.scalars(select(Organisation)).one()
    assert (office.kind, office.name) == (OrganisationKind.DISTRICT, "栖霞区")
    assert session.scalars(select(AuditRow.subject_kind)).all().count("membership") == 1


def test_where_there_is_an_administrator_a_second_is_made_only_when_asked_for(
    session: Session, ask: Ask
) -> None:
    assert ask().exit_code == 0
    refused = ask(phone="19912340002")
    assert refused.exit_code == 1
    assert "--another" in refused.output
    assert ask("--another", phone="19912340002").exit_code == 0
    assert (count(session, Person), count(session, Organisation)) == (2, 1)
    assert session.scalars(select(Place.code)).all() == ["320113"]


def test_an_administrator_whose_post_has_ended_does_not_count(session: Session, ask: Ask) -> None:
    district = make.place(session, PlaceKind.DISTRICT)
    office = make.organisation(session, OrganisationKind.DISTRICT, district)
    post = make.post(session, make.person(session), office, Role.ADMIN)
    post.until_date = clock.today() - timedelta(days=1)
    make.stored(session, post)
    assert ask().exit_code == 0


@pytest.mark.parametrize(
    ("typed", "said"),
    [({"phone": "1991234"}, "11 位"), ({"password": "11111111"}, "密码")],
)
def test_what_cannot_be_is_refused_in_a_sentence_and_leaves_nothing(
    session: Session, ask: Ask, typed: dict[str, str], said: str
) -> None:
    answer = ask(**typed)
    assert answer.exit_code == 1
    assert said in answer.output.splitlines()[-1]
    assert (count(session, Person), count(session, Place)) == (0, 0)


def test_a_number_that_has_an_account_is_not_taken_over(session: Session, ask: Ask) -> None:
    other = make.person(session)
    answer = ask(phone=other.phone)
    assert answer.exit_code == 1
    assert "已有账号" in answer.output
    found = session.scalars(select(Person).where(Person.phone_blind == keys().blind(other.phone)))
    assert found.one().name == other.name
