"""The picture that a report names: fetched once by the worker, or not at all."""

from collections.abc import Callable, Iterator
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import claiming, media, outbox
from app.core.media import Media
from app.core.outbox import OutboxRow, State
from app.open311 import links
from app.open311.queries import keys_kept
from app.open311.service import giving
from app.tickets.models import TicketPhoto
from app.tickets.rules import PhotoPhase
from tests.clients import Client
from tests.core.pictures import named
from tests.factories.tickets import Neighbourhood
from tests.open311 import pictures
from tests.open311.asker import Asker, errors
from tests.open311.pictures import Pictures

LAMP = {"service_code": "facility.power_lighting", "address_string": "东门岗亭旁"}


@pytest.fixture
def shown() -> Iterator[Pictures]:
    with pictures.serving() as found:
        yield found


@pytest.fixture
def loopback(app: Flask) -> Iterator[None]:
    """The allowance of tests."""
    app.config["OUTGOING_ALLOW_PRIVATE"] = True
    yield
    app.config["OUTGOING_ALLOW_PRIVATE"] = False


def posted(system: Asker, url: str) -> UUID:
    answer = system.post(**LAMP, media_url=url)
    assert answer.status_code == 200, answer.text
    return UUID(answer.json[0]["service_request_id"])


def worked(session: Session) -> OutboxRow:
    """The worker passes by once; the row of the picture afterwards."""
    outbox.deliver(claiming.claim())
    row = session.scalars(select(OutboxRow).where(OutboxRow.kind == "open311_photo")).one()
    session.expunge(row)
    session.rollback()
    return row


def photos(session: Session) -> list[TicketPhoto]:
    found = list(session.scalars(select(TicketPhoto)))
    session.expunge_all()
    session.rollback()
    return found


def test_the_picture_becomes_a_photo_of_the_report(
    session: Session, system: Asker, shown: Pictures, loopback: None
) -> None:
    ticket_id = posted(system, shown.url())
    assert photos(session) == []
    assert worked(session).state is State.DONE
    [photo] = photos(session)
    assert (photo.ticket_id, photo.phase) == (ticket_id, PhotoPhase.REPORT)
    kept = session.get_one(Media, photo.hash)
    assert kept.hash == named(pictures.PHOTO)
    assert (kept.width, kept.height) == (64, 48)
    assert media.path_of(kept.stored).read_bytes() != pictures.PHOTO  # encoded anew
    assert shown.asked == ["/photo.jpg"]


@pytest.mark.usefixtures("loopback")
def test_whoever_works_on_the_ticket_sees_the_photo(
    client: Callable[..., Client],
    session: Session,
    here: Neighbourhood,
    system: Asker,
    shown: Pictures,
) -> None:
    committee, stranger = client(here.people["committee"]), client(here.people["social"])
    posted(system, shown.url())
    worked(session)
    [photo] = photos(session)
    assert committee.get(f"/media/{photo.hash}").status_code == 200
    assert stranger.get(f"/media/{photo.hash}").status_code == 404


def test_no_inner_address_is_asked_whatever_its_name(
    session: Session, system: Asker, shown: Pictures
) -> None:
    posted(system, shown.url())
    row = worked(session)
    assert (row.state, row.last_error) == (State.DEAD, "GiveUp: a private address")
    assert shown.asked == []
    assert photos(session) == []


@pytest.mark.parametrize(
    ("path", "ended"),
    [
        ("/moved.jpg", (State.DEAD, "GiveUp: HTTP 302")),
        ("/large.jpg", (State.DEAD, "GiveUp: too large")),
        ("/page.html", (State.DEAD, "GiveUp: not_a_picture")),
        ("/gone.jpg", (State.DEAD, "GiveUp: HTTP 410")),
        ("/busy.jpg", (State.WAITING, "Retry: HTTP 503")),
    ],
)
@pytest.mark.usefixtures("loopback")
def test_what_is_no_picture_is_not_kept(
    session: Session, system: Asker, shown: Pictures, path: str, ended: tuple[State, str]
) -> None:
    posted(system, shown.url(path))
    row = worked(session)
    assert (row.state, row.last_error) == ended
    assert shown.asked == [path]
    assert photos(session) == []
    assert session.scalars(select(Media)).all() == []


def test_a_server_that_is_not_there_is_tried_again(
    session: Session, system: Asker, loopback: None
) -> None:
    with pictures.serving() as gone:
        url = gone.url()
    posted(system, url)
    assert worked(session).state is State.WAITING


def test_after_a_key_is_revoked_its_pictures_are_not_taken(
    session: Session, here: Neighbourhood, system: Asker, shown: Pictures, loopback: None
) -> None:
    posted(system, shown.url())
    key = session.scalars(keys_kept(here.actors["committee"])).one()
    giving.revoke(session, here.actors["committee"], key.id)
    session.commit()
    assert worked(session).state is State.DONE
    assert photos(session) == []


@pytest.mark.usefixtures("loopback")
def test_the_system_that_reported_gets_a_link_to_the_picture_for_a_day(
    session: Session,
    here: Neighbourhood,
    system: Asker,
    shown: Pictures,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = f"/requests/{posted(system, shown.url())}.json"
    assert system.get(path).json[0]["media_url"] is None  # not fetched yet
    worked(session)
    link = system.get(path).json[0]["media_url"]
    assert link.startswith("http://localhost/open311/v2/media/")
    _, other = giving.give(session, here.actors["committee"], "另一个系统", here.community.id)
    session.commit()
    stranger = Asker(system.app)
    for each in (stranger, Asker(system.app, other)):
        assert each.get(path).json[0]["media_url"] is None
    below = link.removeprefix("http://localhost/open311/v2")
    assert stranger.get(below).mimetype == "image/jpeg"
    assert errors(stranger.get(below.replace(".jpg", "x.jpg")))[0][0] == 404
    monkeypatch.setattr(links, "SECONDS", -1)  # a day later
    assert stranger.get(below).status_code == 404
