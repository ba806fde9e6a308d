"""A sender that is closed again, and the message that the tests of the sender send."""

import time
from collections.abc import Hashable, Iterator
from contextlib import contextmanager

from app.core import keys
from app.core.outgoing import Policy
from app.notifications.rules.addresses import Target
from app.notifications.rules.telling import Urgency, on_device, topic_of
from app.notifications.sender import Message, Outcome, Sender
from app.notifications.vapid import Signer
from tests.push_receiver.server import Browser

SECRETS = keys.make()
MESSAGE = Message(
    on_device("有一件工单派给你们，请接单", "/tickets/1"), Urgency.NORMAL, topic_of("1")
)
OPEN = Policy(allow_private=True)


class OneByOne(Sender):
    """A sender that also sends one message and waits for what becomes of it."""

    def send(self, to: Target, message: Message) -> Outcome:
        self.begin("this one", to, message)
        return self.outcomes(1)["this one"]

    def outcomes(self, number: int, seconds: float = 20) -> dict[Hashable, Outcome]:
        """The next so many outcomes by their keys; AssertionError when they do not come in time."""
        known: dict[Hashable, Outcome] = {}
        until = time.monotonic() + seconds
        while len(known) < number:
            assert time.monotonic() < until, f"only {len(known)} of {number}"
            known |= dict(self.turn(0.05))
        return known


@contextmanager
def sending(policy: Policy = OPEN) -> Iterator[OneByOne]:
    sender = OneByOne(Signer(SECRETS.vapid_private, "mailto:admin@example.test"), policy)
    try:
        yield sender
    finally:
        sender.close()


def target(browser: Browser) -> Target:
    keys_of = browser.keys.as_json()
    return Target(browser.endpoint, keys_of["p256dh"], keys_of["auth"])
