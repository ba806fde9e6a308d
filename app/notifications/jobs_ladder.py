"""What the worker does for the ladder: take the step that is due, and send text messages."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.channels.service import sending
from app.core import carrying, clock, duties, outbox, outgoing
from app.core.db import reading, transaction
from app.identity.models import Person
from app.notifications import setting
from app.notifications.models_ladder import SmsCount
from app.notifications.queries_digests import digests
from app.notifications.rules import sms
from app.notifications.rules.channels import Channel
from app.notifications.service import climbing, deliveries

SMS_THREADS = 4
MOST_SMS_TRIES = 4


@outbox.handles(climbing.KIND)
def climb(job: outbox.Job) -> None:
    """Take one step."""
    with transaction() as session:
        climbing.climb(session, job.payload)


@carrying.in_threads(climbing.SMS, SMS_THREADS)
def send_text(job: outbox.Job) -> None:
    """Send one text message, if its item may still ring. The number is in no log."""
    gateway = setting.gateway()
    item_id = UUID(job.payload["item_id"])
    if gateway is None or clock.now() > datetime.fromisoformat(job.payload["until"]):
        return
    with reading() as session:
        at_any_hour = job.payload.get("at_any_hour", True)
        item = climbing.may_ring(session, {item_id: at_any_hour}).get(item_id)
        if item is None:
            return
        phone = session.get_one(Person, item.person_id).phone
    out = sms.request(gateway, phone, int(clock.now().timestamp()))
    try:
        status, answer = outgoing.ask(
            out.url, out.body, dict(out.headers), policy=setting.sms_policy()
        )
    except outgoing.Unreached as unreached:
        final = unreached.final or job.attempts >= MOST_SMS_TRIES
        raise (outbox.GiveUp if final else outbox.Retry)(str(unreached)) from None
    if not sms.is_taken(gateway, status, answer):
        again = sms.may_pass(status) and job.attempts < MOST_SMS_TRIES
        raise (outbox.Retry if again else outbox.GiveUp)(f"HTTP {status}")


class Inbox:
    """The inbox, towards people's own channels."""

    def may_ring(self, session: Session, asked: Mapping[UUID, bool]) -> Collection[UUID]:
        """See `sending.Inbox`."""
        return climbing.may_ring(session, asked).keys()

    def took(self, session: Session, pairs: Collection[tuple[UUID, UUID]]) -> None:
        """The service behind a channel took these: (item, channel) of each."""
        deliveries.took(session, Channel.OWN, pairs)

    def digest(self, session: Session, moment: datetime, whose: UUID) -> tuple[str, str] | None:
        """The title and the words of what this digest tells somebody now; None for nothing."""
        found = digests(session, moment, [whose]).get(whose)
        return (found.title, found.body) if found else None


sending.INBOXES["inbox"] = Inbox()


@duties.daily("sms.sweep")
def forget_counts(session: Session, day: date) -> None:
    """Drop the counts of text messages after 30 days."""
    session.execute(delete(SmsCount).where(SmsCount.day < day - climbing.KEPT))
