"""Certificates: issued by the committee from what is confirmed, revoked by it, and by themselves as
soon as hours that they count are voided or become fewer."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from secrets import choice
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.db import uuid7
from app.core.errors import Invalid, NotFound, Refusal, Stale
from app.core.events import publish
from app.core.receipts import LETTERS
from app.hours.events_certificates import CertificateIssued, CertificateRevoked
from app.hours.models import ServiceHours
from app.hours.models_certificates import Certificate, CertificateLine
from app.hours.queries import certificates as queries
from app.hours.queries import visible
from app.hours.rules import HoursState, Kind
from app.hours.rules.minutes import quarters
from app.identity.actor import COMMITTEE_KINDS, Actor
from app.identity.queries import people_named
from app.places.models import Place

CODE_LENGTH = 10
FELL = "证明里的时长后来作废或改少了。"


class NothingToCertify(Refusal):
    status, code = 409, "certificate_nothing_confirmed"
    title = "这段时间里没有确认过的时长，开不出证明。"


class NotForOneself(Refusal):
    status, code = 403, "certificate_not_for_oneself"
    title = "自己的证明要请同事来开。"


class AlreadyRevoked(Refusal):
    status, code = 409, "certificate_already_revoked"
    title = "这张证明已经作废了。"


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """For whom, and which days."""

    person_id: UUID
    first: date
    last: date


def issue(session: Session, actor: Actor, wanted: Wanted) -> Certificate:
    """A certificate of what is confirmed of somebody in these days, numbered within its community
    and year."""
    if wanted.person_id == actor.id:
        raise NotForOneself
    if wanted.last < wanted.first:
        raise Invalid(errors={"last": ["结束日期不能早于开始日期。"]})
    rows = _confirmed(session, actor, wanted)
    if not rows:
        raise NothingToCertify
    community = session.get_one(Place, rows[-1].community_id)
    rows = [row for row in rows if row.community_id == community.id]
    made = _numbered(session, actor, community, wanted)
    made.quarters = sum(quarters(row.minutes) for row in rows)
    made.content = _content(rows)
    session.add(made)
    session.flush()
    session.add_all(
        CertificateLine(certificate_id=made.id, hours_id=row.id, quarters=quarters(row.minutes))
        for row in rows
    )
    session.flush()
    publish(session, CertificateIssued(**_facts(made, actor.id)))
    return made


def _confirmed(session: Session, actor: Actor, wanted: Wanted) -> Sequence[ServiceHours]:
    return session.scalars(
        visible.ledger(actor)
        .where(
            ServiceHours.person_id == wanted.person_id,
            ServiceHours.state == HoursState.CONFIRMED,
            ServiceHours.on.between(wanted.first, wanted.last),
        )
        .order_by(ServiceHours.on, ServiceHours.id)
    ).all()


def _numbered(session: Session, actor: Actor, community: Place, wanted: Wanted) -> Certificate:
    today = clock.today()
    last = session.scalar(
        select(func.max(Certificate.serial)).where(
            Certificate.community_id == community.id, Certificate.year == today.year
        )
    )
    serial = (last or 0) + 1
    return Certificate(
        id=uuid7(),
        community_id=community.id,
        person_id=wanted.person_id,
        year=today.year,
        serial=serial,
        number=f"{community.code or community.id.hex[:12]}-{today.year}-{serial:04}",
        code="".join(choice(LETTERS) for _ in range(CODE_LENGTH)),
        name=people_named(session, [wanted.person_id])[wanted.person_id],
        issuer=_issuer(actor, community),
        handler=actor.name,
        handler_id=actor.id,
        issued_on=today,
        first=wanted.first,
        last=wanted.last,
    )


def _issuer(actor: Actor, community: Place) -> str:
    """The organisation for which the actor issues it."""
    names = [
        post.organisation_name
        for post in actor.posts
        if post.kind in COMMITTEE_KINDS and community.id in post.community_ids
    ]
    if not names:
        raise NotFound
    return names[0]


def _content(rows: Sequence[ServiceHours]) -> list[dict[str, str | int]]:
    times, sums = Counter[Kind](), Counter[Kind]()
    for row in rows:
        times[row.kind] += 1
        sums[row.kind] += quarters(row.minutes)
    return [
        {"kind": kind.value, "times": times[kind], "quarters": sums[kind]}
        for kind in Kind
        if times[kind]
    ]


def revoke(
    session: Session, actor: Actor, certificate_id: UUID, version: int, reason: str
) -> Certificate:
    """Say that a certificate holds no more."""
    found = queries.get(session, actor, certificate_id)
    if found.community_id not in actor.committee_communities:
        raise NotFound
    if found.revoked_at:
        raise AlreadyRevoked
    if found.version != version:
        raise Stale
    _revoke(session, found, reason, actor.id)
    return found


def hours_changed(session: Session, hours: ServiceHours, actor_id: UUID | None) -> None:
    """Revoke the certificates that count more of this record than there is now."""
    left = 0 if hours.state is HoursState.VOIDED else quarters(hours.minutes)
    fallen = session.scalars(
        select(Certificate)
        .join(CertificateLine, CertificateLine.certificate_id == Certificate.id)
        .where(
            CertificateLine.hours_id == hours.id,
            CertificateLine.quarters > left,
            Certificate.revoked_at.is_(None),
        )
        .order_by(Certificate.id)
    )
    for certificate in fallen.all():
        _revoke(session, certificate, FELL, actor_id)


def _revoke(session: Session, found: Certificate, reason: str, actor_id: UUID | None) -> None:
    found.revoked_at, found.revoke_reason = clock.now(), reason
    session.flush()
    publish(session, CertificateRevoked(**_facts(found, actor_id)))


def _facts(found: Certificate, actor_id: UUID | None) -> dict[str, Any]:
    return {
        "subject_id": found.id,
        "actor_id": actor_id,
        "person_id": found.person_id,
        "number": found.number,
    }
