"""Reading people, organisations and memberships. What is shown to an actor starts from
`organisations_visible` and `people_visible`."""

from collections.abc import Collection
from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    and_,
    bindparam,
    false,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Session, aliased, joinedload

from app.core import clock
from app.core.prepared import Prepared
from app.identity.actor import Actor, Named, Post, Shown
from app.identity.models import Invitation, Membership, Organisation, Person
from app.identity.place_scope import Place
from app.identity.rules import OrganisationKind, PlaceKind, Role


def current(day: date | None = None) -> ColumnElement[bool]:
    """The condition "this membership holds on the day" (today, if none is named)."""
    day = day or clock.today()
    return and_(
        Membership.from_date <= day,
        or_(Membership.until_date.is_(None), Membership.until_date >= day),
    )


Inside = aliased(Place)

# Built once: every request asks this. A range of the path's index finds what lies inside a post.
POSTS = Prepared(
    select(
        Membership.id,
        Membership.role,
        Organisation.id.label("organisation_id"),
        Organisation.name.label("organisation_name"),
        Organisation.kind,
        Place.id.label("place_id"),
        Place.kind.label("place_kind"),
        Place.name.label("place_name"),
        Place.path.label("place_path"),
        Inside.id.label("inside_id"),
        Inside.kind.label("inside_kind"),
    )
    .join(Organisation, Membership.organisation_id == Organisation.id)
    .join(Place, Membership.place_id == Place.id)
    .join(
        Inside,
        and_(
            Inside.path >= Place.path,
            Inside.path < func.substr(Place.path, 1, func.length(Place.path) - 1) + "0",
            Inside.kind.in_((PlaceKind.COMMUNITY, PlaceKind.ESTATE)),
        ),
        isouter=True,
    )
    .where(
        Membership.person_id == bindparam("person_id"),
        Membership.from_date <= bindparam("day"),
        or_(Membership.until_date.is_(None), Membership.until_date >= bindparam("day")),
    )
    .order_by(Membership.from_date, Membership.id)
)


def posts_of(session: Session, person_id: UUID) -> tuple[Post, ...]:
    """The posts that a person holds today, with the communities and estates they reach."""
    rows = POSTS.all(session, {"person_id": person_id, "day": clock.today()})
    return tuple(_post(list(group)) for _, group in groupby(rows, key=lambda row: row.id))


def _post(rows: list[Any]) -> Post:
    """One post from its rows: one for each community and estate inside, or one without any."""
    first = rows[0]
    inside = [(row.inside_kind, row.inside_id) for row in rows]
    return Post(
        id=first.id,
        organisation_id=first.organisation_id,
        organisation_name=first.organisation_name,
        kind=first.kind,
        role=first.role,
        place_id=first.place_id,
        place_kind=first.place_kind,
        place_name=first.place_name,
        place_path=first.place_path,
        community_ids=frozenset(at for kind, at in inside if kind is PlaceKind.COMMUNITY),
        estate_ids=frozenset(at for kind, at in inside if kind is PlaceKind.ESTATE),
    )


# Built once: whatever is shown asks these.
IDS: BindParameter[UUID] = bindparam("ids", expanding=True)
PEOPLE = Prepared(select(Person.id, Person.name, Person.guest).where(Person.id.in_(IDS)))
ORGANISATIONS = Prepared(
    select(Organisation.id, Organisation.name, Organisation.kind).where(Organisation.id.in_(IDS))
)


def people_named(session: Session, ids: Collection[UUID]) -> dict[UUID, str]:
    """The names of these people."""
    return {key: shown.name for key, shown in people_shown(session, ids).items()}


def people_shown(session: Session, ids: Collection[UUID]) -> dict[UUID, Shown]:
    """These people by their id."""
    if not ids:
        return {}
    return {row.id: Shown(*row) for row in PEOPLE.all(session, {"ids": list(ids)})}


def organisations_named(session: Session, ids: Collection[UUID]) -> dict[UUID, Named]:
    """These organisations by their id."""
    if not ids:
        return {}
    return {one.id: Named(*one) for one in ORGANISATIONS.all(session, {"ids": list(ids)})}


Staff = list[tuple[UUID, Role]]

