"""Facts about webhooks."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class WebhookEvent(Event):
    subject_kind: ClassVar[str] = "webhook"

    community_id: UUID


@dataclass(frozen=True, kw_only=True)
class WebhookAdded(WebhookEvent):
    verb: ClassVar[str] = "added"


@dataclass(frozen=True, kw_only=True)
class WebhookRemoved(WebhookEvent):
    verb: ClassVar[str] = "removed"


@dataclass(frozen=True, kw_only=True)
class WebhookResumed(WebhookEvent):
    verb: ClassVar[str] = "resumed"


@dataclass(frozen=True, kw_only=True)
class WebhookPaused(WebhookEvent):
    verb: ClassVar[str] = "paused"


@dataclass(frozen=True, kw_only=True)
class WebhookTried(WebhookEvent):
    verb: ClassVar[str] = "tried"


@dataclass(frozen=True, kw_only=True)
class WebhookStopped(WebhookEvent):
    """Nothing was taken for long; somebody must look. The name is for the committee to read."""

    verb: ClassVar[str] = "stopped"

    name: str
