"""How pictures go: once nothing cites one any more, its row is deleted, and after that its file.

An area says what it cites (`cited_when`), and lets go of what it no longer cites (`let_go`). What
was sent and never used goes as well, since a telephone that still needs it sends it again.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta

from flask import current_app
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.core import clock, duties, outbox
from app.core.db import reading
from app.core.media import Media, path_of

Cites = Callable[[Session, str], bool]

UNUSED_KEPT = timedelta(days=90)
LOOKED_BACK = timedelta(days=7)  # each morning looks at a week, should the worker have slept


def cited_when(cites: Cites) -> None:
    """An area says whether anything of its own shows a picture; used inside its `register`."""
    current_app.extensions["media_cites"].append(cites)


def let_go(session: Session, hashes: Iterable[str]) -> int:
    """Delete those of these pictures that nothing cites, and order their files to be removed once
    this transaction is on disk; says how many."""
    cites: list[Cites] = current_app.extensions["media_cites"]
    uncited = [one for one in set(hashes) if not any(by(session, one) for by in cites)]
    files = session.scalars(select(Media.stored).where(Media.hash.in_(uncited))).all()
    session.execute(delete(Media).where(Media.hash.in_(uncited)))
    orders = {f"unlink:{stored}:{clock.now().timestamp()}": {"stored": stored} for stored in files}
    outbox.enqueue_all(session, "unlink_picture", orders)
    return len(uncited)


@outbox.handles("unlink_picture")
def unlink(job: outbox.Job) -> None:
    """Remove a file, unless a picture shows it: two that were sent may look the same once encoded
    anew, and one may have been sent again since the order was given."""
    stored = job.payload["stored"]
    with reading() as session:
        if session.scalar(select(Media.hash).where(Media.stored == stored).limit(1)):
            return
    path = path_of(stored)
    if path.exists() and path.stat().st_mtime <= job.created_at.timestamp():
        path.unlink()


@duties.daily("media.let_unused_go")
def let_unused_go(session: Session, day: date) -> None:
    """What was sent 90 days ago and is nowhere shown."""
    until = datetime.combine(day, time(), clock.LOCAL) - UNUSED_KEPT
    sent = select(Media.hash).where(
        Media.created_at >= until - LOOKED_BACK, Media.created_at < until
    )
    let_go(session, session.scalars(sent).all())
