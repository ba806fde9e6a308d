"""Signing in and out, passwords, devices."""

from secrets import token_urlsafe
from typing import Any
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.db import transaction
from app.core.errors import Invalid, NotFound
from app.core.events import publish
from app.core.keys import keys
from app.identity.actor import Actor
from app.identity.events import DeviceSignedOut, PersonChanged, SignedIn
from app.identity.loading import digest
from app.identity.models import Device, Person, SignInAttempt
from app.identity.refusals import OldPasswordWrong, SignInLocked, WrongPassword
from app.identity.rules import LOCKED_FOR, MOST_FAILURES, clean_phone, weak_password

hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)  # OWASP's argon2id
NOBODY = hasher.hash(token_urlsafe(16))  # checked for unknown numbers, so that both take as long


def check_password(body: dict[str, Any]) -> UUID:
    """The person with this number and password. Runs before the request's own transaction, so
    that a failure is counted although the request is refused, and hashing holds no lock.

    Raises WrongPassword, SignInLocked (after 5 failures, for 10 minutes).
    """
    blind = keys().blind(clean_phone(body["phone"]))
    with transaction() as session:
        claim_attempt(session, blind)
        found = session.execute(
            select(Person.id, Person.password_hash).where(Person.phone_blind == blind)
        ).one_or_none()
    if not matches(found.password_hash if found else NOBODY, body["password"]) or not found:
        raise WrongPassword
    with transaction() as session:
        session.execute(delete(SignInAttempt).where(SignInAttempt.phone_blind == blind))
    person_id: UUID = found.id
    return person_id


def claim_attempt(session: Session, blind: str) -> None:
    """Count an attempt before it is made, so that many at once cannot pass the limit."""
    now = clock.now()
    attempt = session.get(SignInAttempt, blind, with_for_update=True)
    if attempt is None:
        session.add(SignInAttempt(phone_blind=blind, failures=1, last_at=now))
        session.flush()
        return
    if attempt.last_at <= now - LOCKED_FOR:
        attempt.failures = 0
    if attempt.failures >= MOST_FAILURES:
        raise SignInLocked
    attempt.failures += 1
    attempt.last_at = now


def matches(stored: str, password: str) -> bool:
    """Whether a password belongs to a stored hash."""
    try:
        return hasher.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


def start(session: Session, person_id: UUID, device_name: str) -> tuple[Device, str]:
    """A new sign-in on a device, and the token for its cookie; always a fresh one."""
    token = token_urlsafe(32)
    device = Device(
        person_id=person_id,
        token_hash=digest(token),
        csrf_token=token_urlsafe(24),
        name=device_name,
    )
    device.person = session.get_one(Person, person_id)
    session.add(device)
    session.flush()
    publish(session, SignedIn(subject_id=device.id, actor_id=person_id))
    return device, token


def devices_of(session: Session, actor: Actor) -> list[Device]:
    """The devices on which the actor is signed in, the latest first."""
    return list(
        session.scalars(
            select(Device)
            .where(Device.person_id == actor.id, Device.ended_at.is_(None))
            .order_by(Device.last_seen_at.desc())
        )
    )


def end(session: Session, actor: Actor, device_id: UUID) -> None:
    """Sign one of the actor's devices out. NotFound if it is not theirs or has ended."""
    device = next((each for each in devices_of(session, actor) if each.id == device_id), None)
    if device is None:
        raise NotFound
    _end(session, actor, device)


def end_all(session: Session, actor: Actor) -> None:
    """Sign all of the actor's devices out, this one too."""
    for device in devices_of(session, actor):
        _end(session, actor, device)


def _end(session: Session, actor: Actor, device: Device) -> None:
    device.ended_at = clock.now()
    publish(
        session,
        DeviceSignedOut(subject_id=device.id, actor_id=actor.id, person_id=device.person_id),
    )


def change_password(session: Session, actor: Actor, old: str, new: str) -> None:
    """Set a new password and sign all other devices out. OldPasswordWrong, Invalid."""
    person = session.get_one(Person, actor.id)
    if not matches(person.password_hash, old):
        raise OldPasswordWrong(errors={"old_password": ["原来的密码不对。"]})
    person.password_hash = hash_password(new, person.phone)
    publish(
        session,
        PersonChanged(subject_id=person.id, actor_id=actor.id, fields=("password",)),
    )
    for device in devices_of(session, actor):
        if device.id != actor.device_id:
            _end(session, actor, device)


def hash_password(password: str, phone: str, field: str = "new_password") -> str:
    """The hash to keep. Invalid, naming the field, for a weak password."""
    weak = weak_password(password, phone)
    if weak:
        raise Invalid(errors={field: [weak]})
    return hasher.hash(password)


def set_elder_mode(session: Session, actor: Actor, on: bool) -> Person:
    """Turn 长辈版 on or off for this person, on all their devices."""
    person = session.get_one(Person, actor.id)
    if person.elder_mode != on:
        person.elder_mode = on
        publish(
            session,
            PersonChanged(subject_id=person.id, actor_id=actor.id, fields=("elder_mode",)),
        )
    return person
