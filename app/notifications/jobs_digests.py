"""Digests: at half past eight and at six each person hears once how much waits for them, and of
which kinds. One row of the outbox makes a whole digest, in one transaction."""

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from app.channels.queries import in_use
from app.channels.service import sending
from app.core import clock, duties, outbox
from app.core.db import transaction
from app.notifications import setting
from app.notifications.models import InboxItem
from app.notifications.queries_digests import devices_waiting, unrung_waiting, waiting_at
from app.notifications.rules.choosing import DIGESTS, pause_ends
from app.notifications.rules.ladder import Chain, Step, next_step
from app.notifications.rules.telling import URGENCY, Pressing
from app.notifications.service.choices import everybodys
from app.notifications.service.telling import wait_for_digest

SETTLED = timedelta(minutes=1)  # whatever was told before the moment is committed by then
WORTH = timedelta(hours=12)  # after that the next one is due; what waited stays in the inbox


@duties.daily("notifications.digests")
def plan(session: Session, day: date) -> None:
    """Put the digests of a day into the outbox, and of the day before, if nobody worked then."""
    for one in (day - timedelta(days=1), day):
        for at in DIGESTS:
            moment = datetime.combine(one, at, clock.LOCAL)
            asked = {"digest_at": moment.isoformat()}
            due = moment + SETTLED
            outbox.enqueue(session, "digest", asked, f"digest:{moment:%Y%m%d%H%M}", due)


@outbox.handles("digest")
def make(job: outbox.Job) -> None:
    """Have every device rung to whose owner this digest says anything; whoever has none that works
    hears by the channels of their own."""
    moment = datetime.fromisoformat(job.payload["digest_at"])
    if clock.now() > moment + WORTH:
        return
    with transaction() as session:
        _hold(session, moment)
        rings = {
            f"push:{device_id}:digest:{moment:%Y%m%d%H%M}": {
                "subscription_id": str(device_id),
                "digest_at": job.payload["digest_at"],
                "urgency": URGENCY[Pressing.DIGEST],
            }
            for device_id in devices_waiting(session, moment)
        }
        outbox.enqueue_all(session, "push", rings)
        _send(session, moment)


def _hold(session: Session, moment: datetime) -> None:
    """Whoever has begun a pause since they were told hears it when that is over."""
    now = clock.local_now()
    paused: dict[datetime, list[UUID]] = {}
    for person_id, choice in everybodys(session).items():
        if ends := pause_ends(choice, now):
            paused.setdefault(ends, []).append(person_id)
    for ends, people in paused.items():
        theirs = waiting_at(moment).where(InboxItem.person_id.in_(people))
        wait_for_digest(
            session, session.scalars(theirs.with_only_columns(InboxItem.id)).all(), ends
        )


def _send(session: Session, moment: datetime) -> None:
    """The step of the ladder for whoever has no device that works."""
    step = next_step(Chain(Pressing.DIGEST, moment), [Step.OWN], (), None, setting.times())
    if step is not None:
        own = in_use(session, unrung_waiting(session, moment)).values()
        channels = [channel_id for theirs in own for channel_id in theirs]
        sending.send_digest(session, channels, moment, step.until)