# Built once: whatever is told to an office asks these.
STAFF = (
    select(Organisation.id, Membership.person_id, Membership.role)
    .join(Membership, Membership.organisation_id == Organisation.id)
    .join(Place, Organisation.place_id == Place.id)
    .where(
        Membership.from_date <= bindparam("day"),
        or_(Membership.until_date.is_(None), Membership.until_date >= bindparam("day")),
    )
    .order_by(
        func.length(Place.path).desc(), Organisation.name, Organisation.id, Membership.person_id
    )
)
STAFF_OF = Prepared(STAFF.where(Organisation.id.in_(bindparam("organisations", expanding=True))))
STAFF_SERVING = Prepared(
    STAFF.where(
        Organisation.kind.in_(bindparam("kinds", expanding=True)),
        or_(
            Place.id.in_(bindparam("above", expanding=True)),
            and_(Place.path >= bindparam("inside"), Place.path < bindparam("behind")),
        ),
    )
)


def staff_of(session: Session, organisation_ids: Collection[UUID]) -> dict[UUID, Staff]:
    """Who works today for these organisations, and in which role."""
    return _staff(session, STAFF_OF, {"organisations": list(organisation_ids)})


def staff_serving(session: Session, place_id: UUID, *kinds: OrganisationKind) -> dict[UUID, Staff]:
    """Who works today for the organisations of these kinds whose place is this place, above it, or
    inside it (a community's dispatcher sees the property companies of its estates), the nearest
    organisation first."""
    path = session.get_one(Place, place_id).path
    above = [UUID(part) for part in path.split("/") if part]
    asked = {"above": above, "inside": path, "behind": path[:-1] + "0", "kinds": list(kinds)}
    return _staff(session, STAFF_SERVING, asked)


def _staff(session: Session, statement: Prepared, asked: dict[str, Any]) -> dict[UUID, Staff]:
    found: dict[UUID, Staff] = {}
    rows = statement.all(session, asked | {"day": clock.today()})
    for organisation_id, person_id, role in rows:
        found.setdefault(organisation_id, []).append((person_id, role))
    return found


def _reach(actor: Actor) -> ColumnElement[bool]:
    """Places inside the actor's posts."""
    paths = {post.place_path for post in actor.posts}
    return or_(false(), *(Place.below(path) for path in paths))


def organisations_visible(actor: Actor) -> Select[Organisation]:
    """The organisations that the actor works with: inside the places of their posts, above them,
    and their own."""
    above = {UUID(part) for post in actor.posts for part in post.place_path.strip("/").split("/")}
    return (
        select(Organisation)
        .join(Place, Organisation.place_id == Place.id)
        .options(joinedload(Organisation.place))
        .where(or_(Organisation.id.in_(actor.organisations), Place.id.in_(above), _reach(actor)))
    )


def people_visible(actor: Actor) -> Select[Person]:
    """The people whom the actor's committee or own organisation works with today."""
    reach = (
        _reach(actor)
        if actor.committee_communities or actor.is_admin
        else Membership.organisation_id.in_(actor.organisations)
    )
    known = (
        select(Membership.person_id)
        .join(Place, Membership.place_id == Place.id)
        .where(current(), or_(reach, Membership.organisation_id.in_(actor.organisations)))
    )
    return select(Person).where(Person.id.in_(known))


def memberships_of(session: Session, person_ids: Collection[UUID]) -> list[Membership]:
    """Today's memberships of these people, with their organisations."""
    return list(
        session.scalars(
            select(Membership)
            .options(joinedload(Membership.organisation))
            .where(Membership.person_id.in_(set(person_ids)), current())
            .order_by(Membership.id)
        )
    )


def invitations_visible(actor: Actor) -> Select[Invitation]:
    """The invitations into organisations that the actor may invite into, and their own."""
    visible = organisations_visible(actor).with_only_columns(Organisation.id)
    reach = visible if actor.committee_communities or actor.is_admin else actor.organisations
    return (
        select(Invitation)
        .options(joinedload(Invitation.organisation))
        .where(or_(Invitation.invited_by == actor.id, Invitation.organisation_id.in_(reach)))
    )
