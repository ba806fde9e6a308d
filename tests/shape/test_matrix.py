"""Every route × every role. The table says who gets past which guard; the walk holds it."""

import re
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.core.http import Operation
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
}
# After these the person is signed out, so they come last.
ENDS_SESSION = {"DELETE /api/v1/session", "DELETE /api/v1/devices"}


def passes(role: str, guard: str) -> bool:
    return any(role in PASSES[name] for name in guard.split("|"))


@pytest.fixture(scope="module")
def settled(app: Flask) -> Flask:
    with app.app_context():
        people.settle()
    return app


class Caller:
    """One role at the door, with the cookie and the token that a browser would have."""

    def __init__(self, app: Flask, role: str) -> None:
        self.client: FlaskClient = app.test_client()
        self.csrf = ""
        if role != "anonymous":
            wanted = {
                "phone": people.phone_of(role),
                "password": people.PASSWORD,
                "device_name": "试",
            }
            self.csrf = self.client.post("/api/v1/session", json=wanted).json["csrf_token"]

    def call(self, operation: Operation) -> TestResponse:
        """The operation on things that do not exist, with a body that is plausible."""
        path = re.sub(r"<uuid:\w+>", lambda _: str(uuid4()), operation.rule)
        path = re.sub(r"<int:\w+>", "1", path)
        path = re.sub(r"<\w+>", "0" * 64, path)
        sent = plausible.body(operation.body()) if operation.body else None
        query = plausible.body(operation.query()) if operation.query else {}
        headers = {"X-CSRF-Token": self.csrf, "Idempotency-Key": str(uuid4()), "If-Match": "1"}
        shape = {"data": sent} if operation.form else {"json": sent}
        return self.client.open(
            path, method=operation.method, headers=headers, query_string=query, **shape
        )


def ordered(app: Flask) -> list[Operation]:
    return sorted(operations(app), key=lambda operation: named(operation) in ENDS_SESSION)


def wrong(operation: Operation, role: str, answer: TestResponse) -> bool:
    """Whether this answer is not what the table promises."""
    if not passes(role, operation.guard.name):
        return answer.status_code != (401 if role == "anonymous" else 403)
    turned_away = answer.status_code in (401, 403) and operation.guard.name != "public"
    found_nothing_to_find = "<uuid:" in operation.rule and answer.status_code < 300
    return turned_away or found_nothing_to_find or answer.status_code >= 500


@pytest.mark.parametrize("role", sorted(ANYBODY))
def test_a_role_gets_past_its_own_guards_and_no_other(settled: Flask, role: str) -> None:
    caller = Caller(settled, role)
    answers = [(operation, caller.call(operation)) for operation in ordered(settled)]
    surprises = {
        f"{named(operation)} ({operation.guard.name})": f"{answer.status_code} {answer.text[:200]}"
        for operation, answer in answers
        if wrong(operation, role, answer)
    }
    assert not surprises


@pytest.mark.parametrize("role", sorted(SIGNED_IN))
def test_a_write_without_the_token_of_the_page_is_refused(settled: Flask, role: str) -> None:
    caller = Caller(settled, role)
    caller.csrf = "of another page"
    taken = {
        named(operation): answer.status_code
        for operation in operations(settled)
        if operation.writes
        and passes(role, operation.guard.name)
        and (answer := caller.call(operation)).status_code != 403
    }
    assert not taken


def test_the_table_knows_every_guard(app: Flask) -> None:
    used = {name for each in operations(app) for name in each.guard.name.split("|")}
    assert used <= set(PASSES)
