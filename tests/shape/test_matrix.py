"""Every route × every role. The table says who gets past which guard; the walk holds it."""

import re
from uuid import uuid4

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.core.operation import Operation
from app.identity.models import Person
from tests.clients import Client
from tests.shape import people, plausible
from tests.shape.test_routes import named, operations

ANYBODY = {"anonymous", *people.ROLES}
SIGNED_IN = set(people.ROLES)
PASSES = {
    "public": ANYBODY,
    "signed_in": SIGNED_IN,
    "office": SIGNED_IN - {"volunteer"},
    "committee": {"committee"},
    "property": {"property"},
    "volunteer": {"volunteer"},
    "admin": {"admin"},
    "open311_key": set(),  # no person: another system
    "door_form": set(),  # no account: somebody in front of a door
    "calendar_address": set(),  # a program that reads a calendar
    "push_slip": set(),  # a device that was rung, whoever is signed in there by now
    "follow_link": set(),  # nor here: who holds the link to what they reported
}
# After these the person is signed out: they come last, each with a sign-in of its own.
ENDS_SESSION = {"DELETE /api/v1/session", "DELETE /api/v1/devices"}


def passes(role: str, guard: str) -> bool:
    return any(role in PASSES[name] for name in guard.split("|"))


@pytest.fixture(scope="module")
def everybody(app: Flask) -> dict[str, Person | None]:
    with app.app_context():
        return {"anonymous": None, **people.settle().people}


def arrive(app: Flask, person: Person | None) -> Client:
    with app.app_context():
        return Client(app, person)


def call(client: Client, operation: Operation, csrf: str | None = None) -> TestResponse:
    """The operation on things that do not exist, with a body that is plausible."""
    path = re.sub(r"<uuid:\w+>", lambda _: str(uuid4()), operation.rule)
    path = re.sub(r"<int:\w+>", "1", path)
    path = re.sub(r"<\w+>", "0" * 64, path)
    sent = plausible.body(operation.body()) if operation.body else None
    headers = {
        "X-CSRF-Token": client.csrf if csrf is None else csrf,
        "Idempotency-Key": str(uuid4()),
        "If-Match": "1",
    }
    return client.http.open(
        path,
        method=operation.method,
        headers=headers,
        query_string=plausible.body(operation.query()) if operation.query else {},
        json=None if operation.form else sent,
        data=sent if operation.form else None,
    )


def wrong(operation: Operation, role: str, answer: TestResponse) -> bool:
    """Whether this answer is not what the table promises."""
    if not passes(role, operation.guard.name):
        if operation.caller:  # whoever is signed in, it is the key that is missing
            return answer.status_code not in (403, 404)
        return answer.status_code != (401 if role == "anonymous" else 403)
    turned_away = answer.status_code in (401, 403) and operation.guard.name != "public"
    found_nothing_to_find = "<uuid:" in operation.rule and answer.status_code < 300
    return turned_away or found_nothing_to_find or answer.status_code >= 500


@pytest.mark.parametrize("role", sorted(ANYBODY))
def test_a_role_gets_past_its_own_guards_and_no_other(
    app: Flask, everybody: dict[str, Person | None], role: str
) -> None:
    client = arrive(app, everybody[role])
    surprises = {}
    for operation in sorted(operations(app), key=lambda each: named(each) in ENDS_SESSION):
        leaving = named(operation) in ENDS_SESSION
        caller = arrive(app, everybody[role]) if leaving else client
        answer = call(caller, operation)
        if wrong(operation, role, answer):
            said = f"{answer.status_code} {answer.text[:200]}"
            surprises[f"{named(operation)} ({operation.guard.name})"] = said
    assert not surprises


@pytest.mark.parametrize("role", sorted(SIGNED_IN))
def test_a_write_without_the_token_of_the_page_is_refused(
    app: Flask, everybody: dict[str, Person | None], role: str
) -> None:
    client = arrive(app, everybody[role])
    taken = {
        named(operation)
        for operation in operations(app)
        if operation.writes
        and operation.guard.name != "public"
        and passes(role, operation.guard.name)
        and call(client, operation, csrf="of another page").status_code != 403
    }
    assert not taken


def test_the_table_knows_every_guard(app: Flask) -> None:
    used = {name for each in operations(app) for name in each.guard.name.split("|")}
    assert used <= set(PASSES)
