"""The addresses of GeoReport v2: what is offered, reporting, and following what was reported.

Reading needs no key, as the standard has it, but only places for which a key was given out are
open at all, and of them only what concerns public parts. Reporting needs a key.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import Response, current_app, request
from sqlalchemy.orm import Session

from app.core import clock, media
from app.core.guards import PUBLIC, Guard
from app.core.http import Area, Call
from app.identity.loading import Nobody
from app.open311 import links, present, queries, schemas, wire
from app.open311.holder import KeyHolder
from app.open311.queries import Asked
from app.open311.refusals import KeyMissing, KeyWrong, UnknownRequest, UnknownService
from app.open311.rules import asking, services
from app.open311.service import giving, posting
from app.tickets import catalogue

ROOT = "/open311/"

KEY = Guard("open311_key", lambda actor: isinstance(actor, KeyHolder))

area = Area("georeport", root=ROOT, url_prefix="v2", title="开放接口")


def caller(session: Session) -> KeyHolder | Nobody:
    """Who shows a key; nobody without one. KeyWrong for one that opens nothing."""
    shown = request.values.get("api_key")
    if not shown:
        return Nobody(KeyMissing)
    holder = queries.holder_of(session, shown)
    if holder is None:
        raise KeyWrong
    return holder


@area.get("/discovery.<fmt>", guard=PUBLIC, caller=caller, summary="Where the interface is")
def discover(_call: Call, fmt: str) -> Response:
    found = present.discovery(str(current_app.config["PUBLIC_URL"]))
    return wire.answer(fmt, "discovery", found)


@area.get(
    "/services.<fmt>",
    guard=PUBLIC,
    caller=caller,
    query=schemas.GeoReportSchema,
    summary="What may be reported",
)
def list_services(call: Call, fmt: str) -> Response:
    queries.open_scopes(call.session, call.query.get("jurisdiction_id"))
    found = [present.service(one) for one in services.offered(catalogue.common()).values()]
    return wire.answer(fmt, "services", found)


@area.get(
    "/services/<code>.<fmt>",
    guard=PUBLIC,
    caller=caller,
    query=schemas.GeoReportSchema,
    summary="What may be said with a report",
)
def define_service(call: Call, code: str, fmt: str) -> Response:
    if code not in services.offered(catalogue.common()):
        raise UnknownService
    scopes = queries.open_scopes(call.session, call.query.get("jurisdiction_id"))
    communities = {scope.community_id for scope in scopes}
    places = queries.places_named(call.session, scopes) if len(communities) == 1 else {}
    return wire.answer(fmt, "service_definition", present.definition(code, places))


@area.post(
    "/requests.<fmt>",
    guard=KEY,
    caller=caller,
    query=schemas.GeoReportSchema,
    body=schemas.ServiceRequestSchema,
    form=True,
    idempotent=False,  # the standard has no keys for repeats
    prepare=giving.count_use,
    summary="Report a matter from another system",
)
def post_request(call: Call, fmt: str) -> Response:
    ticket = posting.post(call.session, call.actor, call.query | call.body)
    return wire.answer(fmt, "service_requests", [present.receipt(ticket)])


@area.get(
    "/requests.<fmt>",
    guard=PUBLIC,
    caller=caller,
    query=schemas.RequestsQuery,
    summary="Matters of public parts",
)
def list_requests(call: Call, fmt: str) -> Response:
    scopes = queries.open_scopes(call.session, call.query.get("jurisdiction_id"))
    rows = queries.requests(call.session, scopes, _asked(call.query))
    if not rows and "service_request_id" in call.query:
        raise UnknownRequest
    return wire.answer(fmt, "service_requests", _shown(call, rows))


@area.get(
    "/requests/<request_id>.<fmt>",
    guard=PUBLIC,
    caller=caller,
    query=schemas.GeoReportSchema,
    summary="One matter of a public part",
)
def get_request(call: Call, request_id: str, fmt: str) -> Response:
    return wire.answer(fmt, "service_requests", _shown(call, [_one(call, request_id)]))


@area.get(
    "/tokens/<token>.<fmt>",
    guard=PUBLIC,
    caller=caller,
    query=schemas.GeoReportSchema,
    summary="The number behind a token",
)
def get_token(call: Call, token: str, fmt: str) -> Response:
    """Reports get their id at once, so that the token of a report is that id."""
    found = str(_one(call, token).id)
    return wire.answer(fmt, "service_requests", [{"service_request_id": found, "token": found}])


@area.get("/media/<token>.jpg", guard=PUBLIC, caller=caller, summary="The picture of a report")
def get_picture(call: Call, token: str) -> Response:
    found = links.digest_in(token)
    scopes = queries.open_scopes(call.session, None)
    picture = queries.picture(call.session, scopes, found) if found else None
    if picture is None:
        raise UnknownRequest
    return media.sent(picture)


def _shown(call: Call, rows: Sequence[Any]) -> list[dict[str, Any]]:
    """Matters as the caller sees them: a system gets links to the pictures of its own."""
    own = [row.id for row in rows if row.reporter_id == getattr(call.actor, "id", None)]
    root = present.root(str(current_app.config["PUBLIC_URL"]))
    pictures = {
        ticket_id: links.link(root, found)
        for ticket_id, found in queries.first_pictures(call.session, own).items()
    }
    return [present.request(row, call.actor, pictures.get(row.id)) for row in rows]


def _one(call: Call, request_id: str) -> Any:
    scopes = queries.open_scopes(call.session, call.query.get("jurisdiction_id"))
    rows = queries.requests(call.session, scopes, Asked(ids=_ids([request_id])))
    if not rows:
        raise UnknownRequest
    return rows[0]


def _ids(words: list[str]) -> list[UUID]:
    """The ids among these words; others name nothing that we have."""
    found = []
    for word in words:
        try:
            found.append(UUID(word))
        except ValueError:
            continue
    return found


def _asked(query: dict[str, Any]) -> Asked:
    """Which requests the query wants. Ids override all else, as the standard has it."""
    pages = {"page": query["page"], "page_size": query["page_size"]}
    if "service_request_id" in query:
        return Asked(ids=_ids(query["service_request_id"]), **pages)
    codes = query.get("service_code")
    if codes and set(codes) - set(services.readable(catalogue.common())):
        raise UnknownService
    start, end = query.get("start_date"), query.get("end_date")
    after, before = query.get("updated_after"), query.get("updated_before")
    undated = start is None and end is None and (after or before)
    return Asked(
        codes=codes or None,
        statuses=services.statuses(set(query["status"])) if query.get("status") else None,
        requested=None if undated else asking.span(start, end, clock.now()),
        updated_after=after,
        updated_before=before,
        **pages,
    )
