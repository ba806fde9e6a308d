"""Certificates over HTTP: issued and revoked by the committee, fetched by whose they are, checked
by anybody who holds one."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import Response, current_app

from app.core.guards import PUBLIC, SIGNED_IN
from app.core.http import Area, Call, PageQuery, list_of, page_of
from app.hours import paper
from app.hours.models_certificates import Certificate
from app.hours.queries import certificates as queries
from app.hours.rules import KIND_NAMES, Kind
from app.hours.rules.minutes import hours_text
from app.hours.schemas_certificates import (
    CertificateSchema,
    CheckedSchema,
    CheckSchema,
    IssueSchema,
    RevokeSchema,
)
from app.hours.service import certificates
from app.hours.service.certificates import Wanted
from app.identity.guards import COMMITTEE
from app.places.queries import place_names

area = Area("certificates", url_prefix="/certificates", title="服务证明")

PRIVATE = ("id", "code", "revoked", "revoke_reason", "version")


@area.get(
    "",
    guard=SIGNED_IN,
    query=PageQuery,
    answer=list_of(CertificateSchema),
    summary="My own certificates, the latest first",
)
def list_certificates(call: Call) -> object:
    return _page(call, queries.mine(call.actor))


@area.get(
    "/issued",
    guard=COMMITTEE,
    query=PageQuery,
    answer=list_of(CertificateSchema),
    summary="The certificates of my communities, the latest first",
)
def list_issued_certificates(call: Call) -> object:
    return _page(call, queries.issued(call.actor))


@area.post(
    "",
    guard=COMMITTEE,
    body=IssueSchema,
    answer=CertificateSchema,
    status=201,
    summary="Issue a certificate of what is confirmed",
)
def post_certificate(call: Call) -> object:
    made = certificates.issue(call.session, call.actor, Wanted(**call.body))
    return _told(call, [made])[0]


@area.get(
    "/<uuid:certificate_id>",
    guard=SIGNED_IN,
    answer=CertificateSchema,
    summary="One certificate",
)
def get_certificate(call: Call, certificate_id: UUID) -> object:
    return _told(call, [queries.get(call.session, call.actor, certificate_id)])[0]


@area.post(
    "/<uuid:certificate_id>/revoke",
    guard=COMMITTEE,
    body=RevokeSchema,
    answer=CertificateSchema,
    versioned=True,
    summary="Say that a certificate holds no more",
)
def revoke_certificate(call: Call, certificate_id: UUID) -> object:
    reason = call.body["reason"]
    found = certificates.revoke(call.session, call.actor, certificate_id, call.version, reason)
    return _told(call, [found])[0]


@area.get("/<uuid:certificate_id>/paper", guard=SIGNED_IN, packed=False, summary="As a PDF")
def get_certificate_paper(call: Call, certificate_id: UUID) -> Response:
    found = queries.get(call.session, call.actor, certificate_id)
    address = f"{current_app.config['PUBLIC_URL']}/app/certificate#{found.number}.{found.code}"
    told = _told(call, [found])[0]
    for day in ("first", "last", "issued_on"):
        told[day] = f"{told[day]:%Y}年{told[day].month}月{told[day].day}日"
    response = Response(paper.certificate(told, address), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{found.number}.pdf"'
    return response


@area.post(
    "/check",
    guard=PUBLIC,
    asks=True,
    body=CheckSchema,
    answer=CheckedSchema,
    summary="Whether a certificate holds, by what stands on its paper",
)
def check_certificate(call: Call) -> object:
    found = queries.valid(call.session, call.body["number"], call.body["code"])
    if found is None:
        return {"valid": False, "certificate": None}
    told = _told(call, [found])[0]
    return {
        "valid": True,
        "certificate": {name: value for name, value in told.items() if name not in PRIVATE},
    }


def _page(call: Call, statement: Any) -> object:
    order = (Certificate.id.desc(),)
    page = page_of(call.session, statement, order=order, query=call.query, present=lambda row: row)
    return page | {"items": _told(call, page["items"])}


def _told(call: Call, found: Sequence[Certificate]) -> list[dict[str, Any]]:
    names = place_names(call.session, {one.community_id for one in found})
    return [
        {
            "id": one.id,
            "number": one.number,
            "code": one.code,
            "name": one.name,
            "community": names[one.community_id],
            "issuer": one.issuer,
            "handler": one.handler,
            "issued_on": one.issued_on,
            "first": one.first,
            "last": one.last,
            "hours": hours_text(one.quarters),
            "content": [
                {
                    "kind": line["kind"],
                    "name": KIND_NAMES[Kind(line["kind"])],
                    "times": line["times"],
                    "hours": hours_text(line["quarters"]),
                }
                for line in one.content
            ],
            "revoked": one.revoked_at is not None,
            "revoke_reason": one.revoke_reason,
            "version": one.version,
        }
        for one in found
    ]
