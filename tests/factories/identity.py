"""People, organisations, posts and the upper tree of places."""

from collections.abc import Callable
from functools import wraps
from itertools import count
from typing import Concatenate, ParamSpec, TypeVar
from uuid import UUID

from sqlalchemy.orm import Session

from app.core.db import uuid7
from app.core.keys import keys
from app.identity.models import Membership, Organisation, Person
from app.identity.place_scope import Place
from app.identity.rules import OrganisationKind, PlaceKind, Role
from app.identity.sign_in import NOBODY
from tests.auditing import unwatched

Made = TypeVar("Made")
Given = ParamSpec("Given")
_numbers = count(1)


def at_once(
    make: Callable[Concatenate[Session, Given], Made],
) -> Callable[Concatenate[Session, Given], Made]:
    """Have all that a factory stores committed at its end, and not row by row. Factories in it
    leave that to it."""

    @wraps(make)
    def made_at_once(session: Session, *args: Given.args, **kwargs: Given.kwargs) -> Made:
        if session.info.get("at_once"):
            return make(session, *args, **kwargs)
        session.info["at_once"] = True
        try:
            made = make(session, *args, **kwargs)
        finally:
            session.info["at_once"] = False
        with unwatched():
            session.commit()
        return made

    return made_at_once


@at_once
def stored(session: Session, *rows: object) -> None:
    """Add rows and commit, so that requests see them."""
    session.flush()  # what they point at
    session.add_all(rows)
    session.flush()


@at_once
def place(
    session: Session, kind: PlaceKind, parent: Place | None = None, name: str | None = None
) -> Place:
    """One place below another; paths and the ids of community and estate are filled in."""
    made = uuid7()
    path = (parent.path if parent else "/") + f"{made}/"
    found = Place(
        id=made,
        kind=kind,
        parent_id=parent.id if parent else None,
        name=name or f"{kind.value}{next(_numbers)}",
        path=path,
        community_id=made if kind is PlaceKind.COMMUNITY else parent and parent.community_id,
        estate_id=made if kind is PlaceKind.ESTATE else parent and parent.estate_id,
    )
    session.add(found)
    return found


@at_once
def community(session: Session) -> Place:
    """A community with a district and a subdistrict above it."""
    district = place(session, PlaceKind.DISTRICT)
    return place(session, PlaceKind.COMMUNITY, place(session, PlaceKind.SUBDISTRICT, district))


@at_once
def person(session: Session, name: str = "测试人", password_hash: str = NOBODY) -> Person:
    """Somebody with an account and an invented number."""
    phone = f"1990{next(_numbers):07d}"
    made = Person(
        id=uuid7(),
        name=name,
        phone=phone,
        phone_blind=keys().blind(phone),
        password_hash=password_hash,
    )
    session.add(made)
    return made


@at_once
def organisation(session: Session, kind: OrganisationKind, at: Place) -> Organisation:
    """An organisation that serves a place."""
    name = f"演示{kind.value}{next(_numbers)}"
    made = Organisation(id=uuid7(), kind=kind, name=name, place_id=at.id)
    session.add(made)
    return made


@at_once
def post(
    session: Session,
    who: Person,
    of: Organisation,
    role: Role = Role.MEMBER,
    place_id: UUID | None = None,
) -> Membership:
    """A post in an organisation, at its place if no other is named."""
    made = Membership(
        id=uuid7(),
        person_id=who.id,
        organisation_id=of.id,
        role=role,
        place_id=place_id or of.place_id,
    )
    session.add(made)
    return made


@at_once
def member(session: Session, kind: OrganisationKind, at: Place, role: Role = Role.MEMBER) -> Person:
    """Somebody new with a post in a new organisation of this kind at a place."""
    made = person(session)
    post(session, made, organisation(session, kind, at), role)
    return made
