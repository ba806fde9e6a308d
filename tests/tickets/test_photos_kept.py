"""Photos of public parts are kept until 90 days after the end of a ticket (DOMAIN 6.3)."""

import os
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock, duties, media_keeping, outbox
from app.core.audit import AuditRow
from app.core.db import reading, transaction, uuid7
from app.core.media import Media, path_of
from app.tickets import present
from app.tickets.jobs import forget_photos
from app.tickets.models import Ticket, TicketEntry, TicketPhoto
from app.tickets.rules import PhotoPhase, Verb
from app.tickets.service import add_photos
from tests.factories import tickets
from tests.factories.tickets import Neighbourhood, act


def shown(session: Session, here: Neighbourhood, ticket: Ticket) -> str:
    """A photo of what was reported, with a file."""
    digest = tickets.picture(session, here.actors["volunteer"])
    path = path_of(digest)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"a picture")
    add_photos(session, here.actors["volunteer"], ticket.id, PhotoPhase.REPORT, [digest])
    return digest


def ended(session: Session, here: Neighbourhood) -> tuple[Ticket, str]:
    ticket = tickets.report(session, here)
    digest = shown(session, here, ticket)
    return act(session, here, ticket, "volunteer", Verb.WITHDRAW), digest


def after(session: Session, **span: float) -> None:
    """What the worker does so much later."""
    session.commit()
    job = outbox.Job(uuid7(), "forget_photos", {}, 0, clock.now())
    with tickets.later(**span):
        forget_photos(job)
    session.expire_all()


def orders() -> list[outbox.Job]:
    with reading() as session:
        rows = session.scalars(
            select(outbox.OutboxRow).where(outbox.OutboxRow.kind == "unlink_picture")
        ).all()
        return [
            outbox.Job(row.id, row.kind, row.payload, row.attempts, row.created_at) for row in rows
        ]


def old(digest: str) -> None:
    """As if the file had been written before the order to remove it."""
    os.utime(path_of(digest), (0, 0))


def test_photos_go_90_days_after_the_end_and_the_timeline_says_so(
    app: Flask, session: Session, here: Neighbourhood
) -> None:
    ticket, digest = ended(session, here)
    version = ticket.version
    after(session, days=90, seconds=-1)
    assert session.get(Media, digest) is not None
    after(session, days=90, seconds=1)
    assert not session.scalars(select(TicketPhoto)).all()
    assert session.get(Media, digest) is None
    (line,) = session.scalars(select(TicketEntry).where(TicketEntry.verb == "photos_forgotten"))
    assert line.said == {"photos": 1}
    (fact,) = session.scalars(select(AuditRow).where(AuditRow.verb == "photos_forgotten"))
    assert (fact.subject_id, fact.details) == (ticket.id, {"photos": 1})
    assert session.get_one(Ticket, ticket.id).version == version
    told = present.detail(session, here.actors["committee"], session.get_one(Ticket, ticket.id))
    assert [one["verb_name"] for one in told["timeline"]].count("照片到期删除") == 1
    old(digest)
    for order in orders():
        media_keeping.unlink(order)
    assert not path_of(digest).exists()


def test_of_an_open_ticket_every_photo_stays(session: Session, here: Neighbourhood) -> None:
    ticket = tickets.report(session, here)
    digest = shown(session, here, ticket)
    after(session, days=400)
    assert session.get(Media, digest) is not None


def test_what_was_joined_is_kept_as_long_as_the_one_it_goes_with(
    session: Session, here: Neighbourhood
) -> None:
    head, ticket = tickets.started(session, here), tickets.report(session, here)
    digest = shown(session, here, ticket)
    act(session, here, ticket, "committee", Verb.JOIN, into_id=head.id)
    after(session, days=100)
    assert session.get(Media, digest) is not None
    with tickets.later(days=100):
        act(session, here, session.get_one(Ticket, head.id), "property", Verb.RESOLVE,
            what_was_done="换了", nothing_to_see=True)  # fmt: skip
        act(session, here, head, "committee", Verb.REVIEW)
        act(session, here, head, "volunteer", Verb.CLOSE, solved="yes", satisfied="yes")
    after(session, days=191)
    assert session.get(Media, digest) is None


def test_a_photo_that_another_ticket_shows_stays(session: Session, here: Neighbourhood) -> None:
    _, digest = ended(session, here)
    other = tickets.report(session, here)
    add_photos(session, here.actors["volunteer"], other.id, PhotoPhase.REPORT, [digest])
    after(session, days=91)
    assert session.get(Media, digest) is not None
    assert [photo.ticket_id for photo in session.scalars(select(TicketPhoto))] == [other.id]


@pytest.mark.parametrize("again", ["looks the same", "was written again"])
def test_a_file_that_is_shown_or_fresh_is_not_removed(
    session: Session, here: Neighbourhood, again: str
) -> None:
    _, digest = ended(session, here)
    after(session, days=91)
    old(digest)
    if again == "looks the same":
        by = here.actors["volunteer"].id
        row = Media(hash="f" * 64, stored=digest, width=4, height=3, bytes=9, uploaded_by=by)
        session.add(row)
        session.commit()
    else:
        later = (clock.now() + timedelta(days=92)).timestamp()
        os.utime(path_of(digest), (later, later))
    for order in orders():
        media_keeping.unlink(order)
    assert path_of(digest).exists()


def test_more_than_one_lot_of_tickets_is_gone_through(
    session: Session, here: Neighbourhood, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.tickets.jobs.AT_A_TIME", 2)
    for _ in range(5):
        ended(session, here)
    after(session, days=91)
    assert not session.scalars(select(TicketPhoto)).all()


def test_what_was_sent_and_never_used_goes_after_90_days(
    app: Flask, session: Session, here: Neighbourhood
) -> None:
    unused = tickets.picture(session, here.actors["volunteer"])
    used = shown(session, here, tickets.report(session, here))
    session.commit()
    for days, left in ((89, {unused, used}), (92, {used})):
        with tickets.later(days=days), transaction() as job:
            duties.DUTIES["media.let_unused_go"](job, clock.today())
        session.expire_all()
        assert set(session.scalars(select(Media.hash))) == left
