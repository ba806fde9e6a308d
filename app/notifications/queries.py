"""Every SELECT of this area. What a person asks for starts from what is theirs."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from app.core.among import among, given, one_of
from app.core.prepared import Prepared
from app.identity.actor import COMMITTEE_KINDS, Actor
from app.identity.models import Device
from app.identity.posts import staff_serving
from app.identity.queries import Staff, staff_of
from app.identity.rules import OrganisationKind, Role
from app.notifications.models import InboxItem, PushSubscription
from app.notifications.rules.addresses import Target
from app.notifications.rules.telling import People
from app.notifications.standing import still_true

ON_DUTY = frozenset(Role) - {Role.MEMBER}


def inbox_of(actor: Actor, *, unread: bool = False) -> Select[InboxItem]:
    """The actor's own items."""
    found = select(InboxItem).where(InboxItem.person_id == actor.id)
    return found.where(InboxItem.read_at.is_(None)) if unread else found


def unread_count(session: Session, actor: Actor) -> int:
    """How many items the actor has not read; read from an index alone."""
    counted = select(func.count()).where(
        InboxItem.person_id == actor.id, InboxItem.read_at.is_(None)
    )
    return session.scalar(counted) or 0


def unread_of(session: Session, person_ids: Collection[UUID]) -> dict[UUID, int]:
    """How many items each of these people has not read; those who have read all are left out."""
    rows = session.execute(
        select(InboxItem.person_id, func.count())
        .where(among(InboxItem.person_id, person_ids, session), InboxItem.read_at.is_(None))
        .group_by(InboxItem.person_id)
    )
    return {row[0]: row[1] for row in rows}


def subscriptions_of(actor: Actor) -> Select[PushSubscription]:
    """The actor's own devices."""
    return select(PushSubscription).where(PushSubscription.person_id == actor.id)


def device_count(session: Session, actor: Actor) -> int:
    """How many devices the actor has subscribed."""
    return session.scalar(select(func.count()).select_from(subscriptions_of(actor).subquery())) or 0


def signed_in() -> Select[Any]:
    """Subscriptions whose sign-in, if they belong to one, has not ended."""
    return (
        select(PushSubscription)
        .outerjoin(Device, Device.id == PushSubscription.device_id)
        .where(or_(PushSubscription.device_id.is_(None), Device.ended_at.is_(None)))
    )


# Built once: whatever is told asks this.
DEVICES = Prepared(
    lambda dialect: (
        signed_in()
        .where(one_of(dialect, PushSubscription.person_id, given("people")))
        .with_only_columns(PushSubscription.id, PushSubscription.person_id)
        .order_by(PushSubscription.id)
    )
)


def devices_of(session: Session, person_ids: Iterable[UUID]) -> list[tuple[UUID, UUID]]:
    """(subscription, person) for each device that may be rung for these people."""
    return DEVICES.all(session, {"people": frozenset(person_ids)})


@dataclass(frozen=True, slots=True)
class Ringable:
    """A device that may still be rung."""

    id: UUID
    person_id: UUID
    target: Target
    last_ok_at: datetime | None
    failed_at: datetime | None


RINGABLE = Prepared(
    lambda dialect: (
        signed_in()
        .where(one_of(dialect, PushSubscription.id, given("ids")))
        .with_only_columns(
            PushSubscription.id,
            PushSubscription.person_id,
            PushSubscription.endpoint,
            PushSubscription.p256dh,
            PushSubscription.auth,
            PushSubscription.last_ok_at,
            PushSubscription.failed_at,
        )
    )
)


def ringable(session: Session, ids: Collection[UUID]) -> dict[UUID, Ringable]:
    """Those of these devices that may still be rung, for the worker."""
    rows = RINGABLE.all(session, {"ids": frozenset(ids)})
    return {
        row.id: Ringable(
            row.id,
            row.person_id,
            Target(row.endpoint, row.p256dh, row.auth),
            row.last_ok_at,
            row.failed_at,
        )
        for row in rows
    }


@dataclass(frozen=True, slots=True)
class UnreadItem:
    """What a device is rung for."""

    id: UUID
    person_id: UUID
    title: str
    link: str


def unread_items(session: Session, ids: Collection[UUID]) -> dict[UUID, UnreadItem]:
    """Those of these items that are unread and still true, for the worker."""
    rows = session.execute(
        select(InboxItem.id, InboxItem.person_id, InboxItem.title, InboxItem.link).where(
            among(InboxItem.id, ids, session), still_true()
        )
    )
    return {row.id: UnreadItem(*row) for row in rows}


def on_duty(session: Session, organisation_ids: Iterable[UUID]) -> People:
    """Who takes work on for these organisations: those with an office, or all where nobody has."""
    asked = list(dict.fromkeys(organisation_ids))
    staff = staff_of(session, asked) if asked else {}
    return _each_for_one({one: staff.get(one, []) for one in asked})


def _each_for_one(staff: Mapping[UUID, Staff]) -> People:
    """Everybody with the first organisation that they sit there for."""
    found: dict[UUID, UUID | None] = {}
    for organisation_id, one in staff.items():
        office = [person_id for person_id, role in one if role in ON_DUTY]
        for person_id in office or (person_id for person_id, _ in one):
            found.setdefault(person_id, organisation_id)
    return found


def committee_of(session: Session, community_id: UUID) -> People:
    """Who acts for the community party in a community: its branch and residents' committee."""
    return _on_duty_at(session, community_id, *COMMITTEE_KINDS)


def subdistrict_of(session: Session, community_id: UUID) -> People:
    """Who answers for the subdistrict that a community belongs to."""
    return _on_duty_at(session, community_id, OrganisationKind.SUBDISTRICT)


def owners_of(session: Session, place_id: UUID) -> People:
    """Who acts for the owners of an estate (or of a community's estates)."""
    return _on_duty_at(session, place_id, OrganisationKind.OWNERS_COMMITTEE)


def _on_duty_at(session: Session, place_id: UUID, *kinds: OrganisationKind) -> People:
    return _each_for_one(staff_serving(session, place_id, *kinds))
