"""What is forgotten each day: telephone numbers and names of residents, 90 days after the end of
what they reported; those with a settled wish after 30."""

from datetime import date, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.core import clock, duties
from app.core.events import publish
from app.residents import queries
from app.residents.events import WishContactForgotten
from app.residents.models import DoorCount, DoorWish
from app.residents.rules import CONTACT_KEPT_DAYS, WISH_CONTACT_KEPT_DAYS, WishState
from app.residents.service.following import forget

COUNTS_KEPT = timedelta(days=1)


@duties.daily("residents.forget_contacts")
def forget_contacts(session: Session, day: date) -> None:
    """Let go of names and numbers whose time is over."""
    for report, person in session.execute(queries.contacts_over(CONTACT_KEPT_DAYS)).all():
        forget(session, report, person, None)
    before = clock.now() - timedelta(days=WISH_CONTACT_KEPT_DAYS)
    settled = select(DoorWish).where(
        DoorWish.state != WishState.WAITING,
        DoorWish.settled_at <= before,
        (DoorWish.phone.is_not(None)) | (DoorWish.name != "") | (DoorWish.said != ""),
    )
    for wish in session.scalars(settled):
        wish.name, wish.phone, wish.said = "", None, ""
        session.flush()
        publish(session, WishContactForgotten(subject_id=wish.id, actor_id=None))


@duties.daily("residents.forget_counts")
def forget_counts(session: Session, day: date) -> None:
    """Counts of yesterday say nothing any more."""
    session.execute(delete(DoorCount).where(DoorCount.starts_at < clock.now() - COUNTS_KEPT))
