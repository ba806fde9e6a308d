"""What the committee hears about other systems: one that takes nothing any more."""

from sqlalchemy.orm import Session

from app.core.events import subscribe
from app.notifications import queries
from app.notifications.rules.others import STOPPED
from app.notifications.rules.telling import Kind, Seat, each_once
from app.notifications.service.telling import Subject, settle, tell
from app.webhooks.events import WebhookRemoved, WebhookResumed, WebhookStopped


def register() -> None:
    """Listen to the facts; called once, with the application at hand."""
    subscribe(WebhookStopped)(webhook_stopped)
    subscribe(WebhookResumed)(webhook_settled)
    subscribe(WebhookRemoved)(webhook_settled)


def webhook_stopped(session: Session, event: WebhookStopped) -> None:
    seated = {Seat.COMMITTEE: queries.committee_of(session, event.community_id)}
    subject = Subject(
        id=event.subject_id, link="/inbox", body=f"{event.name}，请联系对方或者管理员"
    )
    tell(session, each_once(STOPPED, seated, None), subject)


def webhook_settled(session: Session, event: WebhookResumed | WebhookRemoved) -> None:
    settle(session, event.subject_id, [Kind.SYSTEM_TODO])
