"""The HTTP edge: one request, one transaction, decided here and nowhere else.

Order of things: who is it → may they → is it really our page (CSRF) → parse → one session:
idempotency, the view, commit. Whatever is refused on the way leaves nothing behind.
"""

import hmac
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import msgspec
from flask import Response, current_app, request
from flask_login import current_user
from marshmallow import Schema, ValidationError
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from app.core import idempotency, known, packing, receipts
from app.core.db import database, looking
from app.core.errors import (
    BadRequest,
    Conflict,
    CsrfRefused,
    Invalid,
    NotAllowed,
    NotFound,
    Refusal,
    Stale,
    VersionNeeded,
)
from app.core.guards import PUBLIC
from app.core.operation import Call, Operation, operations

JSON = "application/json; charset=utf-8"
encode = msgspec.json.Encoder(enc_hook=str).encode


def runner(operation: Operation) -> Callable[..., Response]:
    """The Flask view that runs an operation."""

    def run(**path: Any) -> Response:
        request.max_content_length = operation.largest_body
        if operation.writes:
            return _write(operation, path)
        with looking() as session:
            actor = _who(operation, session)
            call = Call(session, actor, _body(operation), _query(operation))
            response = _finish(call, _respond(operation, call, path))
        return packing.pack(response) if operation.packed else response

    return run


def _who(operation: Operation, session: Session) -> Any:
    """Who it is, if they may. Everything that tells it is read in this session."""
    with looking(session):
        known.refresh(session)
        actor = _caller(operation, session)
        _admit(operation, actor)
    return actor


def _caller(operation: Operation, session: Session) -> Any:
    """Who it is: the person signed in, or whom the operation's own way finds."""
    if operation.caller is not None:
        return operation.caller(session)
    return current_user._get_current_object()


def _admit(operation: Operation, actor: Any) -> None:
    """They may, and it is really our page. Otherwise NotAllowed, CsrfRefused, or what is said to
    somebody who is not signed in (`why`: SignInNeeded, or how their sign-in ended). Whoever shows
    a key of their own with each request need not come from our page: no browser adds it unasked.
    """
    if not operation.guard.allows(actor):
        raise NotAllowed if actor.is_authenticated else actor.why
    if operation.writes and operation.caller is None:
        check_origin()
        if actor.is_authenticated and operation.guard is not PUBLIC:
            check_csrf(actor.csrf_token)


def _query(operation: Operation) -> dict[str, Any]:
    return _load(operation.query, request.args.to_dict()) if operation.query else {}


def _body(operation: Operation) -> dict[str, Any]:
    return _load(operation.body, _payload(operation)) if operation.body else {}


def _finish(call: Call, response: Response) -> Response:
    """What is done to an answer once all is on disk (cookies)."""
    for effect in call.after:
        effect(response)
    return response


def _write(operation: Operation, path: dict[str, Any]) -> Response:
    """Run a write. Refused, it may have been the second of two that came at the same time: then it
    gets the answer of the first."""
    with database().session(write=True) as session:
        actor = _who(operation, session)
        key = idempotency.key_of(request) if _keyed(operation, actor) else None
        try:
            return _transact(operation, session, actor, path, key)
        except Refusal:
            if key is None:
                raise
            with database().transaction() as another:
                known = idempotency.seen(another, actor.id, key)
            if known is None:
                raise
            return _replayed(known, key)


def _transact(
    operation: Operation,
    session: Session,
    actor: Any,
    path: dict[str, Any],
    key: idempotency.Key | None,
) -> Response:
    query = _query(operation)
    body = _body(operation)
    version = _if_match() if operation.versioned else 0
    prepared = None
    if operation.prepare:
        session.rollback()  # nothing is held open while that takes its time
        prepared = operation.prepare(query | body)
    call = Call(session, actor, body, query, version, prepared)
    try:
        response = _once(operation, call, path, key)
        session.commit()
    except IntegrityError as clash:
        session.rollback()
        raise Conflict from clash
    except StaleDataError as late:
        session.rollback()
        raise _informed(Stale(), operation, actor, path) from late
    except Refusal as refusal:
        session.rollback()
        raise _informed(refusal, operation, actor, path) from refusal.__cause__
    except BaseException:
        session.rollback()
        raise
    return _finish(call, response)


