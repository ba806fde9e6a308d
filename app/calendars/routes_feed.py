"""The calendar itself, for a program that knows the secret address. No sign-in and no cookie."""

from dataclasses import dataclass
from hashlib import sha256

from flask import Response, current_app, request
from sqlalchemy.orm import Session

from app.calendars import ics, queries
from app.calendars.pace import seconds_to_wait
from app.calendars.refusals import AskedTooOften
from app.calendars.service import entries
from app.core import clock
from app.core.errors import NotFound
from app.core.guards import Guard
from app.core.http import Area, Call
from app.identity.actor import Actor


@dataclass(frozen=True)
class Reader:
    """A program that reads a person's calendar, and nothing else."""

    owner: Actor

    is_authenticated = False


WITH_THE_ADDRESS = Guard("calendar_address", lambda actor: isinstance(actor, Reader))

area = Area("calendar_feed", url_prefix="/calendar/feeds", title="日历订阅")


def caller(session: Session) -> Reader:
    """Who knows this address. NotFound for one that was guessed or revoked, and once its owner has
    no post any more; AskedTooOften."""
    token = str((request.view_args or {})["token"])
    owner = queries.owner_of(session, token)
    if owner is None:
        raise NotFound
    wait = seconds_to_wait(queries.digest(token), clock.now())
    if wait:
        raise AskedTooOften(retry_after=wait)
    return Reader(owner)


@area.get(
    "/<token>.ics",
    guard=WITH_THE_ADDRESS,
    caller=caller,
    summary="A person's calendar, as RFC 5545 has it",
)
def get_calendar(call: Call, token: str) -> Response:
    owner = call.actor.owner
    app_url = f"{str(current_app.config['PUBLIC_URL']).rstrip('/')}/app"
    text = ics.written(owner.id, entries.up_to_date(call.session, owner), app_url)
    answer = Response(text, content_type="text/calendar; charset=utf-8")
    answer.set_etag(sha256(text).hexdigest()[:32])
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["Content-Disposition"] = 'inline; filename="honglin.ics"'
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.make_conditional(request)
    return answer
