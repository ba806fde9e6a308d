"""From a cookie to an actor: flask-login asks here who is behind a request.

The cookie holds a random token; the database holds its digest, so that a stolen backup signs
nobody in. An office session ends after 30 idle minutes, a volunteer's phone after 30 days.
"""

from datetime import timedelta
from hashlib import sha256

from flask import Flask, Request, Response, current_app
from flask_login import LoginManager
from sqlalchemy import select, update
from sqlalchemy.orm import Session, joinedload

from app.core import clock
from app.core.db import reading, transaction
from app.identity.actor import Actor
from app.identity.models import Device
from app.identity.queries import posts_of
from app.identity.rules import FIELD_IDLE, idle_limit

TOUCH_EVERY = timedelta(minutes=1)


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


def load(request: Request) -> Actor | None:
    """The actor of a request, or None. Remembers, at most once a minute, that they were here."""
    token = request.cookies.get(cookie_name())
    if not token:
        return None
    with reading() as session:
        device = session.scalars(
            select(Device)
            .options(joinedload(Device.person))
            .where(Device.token_hash == digest(token), Device.ended_at.is_(None))
        ).one_or_none()
        if device is None:
            return None
        actor = actor_of(session, device)
    idle = clock.now() - device.last_seen_at
    if idle > idle_limit(actor.office):
        return None
    if idle > TOUCH_EVERY:
        with transaction() as session:
            session.execute(
                update(Device).where(Device.id == device.id).values(last_seen_at=clock.now())
            )
    return actor


def actor_of(session: Session, device: Device) -> Actor:
    """The actor that a device stands for today."""
    person = device.person
    return Actor(
        id=person.id,
        name=person.name,
        phone_masked=person.phone_masked,
        elder_mode=person.elder_mode,
        device_id=device.id,
        csrf_token=device.csrf_token,
        posts=posts_of(session, person.id),
    )


def register(app: Flask) -> None:
    """Hand flask-login the way to load an actor."""
    manager = LoginManager()
    manager.session_protection = None  # we keep no flask session
    manager.request_loader(load)
    manager.init_app(app, add_context_processor=False)