def _once(
    operation: Operation, call: Call, path: dict[str, Any], key: idempotency.Key | None
) -> Response:
    """Run the view, unless this key was answered before; either way with the same receipt."""
    if key is None:
        return _respond(operation, call, path)
    known = idempotency.seen(call.session, call.actor.id, key)
    if known:
        return _replayed(known, key)
    response = _respond(operation, call, path)
    at = idempotency.remember(call.session, call.actor.id, key, response)
    receipts.stamp(response, key.value.bytes, at)
    return response


def _respond(operation: Operation, call: Call, path: dict[str, Any]) -> Response:
    answer = operation.view(call, **path)
    if isinstance(answer, Response):
        return answer
    if answer is None:
        return Response(status=204)
    raw = encode(answer)
    if operation.answer and current_app.config["CHECK_ANSWERS"]:
        check_answer(operation.answer, raw)
    return Response(raw, status=operation.status, content_type=JSON)


def check_answer(schema: type[Schema], raw: bytes) -> None:
    """Tests only: what we answer is what the contract says. AssertionError if not."""
    wrong = schema().validate(msgspec.json.decode(raw))
    if wrong:
        raise AssertionError(f"the answer breaks its contract {schema.__name__}: {wrong}")


def _keyed(operation: Operation, actor: Any) -> bool:
    return operation.writes and operation.idempotent and bool(actor.is_authenticated)


def _replayed(before: idempotency.Answered, key: idempotency.Key) -> Response:
    response = Response(before.body, status=before.status)
    response.headers["Idempotency-Replayed"] = "true"
    receipts.stamp(response, key.value.bytes, before.at)
    if before.body:
        response.content_type = JSON
    return response


@cache
def _made(schema: type[Schema]) -> Schema:
    """Making one copies all its fields; loading changes nothing on it."""
    return schema()


def _load(schema: type[Schema], raw: Any) -> dict[str, Any]:
    try:
        loaded: dict[str, Any] = _made(schema).load(raw)
    except ValidationError as wrong:
        raise Invalid(errors=flatten(wrong.messages)) from wrong
    return loaded


def flatten(messages: Any, prefix: str = "") -> dict[str, list[str]]:
    """marshmallow's nested messages as `{"windows.0.from": ["…"]}`."""
    if not isinstance(messages, dict):
        said = messages if isinstance(messages, list) else [messages]
        return {prefix or "_": [str(sentence) for sentence in said]}
    flat: dict[str, list[str]] = {}
    for name, inner in messages.items():
        dotted = prefix if name == "_schema" and prefix else f"{prefix}.{name}".strip(".")
        flat |= flatten(inner, dotted)
    return flat


def _payload(operation: Operation) -> Any:
    if operation.form:
        return request.form.to_dict()
    if not request.is_json:
        raise BadRequest("请求的内容要用 JSON。")
    try:
        payload = msgspec.json.decode(request.get_data())
    except (msgspec.DecodeError, UnicodeDecodeError) as bad:
        raise BadRequest from bad
    if not isinstance(payload, dict):
        raise BadRequest
    return payload


def _if_match() -> int:
    sent = request.headers.get("If-Match", "").strip().strip('"')
    if not sent:
        raise VersionNeeded
    if not sent.isdecimal() or len(sent) > 9:
        raise BadRequest("版本号不对，请刷新后再提交。")
    return int(sent)


def check_origin() -> None:
    """A write must come from our own page. CsrfRefused otherwise."""
    site = request.headers.get("Sec-Fetch-Site")
    if site not in (None, "same-origin", "none"):
        raise CsrfRefused
    origin = request.headers.get("Origin")
    if origin and urlsplit(origin).netloc != request.host:
        raise CsrfRefused


def check_csrf(token: str) -> None:
    """A signed-in write carries the token of its session. CsrfRefused otherwise."""
    if not hmac.compare_digest(request.headers.get("X-CSRF-Token", ""), token):
        raise CsrfRefused


def _informed(refusal: Refusal, operation: Operation, actor: Any, path: dict[str, Any]) -> Refusal:
    """The refusal, with the present state where it promises that: what the GET of the same thing
    answers this actor, if they may still see it."""
    readers = [
        candidate
        for candidate in operations()
        if candidate.method == "GET"
        and operation.rule.startswith(candidate.rule)
        and 0 < candidate.rule.count("<") == len(path)
        and candidate.guard.allows(actor)
    ]
    if not refusal.with_current or not readers:
        return refusal
    reader = max(readers, key=lambda candidate: len(candidate.rule))
    with suppress(NotFound), database().reading() as session:
        refusal.extra["current"] = reader.view(Call(session=session, actor=actor), **path)
    return refusal
