"""The sender of the running application: made at start from its keys and settings."""

from flask import Flask, current_app

from app.core.keys import Keys
from app.core.outgoing import Policy
from app.notifications.sender import Sender
from app.notifications.vapid import Signer

EXTENSION = "push_sender"


def prepare(app: Flask) -> None:
    """Make the sender. PUSH_ALLOW_PRIVATE is for tests: it opens http and inner addresses."""
    keys: Keys = app.extensions["keys"]
    app.config.setdefault("PUSH_ALLOW_PRIVATE", False)
    app.config.setdefault("PUSH_CA_FILE", None)
    policy = Policy(
        allow_private=bool(app.config["PUSH_ALLOW_PRIVATE"]), ca_file=app.config["PUSH_CA_FILE"]
    )
    app.extensions[EXTENSION] = Sender(
        Signer(keys.vapid_private, app.config["PUSH_CONTACT"]), policy
    )


def sender() -> Sender:
    """The sender of the current application."""
    found: Sender = current_app.extensions[EXTENSION]
    return found
