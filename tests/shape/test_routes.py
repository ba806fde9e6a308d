"""Every route is an operation with a guard, and what the public may do is a short list."""

import json
import re
from collections.abc import Iterator

from flask import Flask
from marshmallow import EXCLUDE, INCLUDE, Schema

from app.core.edge import flatten
from app.core.operation import Operation
from tests.shape.test_words import HAN, foreign

# Served without an operation, because they are about the operations.
ABOUT_THE_API = {"/api/v1/openapi.json", "/api/v1/"}
# What somebody without an account may do: sign in, and take up an invitation.
OPEN_TO_ALL = {
    "POST /api/v1/session",
    "GET /api/v1/invitations/open/<token>",
    "POST /api/v1/invitations/open/<token>",
}
# What another system may do without a key: read what concerns public parts (app/open311).
OPEN_TO_ALL |= {
    "GET /open311/v2/discovery.<fmt>",
    "GET /open311/v2/services.<fmt>",
    "GET /open311/v2/services/<code>.<fmt>",
    "GET /open311/v2/requests.<fmt>",
    "GET /open311/v2/requests/<request_id>.<fmt>",
    "GET /open311/v2/tokens/<token>.<fmt>",
    "GET /open311/v2/media/<token>.jpg",  # signed
}
# The page behind the code on a stairwell door (app/residents).
OPEN_TO_ALL |= {"GET /api/v1/door/<token>"}
# Whoever holds a certificate of service hours asks whether it holds (app/hours).
OPEN_TO_ALL |= {"POST /api/v1/certificates/check"}
# Where routes are operations: ours, and those that a standard of others wants elsewhere.
ROOTS = ("/api", "/open311")
# Writes that happen once by their nature, so they need no key.
ONCE_BY_NATURE = {
    "DELETE /api/v1/session",
    "PUT /api/v1/media/<digest>",  # the hash is the key
    "PUT /api/v1/media/<digest>/upload",
    "PUT /api/v1/door/<token>/photos/<digest>",
    "PUT /api/v1/follow/<token>/photos/<digest>",
    "POST /api/v1/push/receipts/<token>",  # the same again says the same
    "PUT /api/v1/sync/device",  # how it is now, whatever was said before
}
# Writes that must not be answered from memory, or that a standard of others knows no key for.
WITHOUT_A_KEY = {
    "POST /api/v1/open311/keys",  # its answer is shown once, and kept nowhere
    "POST /api/v1/calendar/addresses",  # and this one's
    "POST /api/v1/webhooks",  # so is this one's
    "POST /open311/v2/requests.<fmt>",
    "POST /api/v1/hours/ledger/file",  # a file, written anew each time
}
JUNK = ("", "x" * 100_000, "不对", -(10**9), 1.5, True, None, [], ["不对"], {}, {"a": 1})


def operations(app: Flask) -> list[Operation]:
    found: list[Operation] = app.extensions["operations"]
    return found


def named(operation: Operation) -> str:
    return f"{operation.method} {operation.rule}"


def test_every_api_route_is_an_operation(app: Flask) -> None:
    declared = {named(operation) for operation in operations(app)}
    served = {
        f"{method} {rule.rule}"
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(ROOTS) and rule.rule not in ABOUT_THE_API
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert served == declared


def test_what_is_outside_the_api_only_reads(app: Flask) -> None:
    writing = {
        rule.rule
        for rule in app.url_map.iter_rules()
        if not rule.rule.startswith(ROOTS) and (rule.methods or set()) - {"GET", "HEAD", "OPTIONS"}
    }
    assert not writing


def test_only_a_short_list_is_open_to_all(app: Flask) -> None:
    public = {named(each) for each in operations(app) if each.guard.name == "public"}
    assert public <= OPEN_TO_ALL


def test_every_write_takes_a_key(app: Flask) -> None:
    without = {
        named(each)
        for each in operations(app)
        if each.writes and not each.idempotent and each.guard.name != "public"
    }
    assert without <= ONCE_BY_NATURE | WITHOUT_A_KEY


def test_only_other_systems_devices_and_those_without_an_account_are_known_by_a_key(
    app: Flask,
) -> None:
    """Everywhere else it is the person signed in, with the token of the page on each write."""
    keyed = ("/open311/", "/api/v1/door/", "/api/v1/follow/")
    keyed += ("/api/v1/push/receipts/", "/api/v1/calendar/feeds/")
    elsewhere = {named(each) for each in operations(app) if each.rule.startswith(keyed)}
    assert {named(each) for each in operations(app) if each.caller} == elsewhere


def test_every_operation_is_described_in_a_sentence(app: Flask) -> None:
    vague = [
        named(each)
        for each in operations(app)
        if not re.match(r"[A-Z]\S* ?.*[^.]$", each.summary) or not HAN.search(each.tag)
    ]
    assert not vague


def test_every_read_documents_its_answer_or_sends_a_file(app: Flask) -> None:
    files = {"GET /api/v1/media/<digest>", "GET /api/v1/follow/<token>/photos/<digest>"}
    files |= {"GET /api/v1/reports/rates.xlsx", "GET /api/v1/reports/rates.csv"}
    files.add("GET /api/v1/certificates/<uuid:certificate_id>/paper")
    files.add("GET /api/v1/summons/<uuid:call_id>/sheet.xlsx")
    files.add("GET /api/v1/tickets/exports/<uuid:job_id>/file")
    files.add("GET /api/v1/tickets/imports/<uuid:import_id>/result.<kind>")
    files.add("GET /api/v1/tickets/imports/sources/<uuid:source_id>/endings.<kind>")
    silent = {
        named(each)
        for each in operations(app)
        if not each.writes
        and each.answer is None
        and each.caller is None  # their standard documents it
        and "template" not in each.rule
    }
    assert silent <= files


def schemas(app: Flask) -> Iterator[tuple[str, Schema]]:
    for operation in operations(app):
        for schema in (operation.body, operation.query):
            if schema:
                yield named(operation), schema()


def test_unknown_fields_are_refused(app: Flask) -> None:
    """But for clients that others wrote: what their standard adds is left unread."""
    lax = {name for name, schema in schemas(app) if schema.unknown in (EXCLUDE, INCLUDE)}
    assert lax <= {named(each) for each in operations(app) if each.rule.startswith("/open311/")}


def test_whatever_is_wrong_in_a_form_is_said_in_chinese(app: Flask) -> None:
    english: dict[str, list[str]] = {}
    for name, schema in schemas(app):
        trials: list[dict[str, object]] = [{}, {"nothing_we_know": 1}]
        trials += [{field: junk} for field in schema.fields for junk in JUNK]
        for trial in trials:
            for field, said in flatten(schema.validate(trial)).items():
                wrong = [one for one in said if foreign(one) or not HAN.search(one)]
                if wrong:
                    english.setdefault(f"{name} {field}", wrong)
    assert not english, json.dumps(english, ensure_ascii=False, indent=1)
