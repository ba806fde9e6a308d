"""A sender that is closed again, and the message that the tests of the sender send."""

from collections.abc import Iterator
from contextlib import contextmanager

from app.core import keys
from app.core.outgoing import Policy
from app.notifications.rules.telling import Urgency, on_device, topic_of
from app.notifications.sender import Message, Sender, Target
from app.notifications.vapid import Signer
from tests.push_receiver.server import Browser

SECRETS = keys.make()
MESSAGE = Message(
    on_device("有一件工单派给你们，请接单", "/tickets/1"), Urgency.NORMAL, topic_of("1")
)
OPEN = Policy(allow_private=True)


@contextmanager
def sending(policy: Policy = OPEN) -> Iterator[Sender]:
    sender = Sender(Signer(SECRETS.vapid_private, "mailto:admin@example.test"), policy)
    try:
        yield sender
    finally:
        sender.close()


def target(browser: Browser) -> Target:
    keys_of = browser.keys.as_json()
    return Target(browser.endpoint, keys_of["p256dh"], keys_of["auth"])
