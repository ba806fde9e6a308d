"""Whoever comes in first, when there is nobody yet who could invite: the administrator of a
district, made on the server itself (`flask honglin first-admin`).
"""

from dataclasses import dataclass

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.db import uuid7
from app.core.errors import Invalid
from app.core.events import publish
from app.core.keys import keys
from app.identity.events import OrganisationCreated
from app.identity.invite import NewPost, checked_phone, start
from app.identity.models import Membership, Organisation, Person
from app.identity.place_scope import Place
from app.identity.rules import OrganisationKind, PlaceKind, Role
from app.identity.sign_in import hash_password


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Who the administrator is, and by which password they sign in."""

    name: str
    phone: str
    password: str


def is_there(session: Session) -> bool:
    """Whether somebody administers this installation today."""
    until = Membership.until_date
    open_today = or_(until.is_(None), until >= clock.today())
    held = exists().where(Membership.role == Role.ADMIN, open_today)
    return bool(session.scalar(select(held)))


def make(session: Session, who: Newcomer, code: str, district: str) -> Person:
    """The administrator of the district with this code, which is made where it is not there yet.
    Invalid, naming the field, for a number that is taken or none, and for a weak password."""
    phone = checked_phone(who.phone)
    blind = keys().blind(phone)
    if session.scalar(select(Person.id).where(Person.phone_blind == blind)):
        raise Invalid(errors={"phone": ["这个手机号已有账号，请换一个。"]})
    hashed = hash_password(who.password, phone, "password")
    person = Person(name=who.name, phone=phone, phone_blind=blind, password_hash=hashed)
    session.add(person)
    session.flush()
    office = _office(session, person, _district(session, code, district))
    start(session, person.id, person.id, NewPost(office.id, Role.ADMIN, office.place_id))
    return person


def _district(session: Session, code: str, name: str) -> Place:
    found = session.scalar(select(Place).where(Place.code == code))
    if found is not None and found.kind is not PlaceKind.DISTRICT:
        raise Invalid(errors={"code": ["这个代码不是区的代码。"]})
    if found is None:
        made = uuid7()
        found = Place(id=made, kind=PlaceKind.DISTRICT, code=code, name=name, path=f"/{made}/")
        session.add(found)
        session.flush()
    return found


def _office(session: Session, person: Person, district: Place) -> Organisation:
    """The district's own organisation."""
    of_district = (Organisation.kind == OrganisationKind.DISTRICT) & (
        Organisation.place_id == district.id
    )
    found = session.scalars(select(Organisation).where(of_district).limit(1)).one_or_none()
    if found is None:
        kind = OrganisationKind.DISTRICT
        found = Organisation(kind=kind, name=district.name, place_id=district.id)
        session.add(found)
        session.flush()
        publish(session, OrganisationCreated(subject_id=found.id, actor_id=person.id))
    return found
