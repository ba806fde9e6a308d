"""From a cookie to an actor: flask-login asks here who is behind a request.

The cookie holds a random token; the database holds its digest, so that a stolen backup signs
nobody in. An office session ends after 30 idle minutes, a volunteer's phone after 30 days.
"""

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from flask import Flask, Request, Response, current_app, request
from flask.sessions import NullSession, SessionInterface, SessionMixin
from flask_login import LoginManager
from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session
from werkzeug.http import parse_cookie

from app.core import clock
from app.core.db import looking, transaction
from app.core.errors import Refusal, SignInNeeded
from app.core.known import KnownVersion
from app.core.prepared import Prepared
from app.identity import posts
from app.identity.actor import Actor
from app.identity.models import Device, Person
from app.identity.queries import posts_of
from app.identity.refusals import SignedOutFromAfar
from app.identity.rules import FIELD_IDLE, idle_limit

TOUCH_AT_LEAST_EVERY = timedelta(minutes=10)


@dataclass(frozen=True)
class Nobody:
    """The actor of a request without a sign-in; `why` is what they are told where they need one."""

    why: type[Refusal] = SignInNeeded

    is_authenticated = False
    is_active = False
    is_anonymous = True

    def get_id(self) -> None:
        return None


def cookie_name() -> str:
    """`__Host-` where the address is https; a plain name where a browser would refuse that."""
    return "__Host-honglin" if _secure() else "honglin"


def _secure() -> bool:
    return str(current_app.config["PUBLIC_URL"]).startswith("https:")


def digest(token: str) -> str:
    """What the database keeps of a token."""
    return sha256(token.encode()).hexdigest()


def set_cookie(response: Response, token: str, *, office: bool) -> None:
    """Put the token into the answer; an office browser forgets it when it is closed."""
    response.set_cookie(
        cookie_name(),
        token,
        max_age=None if office else FIELD_IDLE,
        secure=_secure(),
        httponly=True,
        samesite="Lax",
        path="/",
    )


def clear_cookie(response: Response) -> None:
    """Take the token back."""
    response.delete_cookie(cookie_name(), secure=_secure(), httponly=True, samesite="Lax", path="/")


# Built once: every request asks this.
DEVICE = Prepared(
    select(
        Device.id,
        Device.csrf_token,
        Device.last_seen_at,
        Device.ended_at,
        Person.id.label("person_id"),
        Person.name,
        Person.elder_mode,
        KnownVersion.version.label("posts_version"),
    )
    .join(Person, Device.person_id == Person.id)
    .outerjoin(KnownVersion, KnownVersion.name == posts.KNOWN)
    .where(Device.token_hash == bindparam("digest"))
)


def load(request: Request) -> Actor | Nobody:
    """The actor of a request, or nobody and why. Remembers now and then that they were here."""
    token = parse_cookie(request.environ).get(cookie_name())
    if not token:
        return Nobody()
    with looking() as session:
        device = DEVICE.first(session, {"digest": digest(token)})
        if device is None:
            return Nobody()
        if device.ended_at:  # not by this device itself: that takes the cookie along
            return Nobody(SignedOutFromAfar)
        actor = _actor(session, device)
    idle = clock.now() - device.last_seen_at
    if idle > idle_limit(actor.office):
        return Nobody()
    if idle > touch_every(actor.office):
        with transaction() as session:
            session.execute(
                update(Device).where(Device.id == device.id).values(last_seen_at=clock.now())
            )
    return actor


def touch_every(office: bool) -> timedelta:
    """How old `last_seen_at` may get before it is written again. Thousands of phones ask for news
    each minute, and none of them needs it to the minute; an office's 30 minutes do."""
    return min(idle_limit(office) / 30, TOUCH_AT_LEAST_EVERY)


def actor_of(session: Session, device: Device) -> Actor:
    """The actor that a device stands for today."""
    return _actor(session, DEVICE.first(session, {"digest": device.token_hash}))


def standing_in(session: Session, person_id: UUID) -> Actor:
    """Who a person is today, for work that is done for them while they are away."""
    person = session.get_one(Person, person_id)
    return Actor(
        id=person.id,
        name=person.name,
        elder_mode=person.elder_mode,
        device_id=UUID(int=0),
        csrf_token="",
        posts=posts_of(session, person.id),
    )


def _actor(session: Session, device: Any) -> Actor:
    return Actor(
        id=device.person_id,
        name=device.name,
        elder_mode=device.elder_mode,
        device_id=device.id,
        csrf_token=device.csrf_token,
        posts=posts.of_person(session, device.person_id, device.posts_version),
    )


class NoSession(SessionInterface):
    """Who is signed in stands in our own cookie: flask's is neither read nor written."""

    def open_session(self, app: Flask, request: Request) -> NullSession:
        return NullSession()

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        pass


class ByDevice(LoginManager):  # type: ignore[misc]  # it comes without types
    """flask-login without what it does for its own session and its own cookie."""

    def _load_user(self) -> None:
        self._update_request_context_with_user(load(request))

    def _update_remember_cookie(self, response: Response) -> Response:
        return response


def register(app: Flask) -> None:
    """Hand flask-login the way to load an actor."""
    app.session_interface = NoSession()
    manager = ByDevice()
    manager.anonymous_user = Nobody
    manager.session_protection = None
    manager.request_loader(load)
    manager.init_app(app, add_context_processor=False)
